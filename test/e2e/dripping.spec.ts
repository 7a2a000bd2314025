/** Servers that send a little, again and again, without end: what came is kept when a person has seen enough. */
import type { ServerResponse } from 'node:http'
import { expect, test as base } from './clew.ts'
import { prometheusAnswers } from './fake-prometheus.ts'
import { incidentLines, lokiWith } from './fake-loki.ts'
import { startServer, type Answer } from './fake-servers.ts'

const endMs = Date.now() - 60_000
const window = `from=${endMs - 3_600_000}&to=${endMs}`

/** Says how an answer begins, then one thing after the other, several a second. */
function drip(response: ServerResponse, begin: string, next: (at: number) => string): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write(begin)
  let at = 0
  const timer = setInterval(() => response.write(next((at += 1))), 50)
  response.on('close', () => clearInterval(timer))
}

const others = { loki: lokiWith(incidentLines(10, endMs)), prometheus: prometheusAnswers }
const isWanted = (url = ''): boolean => url.includes('/query_range?')

const drippingLoki: Answer = (request, response) => {
  const { url = '' } = request
  if (url.includes('payment-service')) {
    // Lines come, and what is asked about them does not end.
    if (url.includes('/patterns?')) return drip(response, '{"status":"success","data":[', () => ' ')
    if (url.includes('step='))
      return drip(response, '{"status":"success","data":{"resultType":"matrix","result":[', () => ' ')
    return others.loki(request, response)
  }
  if (!isWanted(url) || url.includes('step=')) return others.loki(request, response)
  return drip(
    response,
    '{"status":"success","data":{"resultType":"streams","result":[{"stream":{"app":"a"},"values":[',
    (at) => `${at === 1 ? '' : ','}["${endMs - at}000000","line ${at}",{}]`,
  )
}

const drippingPrometheus: Answer = (request, response) => {
  if (!isWanted(request.url)) return others.prometheus(request, response)
  return drip(
    response,
    '{"status":"success","data":{"resultType":"matrix","result":[',
    (at) =>
      `${at === 1 ? '' : ','}{"metric":{"job":"j${at}"},"values":[[${(endMs - 60_000) / 1000},"${at}"]]}`,
  )
}

const test = base.extend({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  clewArgs: async ({}, use) => {
    const loki = await startServer(drippingLoki)
    const prometheus = await startServer(drippingPrometheus)
    await use(['--connect', `loki=${loki.url}`, '--connect', `prometheus=${prometheus.url}`])
    await Promise.all([loki.stop(), prometheus.stop()])
  },
})

test('lines that drip are stopped, those that came are listed, and the list says that it is not whole', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/logs?query=${encodeURIComponent('{app="a"}')}&${window}`)
  await page.getByRole('button', { name: 'Stop' }).click()
  const rows = page.getByRole('treegrid', { name: 'Log lines' }).getByRole('row')
  await expect(rows.first()).toContainText('line 1')
  await expect(page.getByRole('status').filter({ hasText: 'Stopped' })).toContainText(
    /^Stopped: \d+ lines? had come, others are missing/,
  )
  await page.getByRole('button', { name: 'Ask again' }).click()
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible()
})

test('a volume and patterns that drip are given up, and the lines are counted when it is asked for again', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/logs?query=${encodeURIComponent('{service_name="payment-service"}')}&${window}`)
  const fields = page.getByRole('complementary', { name: 'Fields and patterns' })
  await fields.getByRole('button', { name: 'Cancel' }).click()
  await expect(fields.getByRole('region', { name: 'Patterns' })).toContainText(/in \d+ lines/)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('These lines were not counted over time.')).toBeVisible()
  await expect(page.getByRole('progressbar')).toHaveCount(0)
  await page.getByRole('button', { name: 'Count again' }).click()
  await expect(page.getByRole('progressbar', { name: 'Counting these lines over time' })).toBeVisible()
})

test('values that drip are stopped, and the series that came are drawn', async ({ page, url }) => {
  await page.goto(`${url}/metrics?p=${encodeURIComponent('table::up')}&${window}`)
  await page.getByRole('button', { name: 'Stop' }).click()
  const chart = page.getByRole('region', { name: 'up', exact: true })
  await expect(chart.getByRole('table')).toContainText('job="j1"')
  await expect(chart).toContainText('Stopped before all of it came: what had come until then is shown.')
})
