/** From any place of a chart to the traces behind it: a click, a rectangle, a key. */
import type { Page } from '@playwright/test'
import { expect, expectAxeClean, test as base } from './clew.ts'
import { prometheusAnswers } from './fake-prometheus.ts'
import { type FakeServer, startServer } from './fake-servers.ts'
import { tempoWith } from './search-servers.ts'

const startMs = 1_790_000_000_000
const window = { from: String(startMs), to: '1790003600000' }
const slow = {
  id: '00c1f0c2a7d94c1e8b03d5c6f2119a7e',
  startMs: startMs + 3_000_000,
  durationMs: 4_800,
  service: 'order-service',
  name: 'POST /orders',
  failed: true,
}

const test = base.extend<{ tempo: FakeServer }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  tempo: async ({}, use) => {
    const tempo = await startServer(tempoWith([slow]))
    await use(tempo)
    await tempo.stop()
  },
  clewArgs: async ({ tempo }, use) => {
    const prometheus = await startServer(prometheusAnswers)
    await use(['--connect', `prometheus=${prometheus.url}`, '--connect', `tempo=${tempo.url}`])
    await prometheus.stop()
  },
})

const quantile =
  'histogram_quantile(0.99, sum by (job, le) (rate(http_server_request_duration_seconds_bucket[5m])))'
const heatmap = 'sum by (le) (rate(http_server_request_duration_seconds_bucket{job="order-service"}[5m]))'
const failed =
  'sum by (job) (rate(http_server_request_duration_seconds_count{http_response_status_code=~"5.."}[5m]))'

const charts = (url: string, ...panels: string[]): string => {
  const params = new URLSearchParams(window)
  for (const panel of panels) params.append('p', panel)
  return `${url}/metrics?${params}`
}

/** A place in the plot of the first chart, by shares of its width and height. */
async function placeIn(page: Page, x: number, y: number): Promise<readonly [number, number]> {
  const plot = page.locator('.u-over').first()
  // It is made anew whenever its time changes.
  await expect(plot).toBeVisible()
  const box = await plot.boundingBox()
  if (!box) throw new Error('The plot is not drawn.')
  return [box.x + box.width * x, box.y + box.height * y]
}

/** The search one has come to; its window in minutes from the beginning of the chart's. */
async function searched(page: Page) {
  await expect(page).toHaveURL(/\/traces\?/)
  const params = new URL(page.url()).searchParams
  return {
    service: params.get('service'),
    min: params.get('min'),
    max: params.get('max'),
    tag: params.get('tag'),
    errors: params.get('errors'),
    from: Math.round((Number(params.get('from')) - startMs) / 60_000),
    to: Math.round((Number(params.get('to')) - startMs) / 60_000),
  }
}

/** Whether Tempo was asked this. */
const wasAsked = (tempo: FakeServer, query: string): boolean =>
  tempo.asked.some(
    ({ path }) =>
      path.startsWith('/api/search?') &&
      (new URL(path, 'http://x').searchParams.get('q') ?? '').startsWith(query),
  )

test('a point of a line leads to traces as slow as its bucket, and says so before', async ({
  page,
  url,
  tempo,
}) => {
  await page.goto(charts(url, `lines::${quantile}`))
  await expect(page.getByRole('figure')).toContainText('1 line')
  const at = await placeIn(page, 0.9, 0.2)
  await page.mouse.move(...at)
  await expect(
    page.getByText('T or click: traces of order-service, 1.00 s and longer, server spans'),
  ).toBeVisible()
  await page.mouse.click(...at)
  // 4.6 s lie in the bucket from 1 s to 5 s. The range of the rate and a minute come before it, a step after.
  expect(await searched(page)).toEqual({
    service: 'order-service',
    min: '1000000000',
    max: null,
    tag: 'span.kind=server',
    errors: null,
    from: 48,
    to: 54,
  })
  await expect(page.getByRole('grid', { name: 'Traces' })).toContainText('POST /orders')
  // Jobs of minutes are no slow requests: what the histogram does not measure is left out, which can be read and taken away.
  const asked = '{ resource.service.name = "order-service" && kind = server && duration >= 1s }'
  expect(wasAsked(tempo, asked)).toBe(true)
  await expect(page.getByRole('button', { name: 'span.kind = server' })).toBeVisible()
  await page.getByRole('button', { name: 'Remove span.kind' }).click()
  await page.keyboard.press('Control+Enter')
  await expect(page).not.toHaveURL(/span\.kind/)
  await page.goBack()
  const trail = page.getByRole('navigation', { name: 'Thread' })
  await expect(trail.getByRole('listitem')).toHaveCount(2)
  await page.goBack()
  await expect(page.getByRole('figure')).toContainText('1 line')
})

