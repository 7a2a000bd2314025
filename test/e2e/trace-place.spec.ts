/** Keeping the place, and what a trace page does while it reads and when it cannot. Reading itself: waterfall.spec.ts. */
import type { Page } from '@playwright/test'
import { expect, keptPreferences, test as base } from './clew.ts'
import { jaegerWith, startJaeger } from './fake-jaeger.ts'
import { text, type FakeServer } from './fake-servers.ts'
import {
  broken,
  brokenId,
  incident,
  incidentId,
  incidentTime,
  jaegerDocument,
  long,
  longId,
} from './incident-trace.ts'
import { tracePage } from './trace-page.ts'

interface Servers {
  /** Has all traces, and sends the long one slowly. */
  readonly full: FakeServer
  /** Has a part of the incident, and nothing else. */
  readonly part: FakeServer
}

const documents = {
  [incidentId]: jaegerDocument(incidentId, incident),
  [brokenId]: jaegerDocument(brokenId, broken),
}

const test = base.extend<{ servers: Servers }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  servers: async ({}, use) => {
    const full = await startJaeger(documents)
    const part = await startJaeger({ [incidentId]: jaegerDocument(incidentId, incident.slice(0, 8)) })
    await use({ full, part })
    await full.stop()
    await part.stop()
  },
  clewArgs: async ({ servers }, use) =>
    use(['--connect', `jaeger=${servers.full.url}`, '--connect', `jaeger=${servers.part.url}`]),
})

/** Ids of the connections, in the order they were given. */
async function sourceIds(page: Page, url: string): Promise<readonly string[]> {
  const answer = await page.request.get(`${url}/api/sources`)
  return ((await answer.json()) as { id: string }[]).map((source) => source.id)
}

/** What the first test left behind. */
async function isAsLeft(there: ReturnType<typeof tracePage>): Promise<void> {
  await expect(there.row(/pool.acquire/)).toHaveAttribute('aria-selected', 'true')
  await expect(there.row(/Inventory\/Reserve/)).toHaveAttribute('aria-expanded', 'false')
  await expect(there.find).toHaveValue('service:payment')
  await expect(there.found).toHaveText('3 of 20')
  await expect(there.spans.getByRole('columnheader', { name: 'Timeline, 62.0 ms to 5.10 s' })).toBeVisible()
  await expect(there.details.getByRole('heading', { level: 2 })).toHaveText('payments-db pool.acquire')
}

test('the place is kept: reload, back, forward, and a copied link', async ({ page, url, context }) => {
  const [full] = await sourceIds(page, url)
  await page.goto(`${url}/trace?source=${full}&id=${incidentId}&repeats=off`)
  const trace = tracePage(page)
  await trace
    .row(/Inventory\/Reserve/)
    .locator('[data-part=fold]')
    .click()
  await trace.find.fill('service:payment')
  await trace.row(/fraud.score/).click()
  await trace.row(/pool.acquire/).click()
  await page.keyboard.press('f')
  await expect.poll(() => trace.zoom()?.to).toBe(5_102_000_000)
  await isAsLeft(trace)
  await page.reload()
  await isAsLeft(trace)
  await page.goBack()
  await expect(trace.row(/fraud.score/)).toHaveAttribute('aria-selected', 'true')
  await page.goForward()
  await isAsLeft(trace)

  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await trace.button('Copy link').click()
  await expect(page.getByText('Copied the link to this view.')).toBeVisible()
  const other = await context.newPage()
  await other.goto(await page.evaluate(() => navigator.clipboard.readText()))
  await isAsLeft(tracePage(other))
})

