/**
 * The incident, from the overview to the line that says why and back: clicks are counted, nothing is typed, and nothing is configured but
 * the addresses. Then the joints one by one, whatever the lines call things.
 */
import { randomBytes } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, spanGrid, test } from './pages.ts'
import { sendSpans, waitForTraces, waitUntil } from './feed.ts'
import type { FedTrace } from './story/span.ts'

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
  await expect(page.getByRole('figure').first()).toContainText('Heatmap of 12 buckets')
  await page.goBack()
  await page.goBack()
  await expect(page.getByRole('region', { name: 'payment-service latency' })).toBeVisible()
})

interface Variant {
  readonly name: string
  /** What the traces call the service, and what stands on the stream. */
  readonly service: string
  readonly stream: Readonly<Record<string, string>>
  readonly text: (traceId: string, spanId: string) => string
  readonly metadata?: (traceId: string, spanId: string) => Readonly<Record<string, string>>
  readonly afterMs?: number
  /** What a person is told. */
  readonly said: RegExp
}

const variants: readonly Variant[] = [
  {
    name: 'the id as metadata',
    service: 'ledger-a',
    stream: { service_name: 'ledger-a' },
    text: () => words,
    metadata: (traceId, spanId) => ({ trace_id: traceId, span_id: spanId }),
    said: /^1 line: trace_id and span_id in metadata, ± 1 s\.$/,
  },
  {
    name: 'a JSON field, and app for service.name',
    service: 'ledger-b-service',
    stream: { app: 'ledger-b' },
    text: (traceId) => JSON.stringify({ msg: words, traceID: traceId }),
    said: /^1 line: the id in the line, ± 1 s\.$/,
  },
  {
    name: 'a logfmt field, and a job with a namespace before the name',
    service: 'ledger-c',
    stream: { job: 'shop/ledger-c' },
    text: (traceId) => `level=error msg="${words}" trace_id=${traceId}`,
    said: /^1 line: the id in the line, ± 1 s\.$/,
  },
  {
    name: 'plain text without the leading zeros',
    service: 'ledger-d',
    stream: { container: 'ledger-d' },
    text: (traceId) => `${words} [${traceId.replace(/^0+/, '')}]`,
    said: /^1 line: the id without its leading zeros in the line, ± 1 s\.$/,
  },
  {
    name: 'a line three seconds after the span',
    service: 'ledger-e',
    stream: { service_name: 'ledger-e' },
    text: (traceId) => `${words} trace_id=${traceId}`,
    afterMs: 3_000,
    said: /± 1 min\. They come 3\.0 s after it ended: written late, or by a clock that is ahead\.$/,
  },
  {
    name: 'a clock that is two minutes behind',
    service: 'ledger-f',
    stream: { service_name: 'ledger-f' },
    text: (traceId) => `${words} trace_id=${traceId}`,
    afterMs: -120_000,
    said: /± 15 min\. They come 2 min before it began: by a clock that is behind\.$/,
  },
]

/** One span, five minutes ago, and its line. */
function fed({ service, stream, text, metadata, afterMs = 0 }: Variant) {
  const traceId = `00${randomBytes(15).toString('hex')}`
  const spanId = randomBytes(8).toString('hex')
  const endMs = Date.now() - 300_000
  const trace: FedTrace = {
    traceId,
    spans: [
      {
        traceId,
        spanId,
        parentSpanId: undefined,
        service,
        name: 'void',
        kind: 'server',
        startNs: BigInt(endMs - 4_500) * 1_000_000n,
        endNs: BigInt(endMs) * 1_000_000n,
        attributes: {},
        events: [],
        links: [],
        error: undefined,
      },
    ],
  }
  const entry = [`${endMs + afterMs - (afterMs < 0 ? 4_500 : 0)}000000`, text(traceId, spanId)]
  const streams = [{ stream, values: [metadata ? [...entry, metadata(traceId, spanId)] : entry] }]
  return { trace, spanId, streams }
}

for (const variant of variants)
  test(`a span leads to its line: ${variant.name}`, async ({ page, url, servers }) => {
    const { trace, spanId, streams } = fed(variant)
    await sendSpans(servers.tempo, trace.spans)
    await waitForTraces(servers.tempo, [trace])
    const pushed = await fetch(`${servers.loki.url}/loki/api/v1/push`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ streams }),
    })
    expect(pushed.status).toBe(204)
    const [[name, value]] = Object.entries(variant.stream)
    await waitUntil(`Loki to list ${name}=${value}`, async () => {
      const answer = await fetch(`${servers.loki.url}/loki/api/v1/label/${name}/values`)
      return (await answer.text()).includes(`"${value}"`)
    })
    await page.goto(`${url}/trace?id=${trace.traceId}&span=${spanId}`)
    await page.getByRole('button', { name: /^Logs of this span/ }).click()
    await expect(logLines(page)).toHaveCount(1)
    await expect(logLines(page)).toContainText('connection pool exhausted')
    await expect(page.getByRole('status').filter({ hasText: variant.said })).toBeVisible()
    await logLines(page).click()
    if (variant.name.includes('zeros')) return
    await page.getByRole('button', { name: /^Its trace/ }).click()
    await expect(page).toHaveURL(new RegExp(trace.traceId))
  })

test('a trace whose lines name no trace says so, with every query, and offers what its service wrote', async ({
  page,
  url,
  servers,
}) => {
  const service = 'ledger-mute'
  const { trace, spanId, streams } = fed({
    name: '',
    service,
    stream: { service_name: service },
    text: () => words,
    said: /./,
  })
  await sendSpans(servers.tempo, trace.spans)
  await waitForTraces(servers.tempo, [trace])
  await fetch(`${servers.loki.url}/loki/api/v1/push`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ streams }),
  })
  await page.goto(`${url}/trace?id=${trace.traceId}&span=${spanId}`)
  await page.getByRole('button', { name: /^Logs of this span/ }).click()
  const tried = page.getByRole('region', { name: 'Logs of this span', exact: true })
  await expect(tried).toContainText(`${service} wrote 1 line at that time, none with this id`)
  await expect(tried.getByRole('listitem').first()).toContainText(trace.traceId)
  await tried.getByRole('button', { name: 'Read the 1 line ± 30 s' }).click()
  await expect(logLines(page)).toContainText('connection pool exhausted')
})
