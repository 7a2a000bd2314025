/** Log lines of a trace among its spans: found in the background, shown by choice, each under its span. */
import type { Page } from '@playwright/test'
import { expect, expectAxeClean, keptPreferences, test as base } from './clew.ts'
import { type HeldLine, lokiWith } from './fake-loki.ts'
import { startServer } from './fake-servers.ts'
import { type HeldTrace, tempoWith } from './search-servers.ts'

const startMs = Date.now() - 600_000
const trace: HeldTrace = {
  id: '00c1f0c2a7d94c1e8b03d5c6f2119a7e',
  startMs,
  durationMs: 4_800,
  service: 'order-service',
  name: 'POST /orders',
  failed: true,
}
const line = (text: string, afterMs: number, level: string): HeldLine => ({
  ns: BigInt(startMs + afterMs) * 1_000_000n,
  labels: { service_name: 'order-service' },
  text,
  metadata: { trace_id: trace.id, span_id: 'd5c6f2119a7e0001', detected_level: level },
})

const test = base.extend({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  clewArgs: async ({}, use) => {
    const loki = await startServer(
      lokiWith([
        line('order accepted', 10, 'info'),
        line('connection pool exhausted, waited 4500ms for an available connection, gave up', 4_600, 'error'),
        { ...line('msg="retry scheduled" attempt=2', 4_700, 'warn'), metadata: { trace_id: trace.id } },
      ]),
    )
    const tempo = await startServer(tempoWith([trace]))
    await use(['--connect', `loki=${loki.url}`, '--connect', `tempo=${tempo.url}`])
    await tempo.stop()
    await loki.stop()
  },
})

const spans = (page: Page) => page.getByRole('treegrid', { name: 'Spans' })
const lines = (page: Page) => spans(page).getByRole('row', { name: /log line/ })
const lineOf = (page: Page, text: string) => lines(page).filter({ hasText: text })

async function choose(page: Page, choice: string): Promise<void> {
  await page.getByRole('button', { name: /log lines$/ }).click()
  await page.getByRole('menuitem', { name: choice }).click()
}

test('lines lie under the span they name, those of a level alone, and the choice is kept', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/trace?id=${trace.id}`)
  await expect(page.getByRole('button', { name: /^3 log lines$/ })).toBeVisible()
  await expect(lines(page)).toHaveCount(0)
  await choose(page, 'All log lines')
  await expect(lines(page)).toHaveCount(3)
  const texts = await spans(page).locator('[role=row][aria-level]').allInnerTexts()
  expect(texts.findIndex((text) => text.includes('order accepted'))).toBeGreaterThan(
    texts.findIndex((text) => text.includes('POST /orders')),
  )
  await expect(lineOf(page, 'order accepted')).toHaveAttribute('aria-level', '2')
  await choose(page, 'Errors only')
  await expect(lines(page)).toHaveCount(1)
  await expect(lines(page)).toContainText('connection pool exhausted')
  await expect.poll(async () => (await keptPreferences(page)).traceLines).toBe('error')
  await page.reload()
  await expect(lines(page)).toHaveCount(1)
})

test('a click shows the whole line beside the rows, with its fields, and leads on to its span and to the page of logs', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/trace?id=${trace.id}`)
  await choose(page, 'All log lines')
  await lineOf(page, 'exhausted').click()
  await expect(page).toHaveURL(/span=d5c6f2119a7e0001/)
  await expect(lineOf(page, 'exhausted')).toHaveAttribute('aria-selected', 'true')
  const details = page.getByRole('complementary', { name: 'Span details' })
  await expect(details.getByLabel('Text of the line')).toHaveText(
    'connection pool exhausted, waited 4500ms for an available connection, gave up',
  )
  await expect(details).toContainText('+4.60 s')
  await expect(details.getByText('error', { exact: true })).not.toHaveCount(0)
  await expect(details.getByRole('button', { name: 'Structured metadata' })).toBeVisible()
  await expect(details).toContainText('the span that the line names')
  await details.getByRole('button', { name: /order-service POST \/orders/ }).click()
  await expect(details.getByRole('heading', { name: 'POST /orders' })).toBeVisible()
  await lineOf(page, 'exhausted').click()
  await details.getByRole('button', { name: 'On the page of logs' }).click()
  await expect(page).toHaveURL(/\/logs\?/)
  await expect(page.getByText('connection pool exhausted').first()).toBeVisible()
})

