/** The incident of the story, among all its services, from the overview to the line that says why and back. */
import type { Page } from '@playwright/test'
import { expect, spanGrid, test } from './pages.ts'

const words = 'connection pool exhausted, waited 4500ms for available connection'
const logLines = (page: Page) => page.getByRole('treegrid', { name: 'Log lines' }).getByRole('row')

/** Where the slowest exemplar of a chart lies: arrow keys walk through all of them. */
async function slowestDot(page: Page): Promise<{ readonly x: number; readonly y: number }> {
  const dot = page.getByRole('button', { name: /^Exemplar \d+ of \d+: / })
  await dot.focus()
  let slowest = { seconds: 0, x: 0, y: 0 }
  for (;;) {
    const [, at, text, unit] =
      /^Exemplar (\d+) of .*?: ([\d.]+) (m?s) /.exec((await dot.getAttribute('aria-label')) ?? '') ?? []
    const seconds = Number(text) / (unit === 'ms' ? 1_000 : 1)
    const box = await dot.boundingBox()
    if (!box) throw new Error('the exemplar has no place')
    if (seconds > slowest.seconds) slowest = { seconds, x: box.x + box.width / 2, y: box.y + box.height / 2 }
    if (at === '1') break
    await page.keyboard.press('ArrowLeft')
  }
  return slowest
}

test('three clicks from the overview to the line that says why, and back', async ({ page, url, story }) => {
  let clicks = 0
  await page.goto(
    `${url}/overview?${new URLSearchParams({ from: String(story.startMs), to: String(story.endMs) })}`,
  )
  await page
    .getByRole('table', { name: 'Services' })
    .getByRole('button', { name: 'payment-service', exact: true })
    .click()
  clicks++
  await expect(page.getByRole('region', { name: 'payment-service latency' })).toBeVisible()
  const { x, y } = await slowestDot(page)
  await page.mouse.click(x, y)
  clicks++
  await expect(spanGrid(page).getByRole('row', { selected: true })).toContainText('POST /payments/charge')
  expect(new URL(page.url()).searchParams.get('id')).toBe(story.tempo.incident.traceId)
  await page.getByRole('button', { name: /^Logs of this span/ }).click()
  clicks++
  await expect(logLines(page).filter({ hasText: words }).first()).toBeVisible()
  expect(clicks).toBeLessThanOrEqual(4)

  await page.goBack()
  await expect(spanGrid(page).getByRole('row', { selected: true })).toContainText('POST /payments/charge')
  await page.keyboard.press('m')
  const latency = page.getByRole('figure').first()
  await expect(latency).toContainText('Heatmap of 12 buckets')
  await expect(latency).toContainText('Marked: payment-service POST /payments/charge')
  await page.goBack()
  await page.goBack()
  await expect(page.getByRole('region', { name: 'payment-service latency' })).toBeVisible()
})

test('a point of a quantile and one of failures lead to the traces behind them, no exemplar needed', async ({
  page,
  url,
}) => {
  const slowest = `histogram_quantile(0.999, sum by (le) (rate(http_server_request_duration_seconds_bucket{job="order-service"}[1h])))`
  const failed = 'sum(last_over_time(traces_service_graph_request_failed_total{server="order-service"}[1h]))'
  const incident = page
    .getByRole('grid', { name: 'Traces' })
    .getByRole('row', { name: /POST \/api\/checkout .* 247 .* Tempo$/ })
  for (const [query, asked] of [
    [slowest, /service=order-service&min=2500000000&/],
    [failed, /service=order-service&errors=1&/],
  ] as const) {
    await page.goto(`${url}/metrics?${new URLSearchParams({ p: `lines::${query}` })}`)
    await expect(page.getByRole('figure')).toContainText('1 line')
    await page.keyboard.press('x')
    const crosshair = page.getByRole('button', { name: /Enter finds traces of order-service/ })
    await crosshair.press('End')
    await crosshair.press('Enter')
    await expect(page).toHaveURL(asked)
    await expect(incident).toBeVisible()
  }
})
