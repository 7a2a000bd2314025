/** Metrics of a Prometheus: written, drawn, compared, and what goes wrong said at its place. */
import type { Page } from '@playwright/test'
import { expect, expectAxeClean } from './clew.ts'
import { exemplarTraceId, prometheusAnswers } from './fake-prometheus.ts'
import { jaegerAnswers, json, startServer, type FakeServer } from './fake-servers.ts'
import { testWithPrometheus as test } from './with-prometheus.ts'

const editor = (page: Page) => page.locator('.monaco-editor')

async function write(page: Page, text: string): Promise<void> {
  await editor(page).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await page.keyboard.type(text)
  await page.keyboard.press('Escape')
}

/** A place with panels; the window is fixed, so that what is asked can be told. */
const place = (...panels: string[]): string => {
  const params = new URLSearchParams({ from: '1790000000000', to: '1790003600000' })
  for (const panel of panels) params.append('p', panel)
  return `metrics?${params}`
}

const asked = (prometheus: FakeServer) =>
  prometheus.asked
    .filter(({ path }) => path.startsWith('/api/v1/query_range'))
    .map(({ path }) => new URL(path, 'http://x').searchParams)

test('a query is written with completion, asked with Enter, and drawn', async ({ page, url, prometheus }) => {
  await page.goto(`${url}/metrics`)
  await editor(page).click()
  await page.keyboard.type('http_req')
  await page.locator('.suggest-widget .monaco-list-row').filter({ hasText: 'http_requests_total' }).waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.type('{jo')
  await page.locator('.suggest-widget .monaco-list-row').filter({ hasText: 'job' }).first().waitFor()
  await page.keyboard.press('Enter')
  await page.locator('.suggest-widget .monaco-list-row').filter({ hasText: '"order-service"' }).waitFor()
  await page.keyboard.press('Enter')
  await expect(editor(page)).toContainText('http_requests_total{job="order-service"}')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  const panel = page.getByRole('region', { name: 'http_requests_total{job="order-service"}' })
  await expect(panel.getByRole('figure')).toContainText('2 lines, values from 30 to 50.')
  expect(asked(prometheus).at(-1)?.get('query')).toBe('http_requests_total{job="order-service"}')
  await expect(page).toHaveURL(/p=auto%3A/)
  await page.reload()
  await expect(panel.getByRole('figure')).toContainText('2 lines')
  await expectAxeClean(page)
})

test('Ctrl K leads to the chart of a metric by its name, and of a query', async ({ page, url }) => {
  await page.goto(`${url}/overview`)
  await expect(page.getByRole('main')).toBeVisible()
  const type = async (text: string) => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Search or command' }).fill(text)
  }
  await type('requests_tot')
  await page
    .getByRole('group', { name: 'Metrics' })
    .getByRole('option', { name: 'http_requests_total' })
    .click()
  await expect(page.getByRole('region', { name: 'http_requests_total' })).toBeVisible()
  await type('rate(http_requests_total[5m])')
  await page.getByRole('option', { name: /^Chart this PromQL/ }).click()
  await expect(page.getByRole('region', { name: 'rate(http_requests_total[5m])' })).toBeVisible()
})

test('the step follows the width, and units the query', async ({ page, url, prometheus }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  const quantile =
    'histogram_quantile(0.99, sum by (le) (rate(http_server_request_duration_seconds_bucket[5m])))'
  await page.goto(`${url}/${place(`lines::${quantile}`)}`)
  await expect(page.getByRole('figure')).toContainText('1 line, values from 300 ms to 4.60 s.')
  const [first] = asked(prometheus)
  expect(Object.fromEntries(first)).toMatchObject({ start: '1790000000', end: '1790003600', step: '10' })
})

test('a mistake is marked at its place, in the words of the server', async ({ page, url }) => {
  await page.goto(`${url}/metrics`)
  await write(page, 'rate(')
  // The bracket that came with it.
  await page.keyboard.press('Delete')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  const alert = page.getByRole('main').getByRole('alert').first()
  await expect(alert).toContainText('column 5')
  await expect(alert).toContainText('unclosed left parenthesis')
  await expect(editor(page).locator('.squiggly-error')).toBeVisible()
})

