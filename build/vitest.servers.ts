import { defineConfig } from 'vitest/config'
import { projectFolder } from './project.ts'

/** Tests against real servers, which the global setup builds, starts and feeds. One file at a time: some stop a server. */
export default defineConfig({
  test: {
    root: projectFolder,
    include: ['test/servers/**/*.test.ts'],
    globalSetup: 'test/servers/setup.ts',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
