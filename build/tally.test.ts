import { expect, test } from 'vitest'
import { addTallies, formatTally, readPlaywrightReport, readVitestReport } from './tally.ts'

const assertions = (...states: string[]) => states.map((status) => ({ status }))

test('the closing line has three numbers', () => {
  const one = { passed: 1, failed: 2, skipped: 3 }
  expect(formatTally(addTallies(one, { passed: 10, failed: 0, skipped: 1 }))).toBe(
    '11 passed, 2 failed, 4 skipped',
  )
})

test("vitest's report is summed over files", () => {
  const report = {
    success: false,
    testResults: [
      { status: 'passed', assertionResults: assertions('passed', 'passed', 'skipped') },
      { status: 'failed', assertionResults: assertions('passed', 'failed', 'todo') },
    ],
  }
  expect(readVitestReport(report)).toEqual({ passed: 3, failed: 1, skipped: 2 })
})

test('a test file that cannot be loaded is a failure', () => {
  const report = { success: false, testResults: [{ status: 'failed', assertionResults: [] }] }
  expect(readVitestReport(report)).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

test('an error outside every test is a failure', () => {
  const report = {
    success: false,
    testResults: [{ status: 'passed', assertionResults: assertions('passed') }],
  }
  expect(readVitestReport(report)).toEqual({ passed: 1, failed: 1, skipped: 0 })
})

test("playwright's report is read; flaky tests fail", () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }
  expect(readPlaywrightReport({ stats, errors: [] })).toEqual({ passed: 5, failed: 2, skipped: 2 })
})

test('a playwright run whose set-up failed is a failure', () => {
  const stats = { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }
  expect(readPlaywrightReport({ stats, errors: [{ message: 'no server' }] }).failed).toBe(1)
})
