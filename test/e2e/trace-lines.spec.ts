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
        line('connection pool exhausted, waited 4500ms', 4_600, 'error'),
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

async function choose(page: Page, choice: string): Promise<void> {
  await page.getByRole('button', { name: /log lines$/ }).click()
  await page.getByRole('menuitem', { name: choice }).click()
}

test('lines lie under the span they name, those of a level alone, and the choice is kept', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/trace?id=${trace.id}`)
  await expect(page.getByRole('button', { name: /^2 log lines$/ })).toBeVisible()
  await expect(lines(page)).toHaveCount(0)
  await choose(page, 'All log lines')
  await expect(lines(page)).toHaveCount(2)
  const texts = await spans(page).locator('[role=row][aria-level]').allInnerTexts()
  expect(texts.findIndex((text) => text.includes('order accepted'))).toBeGreaterThan(
    texts.findIndex((text) => text.includes('POST /orders')),
  )
  await expect(lines(page).first()).toHaveAttribute('aria-level', '2')
  await choose(page, 'Errors only')
  await expect(lines(page)).toHaveCount(1)
  await expect(lines(page)).toContainText('connection pool exhausted')
  await expect.poll(async () => (await keptPreferences(page)).traceLines).toBe('error')
  await page.reload()
  await expect(lines(page)).toHaveCount(1)
})

test('a line leads to its span by click, and to the page of logs by Enter', async ({ page, url }) => {
  await page.goto(`${url}/trace?id=${trace.id}`)
  await choose(page, 'All log lines')
  await lines(page).first().click()
  await expect(page).toHaveURL(/span=d5c6f2119a7e0001/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/logs\?/)
  await expect(page.getByText('order accepted').first()).toBeVisible()
})

test('only matches shows no lines, and the rows are clean for axe', async ({ page, url }) => {
  await page.goto(`${url}/trace?id=${trace.id}`)
  await choose(page, 'All log lines')
  await expect(lines(page)).toHaveCount(2)
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
