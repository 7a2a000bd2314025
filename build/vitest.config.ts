import { defineConfig } from 'vitest/config'

/** Unit tests: pure, so they share one environment (isolation costs seconds on two cores). */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['{shared,electron,renderer,build}/**/*.test.{ts,tsx}', 'test/*.test.ts'],
    isolate: false,
    pool: 'threads',
    maxWorkers: 2,
  },
})
