/** Logs in opened files: listed, filtered, and beside the traces they name. */
import type { Page } from '@playwright/test'
import { expect, expectAxeClean, test } from './clew.ts'
import { openFiles } from './open-files.ts'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const spanId = '00f067aa0ba90201'
const service = { attributes: [{ key: 'service.name', value: { stringValue: 'order-service' } }] }

const traces = JSON.stringify({
  resourceSpans: [
    {
      resource: service,
      scopeSpans: [
        {
          spans: [
            {
              traceId,
              spanId,
              name: 'get /orders',
              startTimeUnixNano: '1793000000000000000',
              endTimeUnixNano: '1793000000200000000',
            },
          ],
        },
      ],
    },
  ],
})
const logs = JSON.stringify({
  resourceLogs: [
    {
      resource: service,
      scopeLogs: [
        {
          logRecords: [
            {
              timeUnixNano: '1793000000100000000',
              severityNumber: 17,
              body: { stringValue: 'no connection within 100 ms' },
              traceId,
              spanId,
            },
            {
              timeUnixNano: '1793000000050000000',
              severityNumber: 9,
              body: { stringValue: 'asked the pool' },
            },
          ],
        },
      ],
    },
  ],
})
const logfmt = [
  'level=info ts=2026-10-26T07:33:20.010Z msg="started"',
  'level=warn ts=2026-10-26T07:33:20.020Z msg="slow pool"',
  '  waited 20 ms',
].join('\n')

const lines = (page: Page) => page.getByRole('treegrid', { name: 'Log lines' }).getByRole('row')
const reports = (page: Page) => page.getByRole('list', { name: 'Files' }).getByRole('listitem')

const lineOf = (day: number) => `ts=2026-10-${day}T12:00:01Z level=info msg="on ${day}"\n`

test('lines of several days say their day', async ({ page, url }) => {
  await page.goto(url)
  await openFiles(page, { 'days.log': lineOf(24) + lineOf(25) + lineOf(26) })
  await expect(lines(page)).toHaveText([
    /10-26 \d\d:00:01\.000.*on 26/,
    /10-25 \d\d:00:01\.000.*on 25/,
    /10-24 \d\d:00:01\.000.*on 24/,
  ])
  await openFiles(page, { 'day.log': lineOf(26) })
  await expect(lines(page)).toHaveText([/^\d\d:00:01\.000.*on 26/])
})

test('log files are one list in order of time, filtered by words and level', async ({ page, url }) => {
  await page.goto(url)
  await openFiles(page, { 'shop.log': `not a line\n${logfmt}`, 'logs.json': logs })
  await expect(lines(page)).toHaveText([
    /no connection within 100 ms/,
    /asked the pool/,
    /slow pool/,
    /started/,
  ])
  await expect(reports(page)).toHaveText([
    /shop\.log.*logfmt.*2 lines.*1 line of shop\.log could not be read and was left out: line 1\./,
    /logs\.json.*OTLP logs JSON.*2 lines/,
  ])
  await expectAxeClean(page)
  await page.getByRole('textbox', { name: 'Only lines with' }).fill('POOL')
  await expect(lines(page)).toHaveText([/asked the pool/, /slow pool/])
  await page.getByRole('textbox', { name: 'Only lines with' }).fill('')
  await page.getByRole('button', { name: 'Errors only' }).click()
  await expect(lines(page)).toHaveText([/no connection/])
})

test('a file of traces and logs shows both, and a line leads to its trace', async ({ page, url }) => {
  await page.goto(url)
  await openFiles(page, { 'collector.jsonl': `${traces}\n${logs}\n` })
  await page.getByRole('radio', { name: '2 lines' }).click()
  await expect(lines(page)).toHaveCount(2)
  await page.reload()
  await lines(page).first().click()
  await page.getByRole('button', { name: /Its span in the trace/ }).click()
  await expect(page.getByRole('treegrid', { name: 'Spans' })).toContainText('get /orders')
  await page.goBack()
  await expect(lines(page).first()).toContainText('no connection')
})

test('a page of what the opened file lacks says so, beside what would have it', async ({ page, url }) => {
  await page.goto(url)
  await openFiles(page, { 'collector.jsonl': `${traces}\n${logs}\n` })
  await expect(page.getByRole('radio', { name: '2 lines' })).toBeVisible()
  await page.getByRole('link', { name: 'Overview', exact: true }).click()
  await expect(page.getByText(/collector\.jsonl holds no metrics\. Connect a Prometheus/)).toBeVisible()
})
