/** Opened files asked like a server: by TraceQL, LogQL and PromQL, and from one signal to the other. */
import type { Page } from '@playwright/test'
import { simulate } from '#shared/simulate/run'
import { logsDocument } from '#shared/simulate/otlp/logs'
import { metricsDocuments } from '#shared/simulate/otlp/metrics'
import { tracesDocument } from '#shared/simulate/otlp/traces'
import { expect, expectAxeClean, test } from './clew.ts'
import { tracePage } from './trace-page.ts'
import { expectKept, openFiles } from './open-files.ts'

/** An incident of the demo shop, long past: what a colleague saved of it. */
const run = simulate({
  scenario: 'pool-exhaustion',
  seed: 1,
  endNs: 1_793_000_000_000_000_000n,
  lengthMinutes: 4,
})
const files: Readonly<Record<string, string>> = {
  'spans.json': tracesDocument(
    run,
    run.traces.flatMap(({ spans }) => spans),
  ),
  'lines.json': logsDocument(run, run.lines),
  // As a collector writes them: a line for each export.
  'metrics.jsonl': [...metricsDocuments(run)].map(({ text }) => text).join('\n'),
}

const ask = (page: Page) => page.getByRole('group', { name: 'Ask these files' })

const lines = (page: Page) => page.getByRole('treegrid', { name: 'Log lines' }).getByRole('row')

/** The same place with another query. */
async function query(page: Page, name: 'p' | 'q' | 'query', text: string): Promise<void> {
  const place = new URL(page.url())
  place.searchParams.set(name, text)
  await page.goto(place.href)
}

test('opened files are searched by TraceQL, a span leads to its lines, and a reload keeps all that', async ({
  page,
  url,
}) => {
  await page.goto(url)
  await openFiles(page, files)
  await ask(page)
    .getByRole('button', { name: /^Search/ })
    .click()
  await query(
    page,
    'q',
    '{ resource.service.name = "order-service" && status = error } >> { name =~ ".*pool.acquire" }',
  )
  const results = page.getByRole('grid', { name: 'Traces' })
  const first = results.getByRole('row').filter({ hasText: 'pool.acquire' }).first()
  await expect(first).toContainText('spans.json and 2 more')
  await first.dblclick()
  const failed = tracePage(page).spans.getByRole('row').filter({ hasText: 'order-service' }).first()
  await failed.click()
  await page.keyboard.press('l')
  const said = page.getByRole('status').filter({ hasText: /^\d+ lines?: .*trace_id.* in metadata/ })
  await expect(said).toBeVisible()
  // The keys beside the sentence give way to it; a narrower window wraps it.
  for (const width of [1_500, 1_000, 300]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await page.setViewportSize({ width, height: 800 })
    // oxlint-disable-next-line no-await-in-loop -- as above
    expect(await said.evaluate(coveredOf), `${width} px`).toEqual([])
  }
  await page.setViewportSize({ width: 1_500, height: 800 })
  await expect(lines(page).first()).toBeVisible()
  await page.reload()
  await expect(lines(page).first()).toBeVisible()
})

/** A trace with a line in each of three files: of JSON that names its service, of logfmt, and of text that names none. */
const traceId = '0af7651916cd43dd8448eb211c80319c'
const startNs = 1_793_000_000_000_000_000n
const shop = {
  'trace.json': JSON.stringify({
    resourceSpans: ['web', 'order'].map((service, at) => ({
      resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
      scopeSpans: [
        {
          spans: [
            {
              traceId,
              spanId: `b7ad6b716920333${at}`,
              parentSpanId: at === 0 ? '' : 'b7ad6b7169203330',
              name: `${service} work`,
              startTimeUnixNano: String(startNs),
              endTimeUnixNano: String(startNs + 900_000_000n),
            },
          ],
        },
      ],
    })),
  }),
  'web.log': `{"time":"2026-10-26T07:33:20.100Z","level":"info","service":"web","msg":"asked","trace_id":"${traceId}"}\n`,
  'order.log': `time=2026-10-26T07:33:20.200Z level=info service=order msg="added item" trace_id=${traceId}\n`,
  'plain.log': `2026-10-26T07:33:20.300Z WARN slow disk traceId=${traceId}\n`,
}

