/**
 * `npm test`: checks, unit tests, the packed archive, and end-to-end tests in a real Chromium. `--servers` runs the tests against real
 * servers instead. Everything runs, also after a failure; the last line sums it up.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundle } from './bundle.ts'
import { checks } from './checks.ts'
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
import { ensureTestBrowser } from './test-browser.ts'

const oneFailure: Tally = { ...noTests, failed: 1 }
const reports = mkdtempSync(join(tmpdir(), 'clew-test-'))

/** Runs one suite and says how it went; a suite that cannot even say is a failure. */
function runSuite(name: string, run: () => Tally): Tally {
  console.log(`\n── ${name}`)
  const tally = run()
  console.log(`── ${name}: ${formatTally(tally)}`)
  return tally
}

function vitest(config: string): Tally {
  return withReport(readVitestReport, (file) =>
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
  return withReport(readPlaywrightReport, (file) =>
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

function withReport(read: (report: unknown) => Tally, run: (file: string) => boolean): Tally {
  const file = join(reports, 'report.json')
  rmSync(file, { force: true })
  const success = run(file)
  try {
    return atLeastOneFailure(read(JSON.parse(readFileSync(file, 'utf8'))), success)
  } catch (cause) {
    console.error(`The run left no report: ${cause instanceof Error ? cause.message : String(cause)}`)
    return oneFailure
  }
}

function inChromium(config: string): Tally {
  const browser = ensureTestBrowser()
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
      ['the page against real servers', () => inChromium('playwright.servers.ts')],
    ]
  : [
      ...checks.map(
        ({ name, command, args }) =>
          [name, () => (runTool(command, args) ? { ...noTests, passed: 1 } : oneFailure)] as const,
      ),
      ['unit tests', () => vitest('vitest.config.ts')],
      ['packed archive', () => vitest('vitest.pack.ts')],
      ['end to end', () => inChromium('playwright.config.ts')],
    ]

console.log('── build')
let total = await build()
for (const [name, run] of suites) total = addTallies(total, runSuite(name, run))
rmSync(reports, { recursive: true, force: true })
console.log(`\n${formatTally(total)}`)
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0
