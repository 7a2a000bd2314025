/** Which tests failed, and why, read from what the test runners write: a line each. */
import { z } from 'zod'

const vitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
})

/** Failed tests of Vitest's JSON report, and files that could not be loaded. */
export function failedVitestTests(report: unknown): string[] {
  return vitestReport.parse(report).testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((result) => result.status === 'failed')
    if (status === 'failed' && failed.length === 0) return [line([name], message)]
    return failed.map(({ fullName, failureMessages }) => line([name, fullName], failureMessages?.[0]))
  })
}

const testOf = z.object({
  status: z.string(),
  results: z.array(z.object({ errors: z.array(z.object({ message: z.string().optional() })).optional() })),
})
interface PlaywrightSuite {
  readonly title: string
  readonly suites?: readonly PlaywrightSuite[] | undefined
  readonly specs: readonly { readonly title: string; readonly tests: readonly z.infer<typeof testOf>[] }[]
}
const suiteOf: z.ZodType<PlaywrightSuite> = z.lazy(() =>
  z.object({
    title: z.string(),
    suites: z.array(suiteOf).optional(),
    specs: z.array(z.object({ title: z.string(), tests: z.array(testOf) })),
  }),
)
const playwrightReport = z.object({ suites: z.array(suiteOf) })

/** Failed tests of Playwright's JSON report, also those that passed when they were repeated. */
export function failedPlaywrightTests(report: unknown): string[] {
  return playwrightReport.parse(report).suites.flatMap((suite) => failedIn(suite, []))
}

function failedIn(suite: PlaywrightSuite, above: readonly string[]): string[] {
  const names = [...above, suite.title]
  const own = suite.specs.flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) =>
        line([...names, title], results.flatMap(({ errors }) => errors ?? [])[0]?.message),
      ),
  )
  return [...own, ...(suite.suites ?? []).flatMap((part) => failedIn(part, names))]
}

/** Colours of a terminal. */
// oxlint-disable-next-line no-control-regex
const colours = /\u001B\[[0-9;]*m/g
const mostLetters = 600

function line(names: readonly string[], message = ''): string {
  const why = message.replace(colours, '').replace(/\s+/g, ' ').slice(0, mostLetters)
  return `${names.join(' › ')}: ${why}`
}
