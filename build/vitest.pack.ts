import { defineConfig } from 'vitest/config'
import { projectFolder } from './project.ts'

/** Packs the application as `npm run dist` does and looks into the archive. */
export default defineConfig({
  test: {
    root: projectFolder,
    include: ['test/electron/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