test('lines of a trace are found in all the files it was opened with, and not only in those of files opened before', async ({
  page,
  url,
}) => {
  const { 'plain.log': _, 'order.log': __, ...before } = shop
  await page.goto(url)
  await openFiles(page, before)
  await expect(page.getByRole('list', { name: 'Files' })).toContainText('1 line')
  await page.goto(url)
  await openFiles(page, shop)
  // The list of files above the traces is whole: nothing moves any more between two clicks.
  await expect(page.getByRole('list', { name: 'Files' })).toContainText(/plain\.log.*1 line/)
  await expect(ask(page).getByRole('button', { name: /^Query all 3 lines/ })).toBeVisible()
  await page.getByRole('grid', { name: 'Traces' }).getByRole('row').filter({ hasText: 'web work' }).dblclick()
  await expect(page.getByRole('button', { name: '3 log lines', exact: true })).toBeVisible()
  await page.keyboard.press('l')
  await expect(lines(page)).toHaveCount(3)
  await expect(lines(page).filter({ hasText: 'slow disk' })).toBeVisible()
})

test('saved metrics are charted by PromQL, and an exemplar leads to its trace and to the lines of that', async ({
  page,
  url,
}) => {
  await page.goto(url)
  await openFiles(page, files)
  const report = page
    .getByRole('list', { name: 'Files' })
    .getByRole('listitem')
    .filter({ hasText: 'metrics' })
  await expect(report).toContainText(/OTLP metrics JSON.*series/)
  await ask(page)
    .getByRole('button', { name: /^Browse/ })
    .click()
  const quantile =
    'histogram_quantile(0.95, sum by (le) (rate(http_server_request_duration_seconds_bucket{job="order-service"}[1m])))'
  const source = (await (await page.request.get(new URL('/api/sources', url).href)).json()) as {
    id: string
  }[]
  await query(page, 'p', `auto:${encodeURIComponent(source[0].id)}:${quantile}`)
  const dot = page.getByRole('button', { name: /^Exemplar \d+ of \d+: .*Enter opens its trace/ })
  await dot.focus()
  await page.keyboard.press('Enter')
  await expect(tracePage(page).spans).toContainText('order-service')
  await page.keyboard.press('l')
  await expect(lines(page).first()).toBeVisible()
})

test('a query that is none is refused at its place', async ({ page, url }) => {
  await page.goto(url)
  await openFiles(page, files)
  await ask(page)
    .getByRole('button', { name: /^Query/ })
    .click()
  await query(page, 'query', '{service_name="order-service"} |= "exhausted" | levle = ')
  await expect(page.getByRole('main').getByRole('alert')).toContainText('line 1, col 57')
  await expectAxeClean(page)
})

const threeLines = (text: string) => `ts=2026-01-01T00:00:00Z level=error msg="${text}"\n`.repeat(3)

test('sets of files stand beside each other, each with its name, and are closed one by one', async ({
  page,
  url,
}) => {
  await page.goto(url)
  const chips = page.getByRole('group', { name: 'Connections' }).getByRole('button')
  await openFiles(page, { 'before.log': threeLines('slow'), 'more.log': threeLines('slower') })
  await expect(chips).toHaveText(['before.log and 1 more'])
  await openFiles(page, { 'after.log': threeLines('fast') })
  await expect(chips).toHaveText(['after.log', 'before.log and 1 more'])
  await ask(page).getByRole('button', { name: 'Query all 3 lines' }).click()
  await expect(lines(page).filter({ hasText: 'fast' }).first()).toBeVisible()

  await page.getByRole('button', { name: 'answering before.log and 1 more' }).click()
  await page.getByRole('button', { name: 'Show the files' }).click()
  await ask(page).getByRole('button', { name: 'Query all 6 lines' }).click()
  await expect(lines(page).filter({ hasText: 'slow' }).first()).toBeVisible()
  await page.getByRole('button', { name: 'answering after.log' }).click()
  await page.getByRole('button', { name: 'Close the files' }).click()
  await expect(page.getByText('after.log is closed.')).toBeVisible()
  await expect(chips).toHaveText(['before.log and 1 more'])
})

