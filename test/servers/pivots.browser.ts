/** The incident of the story, among all its services, from the overview to the line that says why and back. */
import type { Page } from '@playwright/test'
import { countDeeds, deedsOf } from '../e2e/deeds.ts'
import { expect, spanGrid, test } from './pages.ts'

const words = 'connection pool exhausted, waited 4500ms for available connection'
const logLines = (page: Page) => page.getByRole('treegrid', { name: 'Log lines' }).getByRole('row')

/** Where the slowest exemplar of a chart lies, which stands highest: what is drawn of them is all that is in their layer. */
async function slowestDot(page: Page): Promise<{ readonly x: number; readonly y: number }> {
  const layer = page.locator('canvas[class*="dots"]')
  await expect(page.getByRole('button', { name: /^Exemplar \d+ of \d+: / })).toBeAttached()
  return layer.evaluate((canvas: HTMLCanvasElement) => {
    const { left, top } = canvas.getBoundingClientRect()
    const { width, height } = canvas
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, width, height) ?? { data: [] }
    for (let at = 3; at < data.length; at += 4)
      if (data[at] > 127) {
        const pixel = (at - 3) / 4
        // The tip of a diamond, whose middle is a few pixels below it.
        return {
          x: left + (pixel % width) / devicePixelRatio,
          y: top + Math.floor(pixel / width) / devicePixelRatio + 5,
        }
      }
    throw new Error('no exemplar is drawn')
  })
}

test('three clicks from the overview to the line that says why, and back', async ({ page, url, story }) => {
  await countDeeds(page)
  await page.goto(
    `${url}/overview?${new URLSearchParams({ from: String(story.startMs), to: String(story.endMs) })}`,
  )
  await page
    .getByRole('table', { name: 'Services' })
    .getByRole('button', { name: 'payment-service', exact: true })
    .click()
  await expect(page.getByRole('region', { name: 'payment-service latency' })).toBeVisible()
  const { x, y } = await slowestDot(page)
  await page.mouse.click(x, y)
  await expect(spanGrid(page).getByRole('row', { selected: true })).toContainText('POST /payments/charge')
  expect(new URL(page.url()).searchParams.get('id')).toBe(story.tempo.incident.traceId)
  await page.getByRole('button', { name: /^Logs of this span/ }).click()
  await expect(logLines(page).filter({ hasText: words }).first()).toBeVisible()
  expect(await deedsOf(page)).toEqual({ clicks: 3, keys: 0 })

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
    [slowest, /service=order-service&tag=span\.kind%3Dserver&min=2500000000&/],
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