test('averages of percentiles are refused on every chart, with why, and the right query one click away', async ({
  page,
  url,
}) => {
  const wrong =
    'avg by (job) (histogram_quantile(0.9, rate(http_server_request_duration_seconds_bucket[5m])))'
  const overTime =
    'avg_over_time(histogram_quantile(0.9, sum by (le) (rate(http_server_request_duration_seconds_bucket[5m])))[1h:1m])'
  await page.goto(`${url}/${place('lines::up', `lines::${wrong}`, `lines::${overTime}`)}`)
  const chart = (name: string) => page.getByRole('region', { name, exact: true })
  for (const query of [wrong, overTime]) {
    await expect(chart(query)).toContainText('An average of percentiles is no percentile')
    await expect(chart(query).getByRole('button', { name: 'Use this instead' })).toBeVisible()
  }
  await expect(chart('up').getByRole('figure')).toBeVisible()
  await expect(page.getByRole('figure')).toHaveCount(1)
  await chart(overTime).getByRole('button', { name: 'Use this instead' }).click()
  await expect(
    chart(
      'histogram_quantile(0.9, sum by (le) (rate(http_server_request_duration_seconds_bucket[1h])))',
    ).getByRole('figure'),
  ).toBeVisible()

  await chart(wrong).getByRole('button', { name: 'Draw it anyway' }).click()
  await expect(chart(wrong).getByRole('figure')).toBeVisible()
  await expect(chart(wrong)).toContainText('An average of percentiles is no percentile')
  await chart(wrong).getByRole('button', { name: 'Use this instead' }).click()
  await expect(
    chart(
      'histogram_quantile(0.9, sum by (job, le) (rate(http_server_request_duration_seconds_bucket[5m])))',
    ).getByRole('figure'),
  ).toBeVisible()
  await expect(page.getByText('An average of percentiles', { exact: false })).toHaveCount(0)
})

test('NaN, +Inf, one point, no series and warnings are shown as what they are', async ({ page, url }) => {
  await page.goto(`${url}/${place('lines::odd', 'lines::lonely', 'lines::empty', 'lines::a * b')}`)
  const panel = (name: string) => page.getByRole('region', { name, exact: true })
  await expect(panel('odd')).toContainText('NaN, not drawn')
  await expect(panel('odd')).toContainText('without bound (±Inf), not drawn')
  await expect(panel('odd')).toContainText('one store did not answer')
  await expect(panel('lonely').getByRole('figure')).toContainText('1 line, values from 7 to 7.')
  await expect(panel('empty')).toContainText('No series in this window.')
  await expect(panel('a * b')).toContainText('found duplicate series for the match group')
})

