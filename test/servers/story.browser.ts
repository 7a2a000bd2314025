/** The story, read in a browser from real servers: connect, search all at once, open, read, find. */
import type { Page } from '@playwright/test'
import {
  drawnRows,
  expect,
  expectedRows,
  fact,
  paste,
  searchService,
  spanGrid,
  test,
  writeTraceql,
} from './pages.ts'
import { largeSpanCount } from './story/story.ts'

test('the start page shows every server of the command line, and what is in it', async ({
  page,
  servers,
}) => {
  const { jaeger, tempo, zipkin, loki, prometheus } = servers
  for (const { url } of [jaeger, tempo, zipkin, loki, prometheus])
    await expect(page.getByText(new URL(url).host, { exact: true })).toBeVisible()
  const counts = page.getByText(/^\d+ services, this run$/)
  await expect(counts).toHaveCount(2)
  // Those of the story; other tests send some of their own to one of the servers.
  for (const count of await counts.allTextContents())
    expect(Number.parseInt(count, 10)).toBeGreaterThanOrEqual(16)
  await expect(page.getByText('3.6.1, 14 services, this run')).toBeVisible()
  await expect(page.getByText(/^\d+ labels, this run$/)).toBeVisible()
  await expect(page.getByText(/^\d+ metrics, this run$/)).toBeVisible()
})

test('a search asks all trace servers at once, and shows what each had', async ({ page }) => {
  await searchService(page, 'order-service')
  const progress = page.getByRole('list', { name: 'Progress by source' })
  await expect(progress.getByRole('listitem')).toHaveCount(3)
  for (const name of ['Jaeger', 'Tempo', 'Zipkin'])
    await expect(progress.getByRole('listitem').filter({ hasText: name })).toContainText('41 traces in')
  await expect(page.getByText('123 traces from 3 of 3 sources').first()).toBeVisible()

  await page.getByRole('radio', { name: 'Slowest first' }).click()
  const traces = page.getByRole('grid', { name: 'Traces' })
  const slowest = traces.getByRole('row').filter({ hasText: /^edge-gateway.*247/ })
  await expect(slowest).toHaveCount(3)
  await expect(slowest.first()).toContainText('6.88 s')
})

test('a search goes on past its limit, source by source, until all is there', async ({ page }) => {
  await page.getByRole('link', { name: 'Traces' }).click()
  await page.getByLabel('Traces from each source').fill('30')
  await searchService(page, 'edge-gateway')
  const progress = page
    .getByRole('list', { name: 'Progress by source' })
    .getByRole('listitem')
    .filter({ hasText: 'Tempo' })
  await expect(progress).toContainText('30 traces')
  const loadOlder = progress.getByRole('button', { name: /^Load older/ })
  for (const held of ['59 traces', '88 traces', '101 traces']) {
    await loadOlder.click()
    await expect(progress).toContainText(held)
  }
  await expect(loadOlder).toBeHidden()
})