test('a copied link says when the trace was, even while it is still being read', async ({
  page,
  url,
  servers,
  context,
}) => {
  const document = jaegerDocument(incidentId, incident)
  const { promise: wanted, resolve: sendRest } = Promise.withResolvers<undefined>()
  servers.full.answer((request, response) => {
    if (!request.url?.startsWith(`/api/traces/${incidentId}`)) return jaegerWith({})(request, response)
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write(document.slice(0, document.length / 2))
    return void wanted.then(() => response.end(document.slice(document.length / 2)))
  })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const [full] = await sourceIds(page, url)
  await page.goto(`${url}/trace?source=${full}&id=${incidentId}`, { waitUntil: 'commit' })
  const timeCopied = async () => {
    await tracePage(page).button('Copy link').click()
    const { searchParams } = new URL(await page.evaluate(() => navigator.clipboard.readText()))
    return { startMs: Number(searchParams.get('start')), endMs: Number(searchParams.get('end')) }
  }
  await tracePage(page).button('Copy link').click()
  await expect(page.getByText('Copied the link to this view.')).toBeVisible()
  const early = await timeCopied()
  expect(early.startMs).toBe(incidentTime.startMs)
  expect(early.endMs).toBeGreaterThan(early.startMs)
  expect(early.endMs).toBeLessThan(incidentTime.endMs)
  sendRest(undefined)
  await expect.poll(timeCopied).toEqual(incidentTime)
})

test('a link to a span far down opens with it in view', async ({ page, url, servers }) => {
  servers.full.answer(jaegerWith({ [longId]: jaegerDocument(longId, long) }))
  const [full] = await sourceIds(page, url)
  await page.goto(`${url}/trace?source=${full}&id=${longId}&span=${(5001).toString(16).padStart(16, '0')}`)
  await expect(tracePage(page).row('row 5000')).toBeInViewport()
})

test('a key pressed as soon as there are rows works, and what it opens stays while more rows come', async ({
  page,
  url,
  servers,
}) => {
  servers.full.answer(
    jaegerWith({ [incidentId]: jaegerDocument(incidentId, incident) }, { pieces: 4, everyMs: 300 }),
  )
  const [full] = await sourceIds(page, url)
  await page.goto(`${url}/trace?source=${full}&id=${incidentId}&repeats=off`, { waitUntil: 'commit' })
  const trace = tracePage(page)
  await trace.rows.first().waitFor()
  await page.keyboard.press('Shift+D')
  await expect(trace.rows).toHaveCount(20)
  const field = page.getByRole('textbox', { name: 'Drop spans shorter than' })
  await expect(field).toBeFocused()
  await page.keyboard.type('7ms')
  await page.keyboard.press('Enter')
  await expect(trace.rows).toHaveCount(8)
})

test('a link to a span the trace does not have says so, and drops it when dismissed', async ({
  page,
  url,
}) => {
  const [full] = await sourceIds(page, url)
  await page.goto(`${url}/trace?source=${full}&id=${incidentId}&repeats=off&span=00f067aa0ba902b7`)
  const note = page.getByText('The span 00f067aa0ba902b7 is not in this trace.')
  await expect(note).toBeVisible()
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await expect(note).toBeHidden()
  await expect.poll(() => tracePage(page).param('span')).toBeNull()
})

