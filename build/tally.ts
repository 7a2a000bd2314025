/** Sums of tests over suites, read from what the test runners write. */
import { z } from 'zod'

/** How many tests went how. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** Nothing ran. */
export const noTests: Tally = { passed: 0, failed: 0, skipped: 0 }

/** Both together. */
export function addTallies(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  }
}

/** The line that closes every run. */
export function formatTally({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

const vitestReport = z.object({
  success: z.boolean(),
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
})

/** Vitest's JSON report. A file that could not be loaded has no tests and counts as one failure, as does an error outside every test. */
export function readVitestReport(report: unknown): Tally {
  const { success, testResults } = vitestReport.parse(report)
  const files = testResults.map(({ status, assertionResults }) => {
    const count = (wanted: readonly string[]): number =>
      assertionResults.filter((result) => wanted.includes(result.status)).length
    const failed = count(['failed'])
    return {
      passed: count(['passed']),
      failed: status === 'failed' && failed === 0 ? 1 : failed,
      skipped: count(['skipped', 'pending', 'todo', 'disabled']),
    }
  })
  return atLeastOneFailure(files.reduce<Tally>(addTallies, noTests), success)
}

const playwrightReport = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
  errors: z.array(z.unknown()),
})

/** Playwright's JSON report. A test that passed only when repeated counts as failed: it is wrong some of the time. */
export function readPlaywrightReport(report: unknown): Tally {
  const { stats, errors } = playwrightReport.parse(report)
  const tally = { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
  return atLeastOneFailure(tally, errors.length === 0)
}

/** A run that failed with no failed test (a broken set-up, say) must not look as if it had passed. */
export function atLeastOneFailure(tally: Tally, success: boolean): Tally {
  return success || tally.failed > 0 ? tally : { ...tally, failed: 1 }
}
