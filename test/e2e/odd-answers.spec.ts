/** Answers of a Prometheus and a Loki that are odd, huge or without end: each is shown as what it is, and the page goes on. */
import type { ServerResponse } from 'node:http'
import type { Page } from '@playwright/test'
import { expect, test as base } from './clew.ts'
import { incidentLines, lokiWith } from './fake-loki.ts'
import { prometheusAnswers } from './fake-prometheus.ts'
import { startServer, type Answer } from './fake-servers.ts'

const huge = 'v'.repeat(1_000_000)
const endMs = Date.now() - 60_000
const window = { from: String(endMs - 3_600_000), to: String(endMs) }

/** Writes the same bytes again and again, as fast as they are read, until the client is gone. */
function forEver(response: ServerResponse, beginning: string, piece: string): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write(beginning)
  const pump = (): void => {
    while (!response.destroyed) if (!response.write(piece)) return void response.once('drain', pump)
  }
  pump()
}

const answerOf = (...result: readonly object[]): string =>
  JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } })

const oddPrometheus: Answer = (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://prometheus.test')
  const query = searchParams.get('query') ?? ''
  if (pathname !== '/api/v1/query_range') return prometheusAnswers(request, response)
  const [start, step] = ['start', 'step'].map((name) => Number(searchParams.get(name)))
  const series = (metric: object, ...values: readonly string[]) => ({
    metric,
    values: values.map((value, at) => [start + at * step, value]),
  })
  const answers: Readonly<Record<string, () => string | Buffer>> = {
    // It falls at every sample.
    resetting: () => answerOf(series({ __name__: 'resetting' }, '9', '7', '4', '2', '1', '0')),
    huge: () => answerOf(series({ path: huge }, '1', '2'), series({ path: `${huge}w` }, '3', '4')),
    broken: () => {
      const [before, after] = answerOf(series({ path: 'a|b' }, '1'), series({ path: 'c' }, '2')).split('|')
      return Buffer.concat([Buffer.from(before), Buffer.from([0xff, 0xc3]), Buffer.from(after)])
    },
  }
  if (query === 'endless')
    return forEver(
      response,
      '{"status":"success","data":{"resultType":"matrix","result":[',
      '[],'.repeat(20_000),
    )
  const answer = answers[query]
  if (answer === undefined) return prometheusAnswers(request, response)
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(answer())
}

const lines = lokiWith(incidentLines(50, endMs))
const oddLoki: Answer = (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://loki.test')
  const isEndless = (searchParams.get('query') ?? '').includes('endless')
  if (pathname.endsWith('/query_range') && !searchParams.has('step') && isEndless)
    forEver(
      response,
      '{"status":"success","data":{"resultType":"streams","result":[{"stream":{"a":"b"},"values":[["1","',
      'x'.repeat(60_000),
    )
  else lines(request, response)
}

const test = base.extend({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  clewArgs: async ({}, use) => {
    const prometheus = await startServer(oddPrometheus)
    const loki = await startServer(oddLoki)
    await use(['--connect', `prometheus=${prometheus.url}`, '--connect', `loki=${loki.url}`])
    await prometheus.stop()
    await loki.stop()
  },
})

const metricsPage = (...panels: readonly string[]): string => {
  const params = new URLSearchParams(window)
  for (const panel of panels) params.append('p', panel)
  return `metrics?${params}`
}
const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

test('a counter that only resets, values of a megabyte and bytes that are no text are drawn', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/${metricsPage('lines::resetting', 'lines::huge', 'table::huge', 'lines::broken')}`)
  await expect(panel(page, 'resetting').getByRole('figure')).toContainText('1 line, values from 0 to 9.')
  await expect(panel(page, 'huge').getByRole('figure')).toContainText('2 lines, values from 1 to 4.')
  await expect(panel(page, 'huge').getByRole('button', { name: /^v+…/ })).toHaveCount(2)
  await expect(panel(page, 'huge (2)').getByRole('cell', { name: /^\{path="v+…"\}/ })).toHaveCount(2)
  await expect(panel(page, 'broken').getByRole('button', { name: 'a\ufffd\ufffdb' })).toBeVisible()
})

test('an answer without end is given up, and the charts beside it stay', async ({ page, url }) => {
  await page.goto(`${url}/${metricsPage('lines::endless', 'lines::up')}`)
  await expect(panel(page, 'endless')).toContainText('is larger than 64 MB', { timeout: 30_000 })
  await expect(panel(page, 'up').getByRole('figure')).toContainText('2 lines, values')
})

test('lines without end are given up, and the next query is answered', async ({ page, url }) => {
  const place = (query: string): string =>
    `${url}/logs?${new URLSearchParams({ query, ...window }).toString()}`
  await page.goto(place('{service_name="payment-service"} |= "endless"'))
  await expect(page.getByText(/broke off on their way, or were too many bytes/)).toBeVisible({
    timeout: 60_000,
  })
  await page.goto(place('{service_name="payment-service"}'))
  await expect(page.getByRole('treegrid', { name: 'Log lines' }).getByRole('row').first()).toBeVisible()
})