test('a cell of a heatmap leads to traces of its duration and longer', async ({ page, url, tempo }) => {
  await page.goto(charts(url, `heatmap::${heatmap}`))
  await expect(page.getByRole('figure')).toContainText('Heatmap of 7 buckets')
  await page.mouse.move(...(await placeIn(page, 0.5, 0.4)))
  await page.keyboard.press('t')
  const { service, min } = await searched(page)
  expect([service, Number(min) / 1e9]).toEqual(['order-service', 0.5])
  await expect
    .poll(() =>
      wasAsked(tempo, '{ resource.service.name = "order-service" && kind = server && duration >= 500ms }'),
    )
    .toBe(true)
})

test('a stack of failures leads to failed traces of what is pointed at', async ({ page, url }) => {
  await page.goto(charts(url, `stacked::${failed}`))
  await expect(page.getByRole('figure')).toContainText('2 lines')
  await page.mouse.click(...(await placeIn(page, 0.2, 0.9)))
  expect(await searched(page)).toMatchObject({ service: 'order-service', min: null, errors: '1' })
  await page.goBack()
  await page.mouse.click(...(await placeIn(page, 0.2, 0.2)))
  expect(await searched(page)).toMatchObject({ service: 'payment-service', errors: '1' })
})

test('a rectangle drawn with Shift leads to the traces in it; without it the chart is zoomed', async ({
  page,
  url,
}) => {
  await page.goto(charts(url, `heatmap::${heatmap}`))
  await expect(page.getByRole('figure')).toContainText('Heatmap of 7 buckets')
  const drag = async (keys: readonly string[]) => {
    await page.mouse.move(...(await placeIn(page, 0.25, 0.2)))
    for (const key of keys) await page.keyboard.down(key)
    await page.mouse.down()
    await page.mouse.move(...(await placeIn(page, 0.75, 0.4)), { steps: 4 })
    await page.mouse.up()
    for (const key of keys) await page.keyboard.up(key)
  }
  await drag(['Shift'])
  expect(await searched(page)).toMatchObject({
    service: 'order-service',
    min: '500000000',
    max: '5000000000',
    from: 9,
    to: 45,
  })
  // It was drawn from minute 15 on.
  await expect(page.getByText('From 6 min before the place in the chart on')).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('figure')).toContainText('Heatmap of 7 buckets')
  await drag([])
  await expect(page).toHaveURL(/\/metrics\?/)
  await expect(page).not.toHaveURL(/from=1790000000000/)
  // A double click still undoes the zoom, and leads nowhere.
  await page.mouse.dblclick(...(await placeIn(page, 0.5, 0.5)))
  await expect(page).toHaveURL(/\/metrics\?.*from=1790000000000/)
  await expect(page.getByRole('figure')).toContainText('Heatmap of 7 buckets')
})

test('by keyboard the crosshair walks, chooses a stretch, and Enter finds its traces', async ({
  page,
  url,
}) => {
  await page.goto(charts(url, `heatmap::${heatmap}`))
  await expect(page.getByRole('figure')).toContainText('Heatmap of 7 buckets')
  await page.keyboard.press('x')
  const crosshair = page.getByRole('button', { name: /Enter finds traces of order-service/ })
  await expect(crosshair).toBeFocused()
  await expectAxeClean(page)
  await page.keyboard.press('Home')
  for (let step = 0; step < 7; step++) await page.keyboard.press('ArrowDown')
  await expect(crosshair).toHaveAccessibleName(/^0 s – 10\.0 ms: 10\/s at /)
  for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowUp')
  await expect(crosshair).toHaveAccessibleName(/^500 ms – 1\.00 s: 0\/s at /)
  for (let step = 0; step < 10; step++) await page.keyboard.press('Shift+ArrowRight')
  await expect(crosshair).toHaveAccessibleName(/^From .* to .*, at first 500 ms – 1\.00 s/)
  await page.keyboard.press('?')
  await expect(page.getByRole('complementary', { name: 'Keys' })).toContainText('Traces behind the point')
  await page.keyboard.press('Escape')
  await crosshair.press('Enter')
  expect(await searched(page)).toMatchObject({ service: 'order-service', min: '500000000', from: -6 })
})

