import { defineConfig } from 'vitest/config'
import { projectFolder } from './project.ts'

/** Unit tests: pure, so they share one environment (isolation costs seconds on two cores). */
export default defineConfig({
  test: {
    root: projectFolder,
    include: ['{shared,electron,renderer,build,test/builders}/**/*.test.{ts,tsx}', 'test/*.test.ts'],
    isolate: false,
    pool: 'threads',
    maxWorkers: 2,
  },
})
