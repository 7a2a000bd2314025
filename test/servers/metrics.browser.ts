/** Metrics of the story, drawn from a real Prometheus: numbers as they were sent, and the way from a dot to its trace. */
import { formatCount } from '#shared/derive/quantities'
import { expect, spanGrid, test } from './pages.ts'
import type { Story } from './story/story.ts'

/** Requests that a service had answered by the end of the story: what its metrics count. */
const requestsOf = (story: Story, service: string) =>
  [...story.tempo.ordinary, story.tempo.incident]
    .flatMap((trace) => trace.spans)
    .filter((span) => span.kind === 'server' && span.service === service)
    .filter((span) => span.endNs <= BigInt(story.endMs) * 1_000_000n)

const place = (story: Story, ...panels: string[]): string => {
  const params = new URLSearchParams({ from: String(story.startMs), to: String(story.endMs) })
  for (const panel of panels) params.append('p', panel)
  return `metrics?${params}`
}

test('every view has the numbers that were sent', async ({ page, url, story }) => {
  const count = 'sum(http_server_request_duration_seconds_count{job="order-service"})'
  await page.goto(`${url}/${place(story, `lines::${count}`, `stat::${count}`, `table::${count}`)}`)
  const requests = formatCount(requestsOf(story, 'order-service').length)
  await expect(page.getByRole('figure')).toContainText(`to ${requests}.`)
  await expect(page.locator('dd')).toHaveText(requests)
  await expect(page.getByRole('table').getByRole('row').nth(1).getByRole('cell').nth(1)).toHaveText(requests)
})

test('buckets are a heatmap of as many requests as were sent, and its exemplars lead to their traces', async ({
  page,
  url,
  story,
}) => {
  const buckets = 'sum by (le) (http_server_request_duration_seconds_bucket{job="order-service"})'
  await page.goto(`${url}/${place(story, `auto::${buckets}`)}`)
  const figure = page.getByRole('figure')
  const requests = requestsOf(story, 'order-service')
  const inOrder = requests.map((span) => Number(span.endNs - span.startNs) / 1e9).sort((a, b) => a - b)
  const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
  const held = [...bounds, Infinity].map(
    (bound, index) =>
      inOrder.filter((seconds) => seconds <= bound && seconds > (bounds[index - 1] ?? -1)).length,
  )
  await expect(figure).toContainText(`Heatmap of 12 buckets, at most ${Math.max(...held)} in one.`)

  const dot = page.getByRole('button', { name: /^Exemplar \d+ of \d+: / })
  await dot.focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/trace\?/)
  const opened = new URL(page.url()).searchParams
  const trace = [...story.tempo.ordinary, story.tempo.incident].find(
    (one) => one.traceId === opened.get('id'),
  )
  expect(trace?.spans.map(({ spanId }) => spanId)).toContain(opened.get('span'))
  await expect(spanGrid(page)).toHaveAttribute('aria-rowcount', /\d+/)
  await expect(page.getByText(String(trace?.spans.length)).first()).toBeVisible()
})

test('a query is completed with what Prometheus holds', async ({ page, url }) => {
  await page.goto(`${url}/metrics`)
  await page.locator('.monaco-editor').click()
  await page.keyboard.type('db_client_conn')
  await expect(page.getByRole('option', { name: /db_client_connection_count/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.type('{job="pay')
  await expect(page.getByRole('option', { name: /payment-service/ })).toBeVisible()
})

test('the overview finds every service that was measured', async ({ page, url, story }) => {
  await page.goto(
    `${url}/overview?${new URLSearchParams({ from: String(story.startMs), to: String(story.endMs) })}`,
  )
  const table = page.getByRole('table', { name: 'Services' })
  const services = [...story.tempo.ordinary, story.tempo.incident]
    .flatMap((trace) => trace.spans)
    .filter((span) => span.kind === 'server')
    .map((span) => span.service)
  for (const service of new Set(services))
    await expect(table.getByRole('button', { name: service, exact: true })).toBeVisible()
  await table.getByRole('button', { name: 'order-service', exact: true }).click()
  await expect(page.getByRole('region', { name: 'order-service latency' }).getByRole('figure')).toContainText(
    'Heatmap of 12 buckets',
  )
})
