/**
 * `npm test`: checks, unit tests, the packed archive, and end-to-end tests in a real Chromium. `--servers` runs the tests against real
 * servers instead. Everything runs, also after a failure; the last line sums it up.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundle } from './bundle.ts'
import { checks } from './checks.ts'
import { failedPlaywrightTests, failedVitestTests } from './failed-tests.ts'
import { runTool } from './run-tool.ts'
import {
  addTallies,
  atLeastOneFailure,
  formatTally,
  noTests,
  readPlaywrightReport,
  readVitestReport,
  type Tally,
} from './tally.ts'
import { ensureTestBrowser, type TestBrowser } from './test-browser.ts'

const oneFailure: Tally = { ...noTests, failed: 1 }
const reports = mkdtempSync(join(tmpdir(), 'clew-test-'))
/** A line for each failed test, told again at the end, where it is seen. */
const failures: string[] = []

/** Runs one suite and says how it went; a suite that cannot even say is a failure. */
function runSuite(name: string, run: () => Tally): Tally {
  console.log(`\n── ${name}`)
  const named = failures.length
  const tally = run()
  if (tally.failed > 0 && failures.length === named) failures.push(`${name}: what it printed says why`)
  console.log(`── ${name}: ${formatTally(tally)}`)
  return tally
}

function vitest(config: string): Tally {
  return withReport(readVitestReport, failedVitestTests, (file) =>
    runTool('vitest', [
      'run',
      `--config=build/${config}`,
      '--passWithNoTests',
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ]),
  )
}

function playwright(config: string, browser: string): Tally {
  return withReport(readPlaywrightReport, failedPlaywrightTests, (file) =>
    runTool(
      'playwright',
      ['test', `--config=build/${config}`, '--pass-with-no-tests', '--reporter=list,json'],
      {
        PLAYWRIGHT_JSON_OUTPUT_NAME: file,
        CLEW_CHROMIUM: browser,
      },
    ),
  )
}

function withReport(
  read: (report: unknown) => Tally,
  readFailures: (report: unknown) => string[],
  run: (file: string) => boolean,
): Tally {
  const file = join(reports, 'report.json')
  rmSync(file, { force: true })
  const success = run(file)
  try {
    const report: unknown = JSON.parse(readFileSync(file, 'utf8'))
    failures.push(...readFailures(report))
    return atLeastOneFailure(read(report), success)
  } catch (cause) {
    console.error(`The run left no report: ${cause instanceof Error ? cause.message : String(cause)}`)
    return oneFailure
  }
}

function inChromium(kind: TestBrowser, config: string): Tally {
  const browser = ensureTestBrowser(kind)
  return browser === undefined ? oneFailure : playwright(config, browser)
}

async function build(): Promise<Tally> {
  try {
    await bundle()
    return { ...noTests, passed: 1 }
  } catch (cause) {
    console.error(cause)
    return oneFailure
  }
}

const servers = process.argv.includes('--servers')
const suites: (readonly [name: string, run: () => Tally])[] = servers
  ? [
      ['clients against real servers', () => vitest('vitest.servers.ts')],
      ['the page against real servers', () => inChromium('whole', 'playwright.servers.ts')],
    ]
  : [
      ...checks.map(
        ({ name, command, args }) =>
          [name, () => (runTool(command, args) ? { ...noTests, passed: 1 } : oneFailure)] as const,
      ),
      ['unit tests', () => vitest('vitest.config.ts')],
      ['packed archive', () => vitest('vitest.pack.ts')],
      ['end to end', () => inChromium('shell', 'playwright.config.ts')],
    ]

console.log('── build')
let total = await build()
for (const [name, run] of suites) total = addTallies(total, runSuite(name, run))
rmSync(reports, { recursive: true, force: true })
if (failures.length > 0) console.log(`\n${failures.map((failure) => `✗ ${failure}`).join('\n')}`)
console.log(`\n${formatTally(total)}`)
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0
