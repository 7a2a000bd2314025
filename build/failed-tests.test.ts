import { expect, test } from 'vitest'
import { failedPlaywrightTests, failedVitestTests } from './failed-tests.ts'

const failed = (status: string, message: string) => ({ status, results: [{ errors: [{ message }] }] })

test('failed tests of Vitest are named with the reason, and files that could not be loaded', () => {
  const report = {
    testResults: [
      {
        name: 'a.test.ts',
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'adds', failureMessages: [] },
          {
            status: 'failed',
            fullName: 'sums up',
            failureMessages: ['\u001B[31mexpected 1\u001B[39m\n  to be 2'],
          },
        ],
      },
      { name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
    ],
  }
  expect(failedVitestTests(report)).toEqual([
    'a.test.ts › sums up: expected 1 to be 2',
    'b.test.ts: no such module',
  ])
})

test('failed tests of Playwright are named with their file, flaky ones too', () => {
  const report = {
    suites: [
      {
        title: 'start.spec.ts',
        specs: [
          { title: 'opens', tests: [failed('unexpected', 'not visible')] },
          { title: 'closes', tests: [{ status: 'expected', results: [{}] }] },
        ],
        suites: [{ title: 'by keys', specs: [{ title: 'moves', tests: [failed('flaky', 'too late')] }] }],
      },
    ],
  }
  expect(failedPlaywrightTests(report)).toEqual([
    'start.spec.ts › opens: not visible',
    'start.spec.ts › by keys › moves: too late',
  ])
})
