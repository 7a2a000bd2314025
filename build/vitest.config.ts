import { defineConfig } from 'vitest/config'
import { projectFolder } from './project.ts'

/** Unit tests: pure, so they share one environment (isolation costs seconds on two cores). */
export default defineConfig({
  test: {
    root: projectFolder,
    include: ['{shared,electron,renderer,build,test/builders}/**/*.test.{ts,tsx}', 'test/*.test.ts'],
    globalSetup: `${projectFolder}/build/temporary-folder.ts`,
    isolate: false,
    pool: 'threads',
    maxWorkers: 2,
    // Guards against a test that hangs, not measures: the largest cases take ten seconds on a busy machine.
    testTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
  },
})
