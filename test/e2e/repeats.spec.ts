/** Repeated siblings in one row: when, what it says, and how what is inside is reached. */
import type { Page } from '@playwright/test'
import { expect, expectAxeClean, testWithJaeger } from './clew.ts'
import { startJaeger } from './fake-jaeger.ts'
import { incident, incidentId, jaegerDocument } from './incident-trace.ts'
import { tracePage } from './trace-page.ts'

const test = testWithJaeger(() => startJaeger({ [incidentId]: jaegerDocument(incidentId, incident) }))

/** Id of one of the eleven queries. */
const memberId = (0x105).toString(16).padStart(16, '0')

async function open(page: Page, url: string, more = '') {
  await page.goto(`${url}/trace?id=${incidentId}${more}`)
  const trace = tracePage(page)
  await expect(trace.rows.first()).toBeVisible()
  return { ...trace, repeats: trace.row(/× 11/), toggle: page.getByRole('button', { name: 'Fold repeats' }) }
}

test('repeated siblings are one row that says how many and how long, and opens like any other', async ({
  page,
  url,
}) => {
  const trace = await open(page, url)
  await expect(trace.rows).toHaveCount(10)
  await expect(trace.repeats).toContainText('SELECT stock_levels')
  await expect(trace.repeats).toContainText(
    '11 from +58.0 ms to +135 ms: p50 6.50 ms, p95 6.50 ms, max 6.50 ms, total 71.5 ms, no errors',
  )
  await expect(trace.repeats).toHaveAttribute('aria-level', '4')
  await expect(trace.repeats).toHaveAttribute('aria-expanded', 'false')
  await trace.repeats.click()
  await expect(trace.repeats).toHaveAttribute('aria-expanded', 'true')
  await expect(trace.rows).toHaveCount(21)
  await expect(trace.row(/^SELECT stock_levels database/)).toHaveAttribute('aria-level', '5')
  await expect.poll(() => trace.param('fold')).toBe('open.*0000000000000100')
  await page.reload()
  await expect(trace.rows).toHaveCount(21)
  await trace.spans.focus()
  await trace.row(/Inventory\/Reserve/).click()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowLeft')
  await expect(trace.rows).toHaveCount(10)
  await page.keyboard.press('Enter')
  await expect(trace.rows).toHaveCount(21)
})

test('they are switched off and on, in the link and for the next trace too', async ({ page, url }) => {
  const trace = await open(page, url)
  const saved = page.waitForResponse(
    (answer) => answer.request().method() === 'PUT' && answer.url().endsWith('/api/preferences'),
  )
  await trace.toggle.click()
  await expect(trace.rows).toHaveCount(20)
  await expect.poll(() => trace.param('repeats')).toBe('off')
  await saved
  await open(page, url)
  await expect(trace.rows).toHaveCount(20)
  await open(page, url, '&repeats=on')
  await expect(trace.rows).toHaveCount(10)
  await page.keyboard.press('Shift+R')
  await expect(trace.rows).toHaveCount(20)
})

test('expand all opens them too, collapse all and a level keep their meaning', async ({ page, url }) => {
  const trace = await open(page, url)
  await trace.button('Expand all').click()
  await expect(trace.rows).toHaveCount(21)
  await trace.button('Collapse all').click()
  await expect(trace.rows).toHaveCount(1)
  await trace.spans.focus()
  await page.keyboard.press('2')
  await expect(trace.rows).toHaveCount(2)
  await page.keyboard.press('9')
  await expect(trace.rows).toHaveCount(10)
})

test('a selected member is never hidden: by a link, by find', async ({ page, url }) => {
  const trace = await open(page, url, `&span=${memberId}`)
  await expect(trace.row(/^SELECT stock_levels database.*\+93.0 ms/)).toHaveAttribute('aria-selected', 'true')
  await open(page, url)
  await expect(trace.rows).toHaveCount(10)
  await trace.find.fill(memberId)
  await expect(trace.found).toHaveText('1 of 20')
  await expect(trace.repeats.getByTitle('1 match inside')).toBeVisible()
  await trace.find.press('Enter')
  await expect(trace.rows).toHaveCount(21)
  await expect(trace.details.getByRole('heading', { level: 2 })).toHaveText('SELECT stock_levels')
})

test('a row of repeats has a menu, by mouse and by keyboard, and a tip', async ({ page, url }) => {
  const trace = await open(page, url)
  const item = (name: string | RegExp) => page.getByRole('menuitem', { name })
  await trace.repeats.hover()
  await expect(page.getByText('p50 6.50 ms, p95 6.50 ms, max 6.50 ms', { exact: true })).toBeVisible()
  await trace.repeats.click({ button: 'right' })
  await expect(page.getByRole('menu', { name: 'Repeated spans' }).getByRole('menuitem')).toHaveText([
    /Unfold/,
    /Show the first/,
    /Show the slowest/,
    /Frame in time/,
    /Do not fold repeats/,
  ])
  await item('Show the first').click()
  await expect(trace.rows).toHaveCount(21)
  await expect(trace.row(/^SELECT stock_levels database.*\+58.0 ms/)).toHaveAttribute('aria-selected', 'true')

  await trace.row(/Inventory\/Reserve/).click()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+F10')
  await item(/^Fold/).press('Enter')
  await expect(trace.rows).toHaveCount(10)
  await trace.spans.focus()
  await page.keyboard.press('Shift+F10')
  await item('Frame in time').click()
  await expect.poll(() => (trace.zoom()?.to ?? Infinity) < 300e6).toBe(true)
  await trace.repeats.click({ button: 'right' })
  await item(/Do not fold/).click()
  await expect(trace.rows).toHaveCount(20)
})

for (const theme of ['light', 'dark'] as const)
  test(`a row of repeats is clean for axe in the ${theme} theme`, async ({ page, url }) => {
    await page.emulateMedia({ colorScheme: theme })
    const trace = await open(page, url)
    await expect(trace.repeats).toBeVisible()
    await expectAxeClean(page)
  })