test('Escape closes the keys before the span behind them', async ({ page, url }) => {
  const [full] = await sourceIds(page, url)
  await page.goto(`${url}/trace?source=${full}&id=${incidentId}&repeats=off`)
  const trace = tracePage(page)
  await trace.row(/pool.acquire/).click()
  await page.keyboard.press('?')
  const sheet = page.getByRole('complementary', { name: 'Keys' })
  await expect(sheet.getByText('Unfold to level 1 to 9')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  await expect(trace.details).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(trace.details).toBeHidden()
})

const colorIn = async (page: Page): Promise<string> =>
  tracePage(page)
    .row(/pool.acquire/)
    .evaluate((row) => row.style.getPropertyValue('--c'))

test('a service has the same colour in another browser', async ({ page, url, browser }) => {
  const [full] = await sourceIds(page, url)
  const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT')
  // Another trace first: its services take the first slots.
  await page.goto(`${url}/trace?source=${full}&id=${brokenId}`)
  await saved
  await page.goto(`${url}/trace?source=${full}&id=${incidentId}&repeats=off`)
  await expect(tracePage(page).row(/pool.acquire/)).toBeVisible()
  const color = await colorIn(page)
  const known = async () => Object.keys((await keptPreferences(page)).serviceSlots ?? {})
  await expect.poll(known).toContain('payment-service')
  // Signed in as this one is, with nothing else of it.
  const fresh = await browser.newContext({
    storageState: { cookies: await page.context().cookies(), origins: [] },
  })
  const other = await fresh.newPage()
  await other.goto(`${url}/trace?source=${full}&id=${incidentId}&repeats=off`)
  await expect(tracePage(other).row(/pool.acquire/)).toBeVisible()
  expect(await colorIn(other)).toBe(color)
  await fresh.close()
})

test('a trace held by two is merged, and says so', async ({ page, url }) => {
  await page.goto(`${url}/trace?id=${incidentId}&repeats=off`)
  const trace = tracePage(page)
  await expect(trace.spans).toHaveAttribute('aria-rowcount', '21')
  await expect(page.getByRole('heading', { level: 1 }).locator('..')).toContainText(/from.* and .*, merged/)
})

test('every repair is counted, told, and leads to its spans', async ({ page, url }) => {
  const [full] = await sourceIds(page, url)
  await page.goto(`${url}/trace?source=${full}&id=${brokenId}`)
  const trace = tracePage(page)
  const repairs = page.getByRole('region', { name: 'Repairs' })
  await expect(repairs).toContainText('5 kinds of repair')
  await expect(repairs).toContainText(
    '2 missing parents, 3 roots, 1 span with clock skew, 2 duplicate ids, 1 negative duration',
  )
  await repairs.getByRole('button', { name: '5 kinds of repair' }).click()
  const of = (sentence: RegExp) => repairs.getByRole('listitem').filter({ hasText: sentence })
  await of(/never arrived/)
    .getByRole('button', { name: 'Show' })
    .click()
  await expect(trace.row(/orphan one/)).toHaveAttribute('aria-selected', 'true')
  await of(/never arrived/)
    .getByRole('button', { name: /Show next/ })
    .click()
  await expect(trace.row(/orphan two/)).toHaveAttribute('aria-selected', 'true')
  await expect(trace.row(/parent not found, 2 children/)).toBeVisible()
  await of(/before the start/)
    .getByRole('button', { name: 'Show' })
    .click()
  await expect(trace.row(/backwards/)).toHaveAttribute('aria-selected', 'true')

  const stock = trace.row(/GET \/stock/)
  await expect(stock).toContainText('starts at +15')
  await of(/clock is/)
    .getByRole('button', { name: 'Show recorded times' })
    .click()
  await expect(stock).toContainText('starts at +0 ns')
  await expect.poll(() => trace.param('clock')).toBe('raw')
})

test('rows show while the rest is coming; stopping keeps them and says so', async ({
  page,
  url,
  servers,
}) => {
  servers.full.answer(jaegerWith({ [longId]: jaegerDocument(longId, long) }, { pieces: 40, everyMs: 250 }))
  const [full] = await sourceIds(page, url)
  await page.goto(`${url}/trace?source=${full}&id=${longId}`)
  const trace = tracePage(page)
  await expect(page.getByRole('progressbar', { name: 'Reading the trace' })).toBeVisible()
  await expect(trace.rows.first()).toBeVisible()
  await expect(page.getByText(/\d+ spans, .* of .* [kM]B/)).toBeVisible()
  // What came can be searched; the count says that it is not the last.
  await trace.find.fill('name:row')
  await expect(trace.found).toHaveText(/^[1-9].* of [1-9].* so far$/)
  await trace.find.fill('')
  await page.getByRole('button', { name: /^Cancel/ }).click()
  await expect(page.getByText('You stopped the reading.')).toBeVisible()
  await expect(page.getByRole('progressbar')).toBeHidden()
  const rows = Number(await trace.spans.getAttribute('aria-rowcount'))
  expect(rows).toBeGreaterThan(100)
  expect(rows).toBeLessThan(10_000)
  // What came can be read: selected, searched.
  await trace.row('row 3').click()
  await expect(trace.details).toContainText('row.number')
  await page.getByRole('button', { name: 'Read on' }).click()
  await expect(trace.spans).toHaveAttribute('aria-rowcount', '10001', { timeout: 20_000 })
})

test('a trace nobody holds: what each said, and where else to look', async ({ page, url }) => {
  const [full, part] = await sourceIds(page, url)
  await page.goto(`${url}/trace?source=${part}&id=${brokenId}&start=1793000000000&end=1793000060000`)
  const answers = page.getByRole('list', { name: 'Answers' })
  await expect(page.getByRole('heading', { level: 1, name: 'The trace was not found.' })).toBeVisible()
  await expect(answers.locator('> li')).toHaveCount(1)
  await expect(answers).toContainText('trace not found')
  await page.getByRole('button', { name: 'Ask without the time range' }).click()
  await expect.poll(() => tracePage(page).param('start')).toBeNull()
  await page.getByRole('button', { name: /^Look in .* too$/ }).click()
  await expect(tracePage(page).row(/edge GET \//)).toBeVisible()
  expect(new URL(page.url()).searchParams.getAll('source')).toEqual([part, full])
  // The source that does not hold it is named where the trace comes from, not in a strip of its own.
  await expect(page.getByRole('heading', { level: 1 }).locator('..')).toContainText(/from.*, not in /)
  await expect(page.getByText(/does not hold this trace/)).toBeHidden()

  await page.goto(`${url}/trace?id=00000000000000000000000000000abc`)
  await expect(answers.locator('> li')).toHaveCount(2)
})

test('a source that fails does not hide what the other sent, and can be asked again', async ({
  page,
  url,
  servers,
}) => {
  servers.part.answer(text('out of cheese', 500))
  await page.goto(`${url}/trace?id=${incidentId}&repeats=off`)
  const trace = tracePage(page)
  await expect(trace.spans).toHaveAttribute('aria-rowcount', '21')
  const note = page.getByRole('alert')
  await expect(note).toContainText('out of cheese')
  servers.part.answer(jaegerWith(documents))
  await note.getByRole('button', { name: 'Retry' }).click()
  await expect(note).toBeHidden()
  await expect(trace.spans).toHaveAttribute('aria-rowcount', '21')
})

test('a source that fails alone says so in its own words, with a way to try again', async ({
  page,
  url,
  servers,
}) => {
  servers.full.answer(text('out of cheese', 500))
  const [full] = await sourceIds(page, url)
  await page.goto(`${url}/trace?source=${full}&id=${incidentId}&repeats=off`)
  await expect(page.getByRole('heading', { level: 1, name: 'The trace could not be read.' })).toBeVisible()
  await expect(page.getByRole('list', { name: 'Answers' })).toContainText('out of cheese')
  const retry = page.getByRole('button', { name: 'Retry' })
  const asked = servers.full.asked.length
  await retry.press('Enter')
  await expect.poll(() => servers.full.asked.length).toBeGreaterThan(asked)
  await expect(page.getByRole('heading', { level: 1, name: 'The trace could not be read.' })).toBeFocused()
  servers.full.answer(jaegerWith(documents))
  await retry.press('Enter')
  await expect(tracePage(page).row(/POST \/api\/checkout/)).toBeVisible()
  await expect(tracePage(page).spans).toBeFocused()
})

test('an answer that breaks off in the middle is shown as far as it goes', async ({ page, url, servers }) => {
  const document = documents[incidentId]
  servers.full.answer(jaegerWith({ [incidentId]: document.slice(0, document.length * 0.7) }))
  const [full] = await sourceIds(page, url)
  await page.goto(`${url}/trace?source=${full}&id=${incidentId}&repeats=off`)
  await expect(tracePage(page).row(/POST \/api\/checkout/)).toBeVisible()
  await expect(page.getByText(/ends in/)).toBeVisible()
})