test('TraceQL is completed with what Tempo holds, asked of Tempo, and of nobody else', async ({
  page,
  story,
}) => {
  await writeTraceql(page, '{ event:name = "pool.wait" && resource.service.name = "pay')
  await expect(page.getByRole('option', { name: /payment-service/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.type(' && duration > 4s }')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('1 trace from 1 of 3 sources').first()).toBeVisible()
  for (const name of ['Jaeger', 'Zipkin'])
    await expect(page.getByText(`Not asked: ${name} does not speak TraceQL.`)).toBeVisible()
  await page.getByRole('grid', { name: 'Traces' }).getByRole('link').click()
  await expect(page).toHaveURL(new RegExp(story.tempo.incident.traceId))
})

test('TraceQL that Tempo does not understand comes with its place and Tempo’s words', async ({ page }) => {
  await writeTraceql(page, '{ status = error } | nonsense()')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('syntax error: unexpected IDENTIFIER')).toBeVisible()
  await expect(page.getByText(/does not understand what it was asked \(400\)/)).toBeVisible()
})

test('the slow checkout is found, opened and read down to the wait', async ({ page }) => {
  await searchService(page, 'payment-service')
  await expect(page.getByText(/ from 3 of 3 sources/).first()).toBeVisible()
  await page.getByRole('radio', { name: 'Slowest first' }).click()
  await page
    .getByRole('grid', { name: 'Traces' })
    .getByRole('row')
    .filter({ hasText: 'Tempo' })
    .first()
    .getByRole('link')
    .click()

  await expect(page.getByRole('heading', { level: 1 })).toHaveAccessibleName(
    'edge-gateway POST /api/checkout',
  )
  await expect(fact(page, 'spans')).toHaveText('247')
  await expect(fact(page, 'services')).toHaveText('10')
  await expect(fact(page, 'errors')).toHaveText('8')
  await expect(fact(page, 'depth')).toHaveText('9')
  await expect(page.getByText('201 spans with clock skew')).toBeVisible()

  await page.getByRole('button', { name: /4\.50 s of 4\.87 s is one wait/ }).click()
  const selected = spanGrid(page).getByRole('row', { selected: true })
  await expect(selected).toContainText('payments-db pool.acquire')
  await expect(
    page.getByText('connection pool exhausted, waited 4500ms for available connection').first(),
  ).toBeVisible()
  await expect(page.getByText('PoolTimeoutError').first()).toBeVisible()
})

/** Repeated siblings stand in one row until that is switched off, which is remembered. */
async function showEverySpan(page: Page): Promise<void> {
  const toggle = page.getByRole('button', { name: 'Fold repeats' })
  if ((await toggle.getAttribute('aria-pressed')) === 'true') await toggle.click()
}

for (const kind of ['jaeger', 'tempo'] as const)
  test(`every row of the waterfall from ${kind} is the span that was fed`, async ({ page, story }) => {
    const { incident } = story[kind]
    const rows = expectedRows(incident)
    await paste(page, incident.traceId)
    await showEverySpan(page)
    await expect(spanGrid(page)).toHaveAttribute('aria-rowcount', /^24[78]$/)
    const top = await drawnRows(page)
    expect(top.length).toBeGreaterThan(15)
    expect(top).toEqual(rows.slice(0, top.length))
    await spanGrid(page).getByRole('row').nth(1).click()
    await page.keyboard.press('End')
    await expect(spanGrid(page).getByText('smtp.send')).toBeVisible()
    const bottom = await drawnRows(page)
    expect(bottom).toEqual(rows.slice(-bottom.length))
  })

test('find in the trace counts, walks and hides the rest', async ({ page, story }) => {
  await paste(page, story.tempo.incident.traceId)
  const find = page.getByRole('searchbox', { name: 'Find in trace' })
  await find.fill('stock_levels')
  await expect(page.getByRole('search').getByRole('status')).toContainText('200 of 247')
  await find.fill('pool.acquire')
  // Until its own are counted, those of the text before are walked through.
  await expect(page.getByRole('search').getByRole('status')).not.toContainText('200 of')
  await find.press('Enter')
  await expect(spanGrid(page).getByRole('row', { selected: true })).toContainText('payments-db pool.acquire')
  await page.getByRole('button', { name: 'Matches only' }).click()
  await expect(spanGrid(page).getByText('validateOrder')).toBeHidden()
  await expect(spanGrid(page).getByText('payments-db pool.acquire')).toBeVisible()
})

test('a trace that two servers hold is fetched from both, put together, and says so', async ({
  page,
  story,
}) => {
  await searchService(page, 'shipping-service')
  await expect(page.getByText('1 trace from 3 of 3 sources').first()).toBeVisible()
  await page.getByRole('grid', { name: 'Traces' }).getByRole('link').click()
  await expect(fact(page, 'spans')).toHaveText('20')
  await expect(fact(page, 'from')).toContainText('Jaeger')
  await expect(fact(page, 'from')).toContainText('Tempo')
  await expect(fact(page, 'from')).toContainText('merged')
  await expect(page.getByTitle(/4 spans came more than once/)).toBeVisible()
  expect(await drawnRows(page)).toEqual(expectedRows(story.shared.whole))
})

test('ids are found however they are written', async ({ page, story }) => {
  const zeros = story.tempo.leadingZeros.traceId
  for (const [text, service] of [
    [zeros.replace(/^0+/, ''), 'zero-service'],
    [zeros.toUpperCase(), 'zero-service'],
    [story.jaeger.short.traceId.slice(16), 'short-service'],
    [`00-${story.zipkin.short.traceId}-${story.zipkin.short.spans[0].spanId}-01`, 'short-service'],
  ]) {
    await paste(page, text)
    await expect(page.getByRole('heading', { level: 1 })).toHaveAccessibleName(`${service} nightly-job`)
  }
})

test('a part of a trace is shown, and said to be a part', async ({ page, story }) => {
  await page.goto(`${page.url().replace(/\/$/, '')}/traces`)
  await paste(page, story.tempo.large.traceId)
  await expect(page.getByText('Trace exceeds maximum size of 5000000 bytes')).toBeVisible()
  await expect(fact(page, 'spans')).toHaveText(/^15\D?000$/)
})

test('a trace that its server refuses to send says why, in the server’s words', async ({ page, story }) => {
  await paste(page, story.tooLarge.traceId)
  await expect(page.getByText(/keeps this trace and refuses to send it/)).toBeVisible()
  await expect(page.getByText(/trace exceeds max size \(max bytes: 5000000\)/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Retry' })).toBeVisible()
})

test('20,000 spans open, and the last of them can be reached', async ({ page, story }) => {
  await paste(page, story.jaeger.large.traceId)
  await expect(fact(page, 'spans')).toHaveText(/^20\D?000$/)
  await showEverySpan(page)
  const rowCount = Number(await spanGrid(page).getAttribute('aria-rowcount'))
  // With or without the row of column names.
  expect([largeSpanCount, largeSpanCount + 1]).toContain(rowCount)
  await spanGrid(page).getByRole('row').nth(1).click()
  await page.keyboard.press('End')
  await expect(spanGrid(page).locator(`[aria-rowindex="${rowCount}"]`)).toBeVisible()
  const bottom = await drawnRows(page)
  expect(bottom).toEqual(expectedRows(story.jaeger.large).slice(-bottom.length))
})

test('a trace that nobody has says what was tried', async ({ page }) => {
  await paste(page, 'deadbeefdeadbeefdeadbeefdeadbeef')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('not found')
  for (const name of ['Jaeger', 'Tempo', 'Zipkin'])
    await expect(page.getByText(`${name} has no trace deadbeef`, { exact: false }).first()).toBeVisible()
})

test('the place is in the address: reload, back and a copied link', async ({ page, story, context }) => {
  await searchService(page, 'payment-service')
  await expect(page.getByText(/ from 3 of 3 sources/).first()).toBeVisible()
  const search = page.url()
  await paste(page, story.tempo.incident.traceId)
  await page.getByRole('button', { name: /4\.50 s of 4\.87 s is one wait/ }).click()
  await expect(page).toHaveURL(/span=/)
  await page.reload()
  await expect(spanGrid(page).getByRole('row', { selected: true })).toContainText('payments-db pool.acquire')
  const other = await context.newPage()
  await other.goto(page.url())
  await expect(spanGrid(other).getByRole('row', { selected: true })).toContainText('payments-db pool.acquire')
  await other.close()
  while (page.url() !== search) await page.goBack()
  await expect(page.getByText(/ from 3 of 3 sources/).first()).toBeVisible()
})
