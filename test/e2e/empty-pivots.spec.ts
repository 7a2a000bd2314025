/** Where a pivot leads to nothing: what was sought is looked for elsewhere at once, every query is shown, and the nearest is offered. */
import type { Locator, Page } from '@playwright/test'
import { expect, expectAxeClean, test as base } from './clew.ts'
import { type HeldLine, lokiWith } from './fake-loki.ts'
import { prometheusAnswers } from './fake-prometheus.ts'
import { startServer } from './fake-servers.ts'
import { type HeldTrace, tempoWith } from './search-servers.ts'

const chartMs = 1_790_000_000_000
const minuteMs = 60_000
/** The only trace there is. */
const trace: HeldTrace = {
  id: '00c1f0c2a7d94c1e8b03d5c6f2119a7e',
  startMs: chartMs + 50 * minuteMs,
  durationMs: 4_800,
  service: 'order-service',
  name: 'POST /orders',
  failed: true,
}

const line = (afterMinutes: number, labels: HeldLine['labels'], text = 'order taken'): HeldLine => ({
  ns: BigInt(trace.startMs + afterMinutes * minuteMs) * 1_000_000n,
  labels,
  text,
})

interface Options {
  /** What each Loki holds; in an object, for Playwright reads a list as something else. */
  lokis: { readonly lines: readonly (readonly HeldLine[])[] }
}

const test = base.extend<Options>({
  lokis: [{ lines: [[]] }, { option: true }],
  clewArgs: async ({ lokis: { lines } }, use) => {
    const servers = await Promise.all([
      startServer(prometheusAnswers),
      startServer(tempoWith([trace])),
      ...lines.map((held) => startServer(lokiWith(held))),
    ])
    const kinds = ['prometheus', 'tempo', ...lines.map(() => 'loki')]
    await use(servers.flatMap(({ url }, at) => ['--connect', `${kinds[at]}=${url}`]))
    await Promise.all(servers.map((server) => server.stop()))
  },
})