test('the text of a line runs over the row, and a line that names no span says that time placed it', async ({
  page,
  url,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto(`${url}/trace?id=${trace.id}`)
  await choose(page, 'All log lines')
  await lineOf(page, 'exhausted').click()
  // Not cut, with the details open.
  const text = lineOf(page, 'exhausted').getByText('gave up')
  expect(await text.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0)
  await expect(lineOf(page, 'retry')).toContainText('placed by time')
  await expect(lineOf(page, 'exhausted')).not.toContainText('placed by time')
  await lineOf(page, 'retry').click()
  const details = page.getByRole('complementary', { name: 'Span details' })
  await expect(details).toContainText('placed by time: the line names no span, this one ran then')
  await expect(details.getByText('retry scheduled', { exact: true })).toBeVisible()
})

test('arrows reach lines as they reach spans, Space shows one, Enter opens the page of logs', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/trace?id=${trace.id}`)
  await choose(page, 'All log lines')
  await expect(lines(page)).toHaveCount(3)
  await spans(page)
    .getByRole('row', { name: /POST \/orders/ })
    .click()
  const before: string[] = []
  for (let step = 0; step < 4; step++) {
    await page.keyboard.press('ArrowDown')
    const active = await spans(page).getAttribute('aria-activedescendant')
    before.push(await page.locator(`#${active}`).innerText())
  }
  expect(before.map((text) => /accepted|step 1|exhausted|retry/.exec(text)?.[0])).toEqual([
    'step 1',
    'retry',
    'accepted',
    'exhausted',
  ])
  await page.keyboard.press(' ')
  await expect(lineOf(page, 'exhausted')).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByLabel('Text of the line')).toContainText('gave up')
  // The keyboard stays where it was.
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/logs\?/)
  await expect(page.getByText('retry scheduled').first()).toBeVisible()
})

test('a selected line has ways and keys of its own, listed in the sheet, and its span those of the span again', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/trace?id=${trace.id}`)
  await choose(page, 'All log lines')
  await lineOf(page, 'retry').click()
  const follow = page.getByRole('list', { name: 'Follow from this line' })
  const ways = [
    /^Other lines of this trace .*L$/,
    /^On the page of logs/,
    /^All order-service logs, ± 30 s/,
    /^order-service rate, errors, duration/,
    /placed by time: the line names no span/,
  ]
  for (const way of ways) await expect(follow.getByRole('button', { name: way })).toBeVisible()
  await page.keyboard.press('?')
  const sheet = page.getByRole('complementary', { name: 'Keys' })
  const ofFollow = sheet.locator('section', { has: page.getByRole('heading', { name: 'Follow' }) })
  await expect(ofFollow).toContainText('Other lines of this trace')
  await expect(ofFollow).toContainText(/On the page of logs\s*↵/)
  await expect(ofFollow).not.toContainText('Logs of this span')
  await expect(ofFollow).not.toContainText('Other traces with this operation')
  await expect(sheet).toContainText(/Details of the row\s*Space/)
  await page.keyboard.press('Shift+T')
  await expect(ofFollow).toContainText('Logs of this span')
  await expect(sheet).toContainText(/a log line on its page\s*↵/)
  await lineOf(page, 'retry').click()
  // Enter of a button stays that button's.
  await page.getByRole('button', { name: 'Close details' }).press('Enter')
  await expect(follow).toHaveCount(0)
  await lineOf(page, 'retry').click()
  await page.keyboard.press('l')
  await expect(page).toHaveURL(/\/logs\?/)
  const list = page.getByRole('treegrid', { name: 'Log lines' })
  for (const text of ['order accepted', 'exhausted', 'retry scheduled'])
    await expect(list.getByText(text).first()).toBeVisible()
})

test('find leads to the lines that hold its words, shown or not', async ({ page, url }) => {
  await page.goto(`${url}/trace?id=${trace.id}`)
  await expect(page.getByRole('button', { name: /^3 log lines$/ })).toBeVisible()
  const find = page.getByRole('searchbox', { name: 'Find in trace' })
  await find.fill('gave up')
  await expect(page.getByText('0 of 2', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: '1 log line', exact: true }).click()
  await expect(lines(page)).toHaveCount(3)
  await expect(lineOf(page, 'exhausted')).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByLabel('Text of the line')).toContainText('gave up')
  await find.fill('e')
  await find.fill('accepted')
  await find.press('Enter')
  await expect(lineOf(page, 'accepted')).toHaveAttribute('aria-selected', 'true')
  await find.fill('service:order')
  await expect(page.getByText('2 of 2', { exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: /^\d+ log lines?$/ })).toHaveCount(0)
})

test('only matches shows no lines, and the rows are clean for axe', async ({ page, url }) => {
  await page.goto(`${url}/trace?id=${trace.id}`)
  await choose(page, 'All log lines')
  await expect(lines(page)).toHaveCount(3)
  await expectAxeClean(page)
  await page.getByRole('searchbox', { name: 'Find in trace' }).fill('POST')
  await page.getByRole('button', { name: 'Matches only' }).click()
  await expect(lines(page)).toHaveCount(0)
})

base.describe('with a Loki that is down', () => {
  const down = base.extend({
    // eslint-disable-next-line no-empty-pattern -- as above
    clewArgs: async ({}, use) => {
      const loki = await startServer(lokiWith([]))
      await loki.stop()
      const tempo = await startServer(tempoWith([trace]))
      await use(['--connect', `loki=${loki.url}`, '--connect', `tempo=${tempo.url}`])
      await tempo.stop()
    },
  })

  down('the place of the lines says why there are none', async ({ page, url }) => {
    await page.goto(`${url}/trace?id=${trace.id}`)
    const tool = page.getByRole('button', { name: /^Log lines could not be looked for: .*refused/ })
    await expect(tool).toBeDisabled()
    await expect(tool).toHaveAttribute('title', /refused/)
  })
})