for (const [place, path] of [
  ['the overview', '/overview?service=order-service'],
  ['the page of a service', '/service?service=order-service'],
] as const)
  test(`the chart of ${place} leads to traces too, and its exemplars still to their own`, async ({
    page,
    url,
  }) => {
    await page.goto(`${url}${path}&${new URLSearchParams(window)}`)
    await expect(page.getByRole('figure').first()).toContainText('Heatmap of')
    await expect(page.getByRole('button', { name: /^Exemplar 2 of 2/ })).toBeVisible()
    await page.mouse.click(...(await placeIn(page, 0.5, 0.4)))
    expect(await searched(page)).toMatchObject({ service: 'order-service' })
    await page.goBack()
    const dot = await page.getByRole('button', { name: /^Exemplar 2 of 2/ }).boundingBox()
    if (!dot) throw new Error('the exemplar has no place')
    await page.mouse.click(dot.x + dot.width / 2, dot.y + dot.height / 2)
    await expect(page).toHaveURL(/\/trace\?/)
  })

test('a span leads to the charts of its service, with its time marked on each, and said', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/trace?id=${slow.id}&span=d5c6f2119a7e0001`)
  const follow = page.getByRole('list', { name: 'Follow from this span' })
  await expect(
    follow.getByRole('button', { name: /^order-service rate, errors, duration, and what it uses/ }),
  ).toContainText('service.name = job')
  const figuresAt = new Set<string | null>()
  page.on('request', (request) => {
    const asked = new URL(request.url()).searchParams
    if (asked.get('query')?.includes('[3m] offset')) figuresAt.add(asked.get('timeMs'))
  })
  await page.keyboard.press('m')
  await expect(page).toHaveURL(/\/service\?.*service=order-service.*&mark=1790003000000%7E1790003004800%7E/)
  const figures = page.getByRole('figure')
  await expect(figures).toHaveCount(3)
  for (const title of ['latency', 'requests', 'failures'])
    await expect(
      page.getByRole('region', { name: `order-service ${title}` }).getByRole('figure'),
    ).toContainText('Marked: order-service POST /orders, 15:03:20.000 to 15:03:24.800.')
  const mark = figures.first().getByText('order-service POST /orders', { exact: true })
  await expect(mark).toBeVisible()
  // The figures are of that moment too, not of the end of the charts a quarter of an hour later.
  await expect(page.getByText('the 3m up to 15:04, around order-service POST /orders,')).toBeVisible()
  await expect(page.getByRole('row', { name: /^All requests/ })).toBeVisible()
  expect([...figuresAt]).toEqual(['1790003094800'])
  await expectAxeClean(page)
  await page.getByRole('button', { name: 'order-service requests', exact: true }).click()
  await expect(page).toHaveURL(/\/metrics\?.*mark=/)
  await expect(figures).toContainText('Marked: order-service POST /orders')
  await page.goBack()
  await page.goBack()
  await expect(follow).toBeVisible()
  await page.keyboard.press('Shift+G')
  await expect(page).toHaveURL(/\/map\?.*selected=order-service/)
})

test('what a small chart asks is read whole, inside the window', async ({ page, url }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto(`${url}/service?service=order-service&${new URLSearchParams(window)}`)
  const small = page.getByRole('region', { name: 'order-service requests' }).getByRole('figure')
  await expect(small).toBeVisible()
  await small.hover()
  const query = page.locator('code').filter({ hasText: /^\{ resource\.service\.name/ })
  await expect(query).toBeVisible()
  const seen = await query.evaluate((code) => {
    const { left, right, top, bottom } = code.getBoundingClientRect()
    const isInside = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
    return { isInside, cutPx: code.scrollHeight - code.clientHeight }
  })
  expect(seen).toEqual({ isInside: true, cutPx: 0 })
  // As wide as the plot, below it: the point itself stays in view.
  const tip = await query.boundingBox()
  if (!tip) throw new Error('the tip has no place')
  expect(tip.width).toBeGreaterThan(280)
})