/** From the trace to what its service wrote then, by the key of that pivot. */
async function followServiceLogs(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/trace?id=${trace.id}&span=d5c6f2119a7e0001`)
  await expect(page.getByRole('button', { name: /^All order-service logs/ })).toBeVisible()
  await page.keyboard.press('Shift+L')
  await expect(page).toHaveURL(/\/logs\?/)
}

const tried = (page: Page) => page.getByRole('region', { name: 'Lines of order-service' })
const lines = (page: Page) => page.getByRole('treegrid', { name: 'Log lines' }).getByRole('row')

test.describe('a service that wrote nothing then, but some before', () => {
  const own = { service_name: 'order-service' }
  test.use({ lokis: { lines: [[line(-40, own), line(-30, own, 'order paid')]] } })

  test('its nearest lines are found by widening the time, and are one click further', async ({
    page,
    url,
  }) => {
    await followServiceLogs(page, url)
    await expect(tried(page)).toContainText(
      'No line of order-service is from then. The nearest are in Loki: 2 lines, ± 1 h.',
    )
    await expect(tried(page).getByRole('listitem')).toHaveText([
      /at that time\{service_name="order-service"\}0 lines/,
      /however spelled in service_name, at that time.*0 lines/,
      /± 15 min\{service_name=.*0 lines/,
      /± 1 h\{service_name=.*2 lines/,
    ])
    await expectAxeClean(page)
    await tried(page).getByRole('button', { name: 'Read the 2 lines ± 1 h' }).click()
    await expect(lines(page)).toHaveCount(2)
  })

  test('the search for them can be stopped, and begun again', async ({ page, url }) => {
    const { promise: isAnswered, resolve: answer } = Promise.withResolvers<void>()
    await page.context().route(/\/logs\/lines\?.*%28%3Fi%29/, async (route) => {
      await isAnswered
      await route.continue()
    })
    await followServiceLogs(page, url)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(tried(page)).toContainText(/Stopped\. Of \d+ ways 1 had been tried/)
    answer()
    await tried(page).getByRole('button', { name: 'Try again' }).click()
    await expect(tried(page)).toContainText('The nearest are in Loki')
  })

  test('lines that a person asked for by themselves are not looked for elsewhere', async ({ page, url }) => {
    const query = encodeURIComponent('{service_name="order-service"}')
    const range = `from=${trace.startMs}&to=${trace.startMs + minuteMs}`
    await page.goto(`${url}/logs?query=${query}&${range}`)
    await expect(page.getByRole('button', { name: 'Last 24 hours instead' })).toBeVisible()
    await expect(tried(page)).toBeHidden()
    await page.goto(`${url}/logs?query=${query}&from=now-24h&to=now`)
    await expect(page.getByRole('button', { name: 'Last 7 days instead' })).toBeVisible()
  })
})

test.describe('a service whose lines are in another source, by another name', () => {
  test.use({ lokis: { lines: [[line(-1, { service_name: 'cart' })], [line(0, { app: 'Order' })]] } })

  test('they are found there', async ({ page, url }) => {
    await followServiceLogs(page, url)
    await expect(tried(page)).toContainText(
      /Loki \S+ has lines of order-service from then\. Found: 1 line by service\.name = app\./,
    )
    await tried(page).getByRole('button', { name: 'Read the 1 line at that time' }).click()
    await expect(lines(page)).toHaveCount(1)
    await expect(page.locator('.view-lines')).toContainText('{app="Order"}')
  })
})

test.describe('a service that wrote nothing', () => {
  test.use({ lokis: { lines: [[line(0, { service_name: 'cart' })]] } })

  test('is told from a time of which nothing is kept', async ({ page, url }) => {
    await followServiceLogs(page, url)
    await expect(tried(page)).toContainText(
      'No line of order-service was found in 24 hours before or after. Loki holds lines of others from then',
    )
    await expect(tried(page).getByRole('button', { name: /^Read/ })).toBeHidden()
  })
})

test('a point of a chart with no trace behind it leads to the nearest ones', async ({ page, url }) => {
  const query =
    'histogram_quantile(0.99, sum by (job, le) (rate(http_server_request_duration_seconds_bucket[5m])))'
  const params = new URLSearchParams({ from: String(chartMs), to: String(chartMs + 60 * minuteMs) })
  params.append('p', `lines::${query}`)
  await page.goto(`${url}/metrics?${params}`)
  await expect(page.getByRole('figure')).toContainText('1 line')
  const box = await page.locator('.u-over').first().boundingBox()
  if (!box) throw new Error('The plot is not drawn.')
  await page.mouse.click(box.x + box.width * 0.15, box.y + box.height * 0.2)
  await expect(page).toHaveURL(/\/traces\?service=order-service&tag=span\.kind%3Dserver&min=/)
  const looked = page.getByRole('region', { name: 'Traces of order-service' })
  await expect(looked).toContainText(
    /None were found as asked for\. Nearest to that: 1 trace in Tempo \(traces of order-service, as asked for, ± 1 h\)/,
  )
  await expect(looked.getByRole('listitem')).toHaveCount(6)
  await expect(looked.getByRole('listitem').nth(0)).toContainText('kind = server')
  await expect(looked.getByRole('listitem').nth(1)).toContainText('resource.service.name =~ "(?i)')
  await expect(looked.getByRole('listitem').nth(2)).toContainText('spans of any kind')
  await expectAxeClean(page)
  const nearest = page.getByRole('list', { name: 'Nearest traces' }).getByRole('link')
  await expect(nearest).toHaveText([/order-service POST \/orders/])
  await page.getByRole('button', { name: 'Show them all' }).click()
  await expect(page.getByRole('grid', { name: 'Traces' })).toContainText('POST /orders')
  await page.goBack()
  await nearest.click()
  await expect(page).toHaveURL(new RegExp(trace.id))
})

test('a call with no trace through it leads to the nearest, by the same ladder as any other pivot', async ({
  page,
  url,
}) => {
  const q =
    '{ resource.service.name = "edge-gateway" } >> { resource.service.name = "order-service" && status = error }'
  const params = new URLSearchParams({
    service: 'order-service',
    q,
    others: 'form',
    from: String(chartMs),
    to: String(chartMs + 10 * minuteMs),
    led: '1',
  })
  await page.goto(`${url}/traces?${params}`)
  const looked = page.getByRole('region', { name: 'Traces of order-service' })
  await expect(looked).toContainText(
    /None were found as asked for\. Nearest to that: 1 trace in Tempo \(as asked for, ± 1 h\)/,
  )
  await expect(looked.getByRole('listitem')).toHaveText([
    /as asked for, at that time/,
    /however services are spelled/,
    /as asked for, ± 15 min/,
    /spans of order-service alone/,
    /spans of edge-gateway alone/,
    /as asked for, ± 1 h/,
  ])
  await page.getByRole('button', { name: 'Show them all' }).click()
  await expect(page.getByRole('grid', { name: 'Traces' })).toContainText('POST /orders')
})

/** From the page of a service to the lines of one of its instances. */
async function followInstanceLogs(page: Page, url: string): Promise<Locator> {
  await page.goto(`${url}/service?service=order-service&from=${chartMs}&to=${chartMs + 60 * minuteMs}`)
  await page.getByRole('button', { name: 'Follow order-1' }).click()
  await page.getByRole('menuitem', { name: /^Its logs/ }).click()
  await expect(page).toHaveURL(/\/logs\?.*instance=order-1/)
  return page.getByRole('region', { name: 'Lines of order-1 of order-service' })
}

test.describe('an instance that lines name in their text alone', () => {
  const own = { service_name: 'order-service' }
  test.use({ lokis: { lines: [[line(0, own, 'order-1 took an order'), line(0, own, 'order-2 too')]] } })

  test('is found there', async ({ page, url }) => {
    const looked = await followInstanceLogs(page, url)
    await expect(looked).toContainText(
      'Loki has lines of order-1 of order-service from then. Found: 1 line by its name in the line.',
    )
    await expectAxeClean(page)
    await looked.getByRole('button', { name: 'Read the 1 line at that time' }).click()
    await expect(lines(page)).toHaveCount(1)
    await expect(lines(page)).toContainText('order-1 took an order')
  })
})

test.describe('an instance that no line names', () => {
  test.use({ lokis: { lines: [[line(0, { service_name: 'order-service' })]] } })

  test('leads to the lines of its service', async ({ page, url }) => {
    const looked = await followInstanceLogs(page, url)
    await expect(looked).toContainText(
      'No line from then names order-1 of order-service. The nearest are in Loki: 1 line, service.name = service_name, of any instance, at that time.',
    )
    await looked.getByRole('button', { name: 'Read the 1 line at that time' }).click()
    await expect(lines(page)).toHaveCount(1)
  })
})