/** Words of a sentence that are cut off, or that something lies on. */
function coveredOf(sentence: Element): readonly string[] {
  const text = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT).nextNode()
  if (!text) return ['no text']
  return [...(text.textContent ?? '').matchAll(/\S+/g)].flatMap(({ 0: word, index }) => {
    const range = document.createRange()
    range.setStart(text, index)
    range.setEnd(text, index + word.length)
    return [...range.getClientRects()].every(({ left, right, top, bottom }) =>
      [left + 1, right - 1].every((x) => sentence.contains(document.elementFromPoint(x, (top + bottom) / 2))),
    )
      ? []
      : [word]
  })
}

test('a chart of files that are still being read says so, and is drawn once they are', async ({
  page,
  url,
}) => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  await page.route('**/api/opened**', async (route) => {
    await released
    await route.continue().catch(() => undefined)
  })
  await page.goto(url)
  await openFiles(page, { 'metrics.jsonl': files['metrics.jsonl'] })
  await expect(page).toHaveURL(/file=/)
  await expectKept(page, 1)
  const source = `files:${new URL(page.url()).searchParams.getAll('file').join(',')}`
  const main = page.getByRole('main')
  const panel = `lines:${encodeURIComponent(source)}:count(http_server_request_duration_seconds_count)`
  for (const place of [
    `/overview?${new URLSearchParams({ source })}`,
    `/metrics?${new URLSearchParams({ p: panel })}`,
  ]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await page.goto(new URL(place, url).href)
    // oxlint-disable-next-line no-await-in-loop -- as above
    await expect(main).toContainText('Being read: metrics.jsonl')
    // oxlint-disable-next-line no-await-in-loop -- as above
    await expect(main.getByText('Reading for queries')).toBeVisible()
    // oxlint-disable-next-line no-await-in-loop -- as above
    await expect(main.getByRole('button', { name: /Connect/ })).toHaveCount(0)
  }
  await expectAxeClean(page)
  release()
  await expect(main).toContainText(/values from \d+/)
})

const answer = (data: unknown) => JSON.stringify({ status: 'success', data })

test('a file of series is told as that, one of exemplars alone says what is missing, and neither speaks of a server', async ({
  page,
}) => {
  const metric = { __name__: 'took_seconds_bucket', job: 'checkout', le: '1' }
  const exemplars = [{ labels: { trace_id: 'a' }, value: '0.5', timestamp: 1_793_000_000 }]
  await openFiles(page, { 'exemplars.json': answer([{ seriesLabels: metric, exemplars }]) })
  await expect(ask(page)).toContainText('Exemplars alone make no chart')
  await expect(ask(page).getByRole('button')).toHaveCount(0)
  const values = [[1_793_000_000, '1']]
  await openFiles(page, { 'series.json': answer({ resultType: 'matrix', result: [{ metric, values }] }) })
  await expect(ask(page).getByRole('button', { name: 'Browse 1 series' })).toBeVisible()
  const trail = page.getByRole('navigation', { name: 'Thread' })
  await expect(trail).toContainText('series.json1 series')
  await expect(trail).not.toContainText('0 traces')
  await page.getByRole('link', { name: 'Overview' }).click()
  await expect(page.getByRole('region', { name: 'Alerts' })).toContainText('series.json has no rules.')
})