test('what is too far apart to be drawn, and histograms that observed nothing, say so', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/${place('lines::far', 'heatmap::nothing_seen')}`)
  const panel = (name: string) => page.getByRole('region', { name, exact: true })
  await expect(panel('far')).toContainText('further apart than can be drawn')
  await expect(panel('nothing_seen')).toContainText('No observations in this time.')
})

test('of more series than anybody tells apart a thousand are drawn, which is said; charts of one query have names of their own', async ({
  page,
  url,
  prometheus,
}) => {
  const series = Array.from({ length: 1_200 }, (_, at) => ({
    metric: { route: `/route/${at}` },
    values: [[1_790_000_000, String(at)]],
  }))
  prometheus.answer((request, response) =>
    (request.url?.startsWith('/api/v1/query_range') === true
      ? json({ status: 'success', data: { resultType: 'matrix', result: series } })
      : prometheusAnswers)(request, response),
  )
  await page.goto(`${url}/${place('lines::many', 'table::many')}`)
  const first = page.getByRole('region', { name: 'many', exact: true })
  await expect(first.getByRole('figure')).toContainText(/^1.000 lines/)
  await expect(first).toContainText(/The first 1.000 of 1.200 series are drawn: narrow the query/)
  await expect(page.getByRole('region', { name: 'many (2)', exact: true }).getByRole('table')).toBeVisible()
  await expectAxeClean(page)
})

test('several panels share one window; zooming one zooms all, and is undone', async ({
  page,
  url,
  prometheus,
}) => {
  await page.goto(`${url}/${place('lines::up', 'stacked::http_requests_total', 'stat::up', 'table::up')}`)
  await expect(page.getByRole('figure')).toHaveCount(2)
  await expect(page.getByRole('table')).toContainText('{job="order-service"}')
  const plot = page.locator('.u-over').first()
  const box = await plot.boundingBox()
  if (box === null) throw new Error('The plot is not drawn.')
  await page.mouse.move(box.x + box.width / 4, box.y + 40)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2, box.y + 40, { steps: 4 })
  await page.mouse.up()
  await expect(page).not.toHaveURL(/from=1790000000000/)
  await expect.poll(() => new Set(asked(prometheus).map((params) => params.get('end'))).size).toBe(2)
  const zoomed = asked(prometheus).find((params) => params.get('end') !== '1790003600')
  expect(Number(zoomed?.get('end'))).toBeCloseTo(1_790_001_800, -2)
  await page.keyboard.press('u')
  await expect(page).toHaveURL(/from=1790000000000/)
})

test('the crosshair stands at the same moment in every panel', async ({ page, url }) => {
  await page.goto(`${url}/${place('lines::up', 'lines::http_requests_total')}`)
  await expect(page.locator('.u-over')).toHaveCount(2)
  await page
    .locator('.u-over')
    .first()
    .hover({ position: { x: 100, y: 50 } })
  const cursors = page.locator('.u-cursor-x')
  const transforms = await cursors.evaluateAll((all) => all.map((one) => getComputedStyle(one).transform))
  expect(transforms[0]).toMatch(/matrix\(1, 0, 0, 1, 100, 0\)/)
  expect(transforms[1]).toBe(transforms[0])
  // The values under it stand in both legends.
  await expect(page.getByRole('button', { name: 'order-service 50' })).toHaveCount(2)
})

const bucket = 'http_server_request_duration_seconds_bucket'
const p99 = `histogram_quantile(0.99, sum by (le) (rate(${bucket}[5m])))`

test('buckets are a heatmap, with the quantiles of their sum', async ({ page, url }) => {
  await page.goto(`${url}/${place(`auto::sum by (le) (rate(${bucket}[5m]))`)}`)
  const figure = page.getByRole('figure')
  // After it slowed down: 46 a second. The 23rd is the first of three from 0.5 to 1 s; 95 % are 43.7, 18.7 into the 20 from 1 to 5 s.
  await expect(figure).toContainText(
    'Heatmap of 7 buckets, at most 30/s in one. Latest quantiles: p99 5.00 s, p95 4.74 s, p50 667 ms.',
  )
  await expectAxeClean(page)
  // Three lines of one colour: only their dashes tell them apart.
  const marks = page.locator('[class*="legend"] line')
  expect(await marks.evaluateAll((all) => all.map((one) => getComputedStyle(one).strokeDasharray))).toEqual([
    'none',
    '6px, 3px',
    '1.5px, 3px',
  ])
})

test('exemplars that come later stand on the chart that is there, whose axis goes on to them', async ({
  page,
  url,
}) => {
  const { promise: arrival, resolve: arrive } = Promise.withResolvers<void>()
  await page.route('**/metrics/exemplars*', async (route) => {
    await arrival
    await route.continue()
  })
  await page.goto(`${url}/${place(`auto::${p99}`)}`)
  await expect(page.getByRole('figure')).toContainText('1 line, values')
  const canvas = await page.locator('.u-wrap canvas').elementHandle()
  arrive()
  const dot = page.getByRole('button', { name: /^Exemplar 2 of 2: 4.81 s at / })
  await expect(dot).toBeAttached()
  // The line alone ends at 4.6 s, and its axis at 4.83, which leaves the dot at the very edge; that of the dot ends at 5.05.
  await expect
    .poll(() => dot.evaluate((one: HTMLElement) => one.offsetTop / (one.parentElement?.clientHeight ?? 1)))
    .toBeGreaterThan(0.03)
  expect(await canvas?.evaluate((one) => one.isConnected)).toBe(true)
})

const testWithTraces = test.extend<{ jaeger: FakeServer }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  jaeger: async ({}, use) => {
    const server = await startServer(jaegerAnswers([]))
    await use(server)
    await server.stop()
  },
  clewArgs: async ({ prometheus, jaeger }, use) =>
    use(['--connect', `prometheus=${prometheus.url}`, '--connect', `jaeger=${jaeger.url}`]),
})

for (const [name, panel] of [
  ['a quantile', `auto::${p99}`],
  ['a heatmap', `auto::sum by (le) (rate(${bucket}[5m]))`],
] as const)
  testWithTraces(
    `an exemplar on ${name} tells its labels, and one click leads to its trace`,
    async ({ page, url }) => {
      await page.goto(`${url}/${place(panel)}`)
      const dot = page.getByRole('button', { name: /^Exemplar 2 of 2: 4.81 s at / })
      const box = await dot.boundingBox()
      if (box === null) throw new Error('The dot is not drawn.')
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
      await expect(page.getByText('POST /orders')).toBeVisible()
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
      await expect(page).toHaveURL(new RegExp(`/trace\\?.*id=${exemplarTraceId}`))
      await expect(page).toHaveURL(/span=00f067aa0ba902b7/)
      await page.goBack()
      // The same by keyboard.
      await expect(dot).toBeAttached()
      await page.keyboard.press('e')
      await expect(dot).toBeFocused()
      await page.keyboard.press('?')
      const sheet = page.getByRole('complementary', { name: 'Keys' })
      await expect(sheet).toContainText('Walk through the exemplars with the arrow keys')
      await expect(sheet).toContainText('Trace of the exemplarT')
      await page.keyboard.press('Escape')
      await page.keyboard.press('t')
      await expect(page).toHaveURL(new RegExp(`/trace\\?.*id=${exemplarTraceId}`))
      await page.goBack()
      await expect(dot).toBeAttached()
      await page.keyboard.press('e')
      await page.keyboard.press('ArrowLeft')
      const other = page.getByRole('button', { name: /^Exemplar 1 of 2: 300 ms at / })
      await expect(other).toBeFocused()
      await page.keyboard.press('Enter')
      await expect(page).toHaveURL(new RegExp(`/trace\\?.*id=${'a'.repeat(32)}`))
    },
  )

testWithTraces('the key to the exemplars may be pressed before they have come', async ({ page, url }) => {
  const coming = Promise.withResolvers<undefined>()
  await page.route('**/metrics/exemplars?*', async (route) => {
    await coming.promise
    await route.continue()
  })
  const asked = page.waitForRequest('**/metrics/exemplars?*')
  await page.goto(`${url}/${place(`auto::${p99}`)}`)
  await asked
  await page.keyboard.press('e')
  coming.resolve(undefined)
  await expect(page.getByRole('button', { name: /^Exemplar 2 of 2: 4.81 s at / })).toBeFocused()
})
