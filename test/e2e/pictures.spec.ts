/** What is drawn leaves as a picture: charts, heatmaps, flame graphs, and all of them in the story. */
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test } from './clew.ts'

test.use({ clewArgs: ['--demo', 'pool-exhaustion'] })

async function saved(page: Page, menu: string | RegExp, entry: string): Promise<Buffer> {
  await page.getByRole('button', { name: menu }).first().click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: entry }).click()
  return readFile(await (await download).path())
}

const isPng = (bytes: Buffer): boolean => bytes.subarray(1, 4).toString() === 'PNG'

test('a chart, a heatmap and a flame graph are saved as SVG and PNG, and stand in the story', async ({
  page,
  url,
}) => {
  test.slow()
  const bucket = 'http_server_request_duration_seconds_bucket{job="payment-service"}'
  const heatmap = `sum by (le) (increase(${bucket}[5m]))`
  const p99 = `histogram_quantile(0.99, sum by (le) (rate(${bucket}[5m])))`
  await page.goto(`${url}/metrics?${new URLSearchParams({ p: `lines::${p99}` })}`)
  await expect(page.getByRole('figure')).toContainText('1 line')
  expect(String(await saved(page, /^Save (histogram|sum)/, 'As SVG'))).toMatch(
    /^<svg[^]*<path d="M[^]*<\/svg>$/,
  )
  expect(isPng(await saved(page, /^Save (histogram|sum)/, 'As PNG'))).toBe(true)

  await page.goto(`${url}/metrics?${new URLSearchParams({ p: `heatmap::${heatmap}` })}`)
  await expect(page.getByRole('figure')).toContainText('Heatmap of')
  const cells = String(await saved(page, /^Save (histogram|sum)/, 'As SVG'))
  expect(cells).toMatch(/<path d="M[^"]*z" fill="#/)
  // Bounds of buckets are seconds.
  expect(cells).toMatch(/>\d+ ms<\/text>/)
  expect(isPng(await saved(page, /^Save (histogram|sum)/, 'As PNG'))).toBe(true)

  const search = { service: 'payment-service', min: '4000000000', from: 'now-1h', to: 'now' }
  await page.goto(`${url}/traces?${new URLSearchParams(search)}`)
  await page.getByRole('grid', { name: 'Traces' }).getByRole('link').first().click()
  await expect(page.getByRole('treegrid', { name: 'Spans' })).toContainText('pool.acquire')
  await page.getByRole('button', { name: 'Save trace', exact: true }).waitFor()
  await page.goto(`${page.url()}&view=flame`)
  await expect(page.getByRole('tree', { name: 'Flame graph' })).toBeVisible()
  expect(String(await saved(page, 'Save flame graph', 'As SVG'))).toContain('pool.acquire</text>')
  expect(isPng(await saved(page, 'Save flame graph', 'As PNG'))).toBe(true)

  await page.goto(`${url}/investigation`)
  const story = await saved(page, 'Export', 'Markdown with pictures')
  for (const picture of ['pictures/1.svg', 'pictures/2.svg', 'pictures/3.svg'])
    expect(story.includes(picture)).toBe(true)
})
