/** The table of spans by groups, over the incident of incident-trace.ts. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect, expectAxeClean, test as base } from './clew.ts'
import { incident, incidentId, jaegerDocument } from './incident-trace.ts'
import { tracePage } from './trace-page.ts'

const test = base.extend({
  clewArgs: async ({ profile }, use) => {
    const file = join(profile, 'incident.json')
    await writeFile(file, jaegerDocument(incidentId, incident))
    await use([file])
  },
})

function spanTable(page: Page) {
  const grid = page.getByRole('treegrid', { name: 'Spans by groups' })
  const pane = page.getByRole('region', { name: 'Span table' })
  return {
    grid,
    pane,
    groups: grid.locator('[role=row][aria-level="1"]'),
    spans: grid.locator('[role=row][aria-level="2"]'),
    group: (name: string | RegExp): Locator => grid.locator('[aria-level="1"]').filter({ hasText: name }),
    head: (name: string): Locator => grid.getByRole('columnheader', { name, exact: true }),
    filter: pane.getByRole('textbox', { name: 'Filter groups' }),
    by: (name: string): Locator => pane.getByRole('radio', { name }),
    amount: pane.getByRole('status'),
  }
}

async function open(page: Page): Promise<ReturnType<typeof spanTable>> {
  await page.getByRole('radio', { name: 'Table' }).click()
  const table = spanTable(page)
  await expect(table.grid).toBeVisible()
  return table
}

/** Until it is grouped anew, several operations are of that service. */
async function byService(table: ReturnType<typeof spanTable>): Promise<void> {
  await table.by('Service').click()
  await expect(table.group('payment-service')).toHaveCount(1)
}

const namesOf = async (rows: Locator): Promise<readonly string[]> =>
  (await rows.locator('[role=gridcell]:first-child').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '))

test('spans by operation, service and attribute; sorted, filtered, opened, and all of it in the link', async ({
  page,
}) => {
  const table = await open(page)
  const trace = tracePage(page)
  await expect(table.amount).toHaveText('10 groups, 20 spans')
  await expect(table.groups.first()).toContainText('edge-gateway')
  await expect(table.group('SELECT stock_levels')).toContainText(/11/)
  await expect(table.head('Total')).toHaveAttribute('aria-sort', 'descending')

  await table.head('Count').getByRole('button').click()
  await expect(table.groups.first()).toContainText('SELECT stock_levels')
  await table.head('Name').getByRole('button').click()
  await expect(table.head('Name')).toHaveAttribute('aria-sort', 'ascending')
  // The rows follow their head.
  await expect(async () => {
    const names = await namesOf(table.groups)
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en')))
  }).toPass()

  await byService(table)
  await table.filter.fill('pay')
  await expect(table.groups).toHaveCount(1)
  await table.group('payment-service').click()
  await expect(table.group('payment-service')).toHaveAttribute('aria-expanded', 'true')
  await expect(table.spans.filter({ hasText: 'pool.acquire' })).toBeVisible()
  await expect.poll(() => trace.param('group')).toBe('service')
  await expect.poll(() => trace.param('open')).toMatch(/^[0-9a-f]{16}$/)
  expect([trace.param('view'), trace.param('sort'), trace.param('filter')]).toEqual(['table', 'name', 'pay'])

  await page.reload()
  await expect(table.filter).toHaveValue('pay')
  await expect(table.spans.filter({ hasText: 'pool.acquire' })).toBeVisible()

  await table.by('Attribute').click()
  await expect(table.pane.getByText('By which attribute?')).toBeVisible()
  const key = table.pane.getByRole('combobox', { name: 'Attribute' })
  await key.fill('http.response')
  await page.keyboard.press('Enter')
  await expect(table.group('503')).toBeVisible()
  await expect(table.group('not said')).toBeVisible()
  await expect.poll(() => trace.param('group')).toBe('attribute:http.response.status_code')
})

test('a span of the table is the span of the waterfall, by pointer and by keyboard', async ({ page }) => {
  const table = await open(page)
  const trace = tracePage(page)
  await byService(table)
  await table.grid.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  await expect(table.groups.first()).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(table.spans.first()).toHaveAttribute('aria-selected', 'true')
  await expect(trace.details).toBeVisible()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect(table.groups.first()).toHaveAttribute('aria-expanded', 'false')
  await expect(table.groups.first()).toContainText('the selected span is in it')

  await table.group('payment-service').click()
  await table.spans.filter({ hasText: 'pool.acquire' }).click()
  await expect(trace.details.getByRole('heading', { level: 2 })).toHaveText('payments-db pool.acquire')
  await page.getByRole('radio', { name: 'Waterfall' }).click()
  await expect(trace.row(/pool.acquire/)).toHaveAttribute('aria-selected', 'true')
})

test('what is sought, and what is taken out of view, is the same as in the waterfall', async ({
  page,
  url,
}) => {
  const table = await open(page)
  const trace = tracePage(page)
  await trace.find.fill('service:payment')
  await trace.button('Matches only').click()
  await expect(table.amount).toHaveText(/^\d groups?, 3 spans$/)
  await trace.find.fill('')
  const here = new URL(page.url())
  here.searchParams.delete('only')
  here.searchParams.delete('find')
  here.searchParams.append('cut', 'hide:inventory-service')
  await page.goto(`${url}${here.pathname}?${here.searchParams}`)
  await expect(table.groups.first()).toBeVisible()
  await expect(table.group('inventory-service')).toHaveCount(0)
})

test('the groups are saved as a file', async ({ page }) => {
  const table = await open(page)
  await byService(table)
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export CSV' }).click()
  const download = await coming
  expect(download.suggestedFilename()).toBe('spans-by-service-4be1f0c2.csv')
  const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n')
  expect(lines[0]).toBe('service,count,errors,total_ms,self_ms,p50_ms,p95_ms,p99_ms,max_ms')
  expect(lines[1]).toMatch(/^payment-service,3,2,9027,/)
  expect(lines.length - 1).toBe(await table.groups.count())
})

for (const colorScheme of ['light', 'dark'] as const)
  test(`nothing stands in the way of a screen reader (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    const table = await open(page)
    await table.by('Attribute').click()
    await byService(table)
    await table.group('payment-service').click()
    await table.spans.filter({ hasText: 'pool.acquire' }).click()
    await expect(tracePage(page).details).toBeVisible()
    await expectAxeClean(page)
  })

test('what was done in the table a moment before another view was chosen is in the link', async ({
  page,
}) => {
  const table = await open(page)
  const trace = tracePage(page)
  const count = await table.head('Count').getByRole('button').elementHandle()
  const waterfall = await page.getByRole('radio', { name: 'Waterfall' }).elementHandle()
  // In one go: the link is written a quarter of a second behind what is seen.
  await page.evaluate(
    (buttons) => {
      for (const button of buttons) (button as HTMLElement | null)?.click()
    },
    [count, waterfall],
  )
  await expect(trace.rows.first()).toBeVisible()
  await expect.poll(() => [trace.param('view'), trace.param('sort')]).toEqual([null, '-count'])
})

test('the service of a line leads on as everywhere: by pointer, and by keyboard', async ({ page }) => {
  const table = await open(page)
  const menu = page.getByRole('menu', { name: 'Follow payment-service' })
  await byService(table)
  const payment = table.group('payment-service')
  await payment.hover()
  await payment.getByRole('button', { name: 'Follow payment-service' }).click()
  await expect(menu.getByRole('menuitem', { name: /^Its failed traces/ })).toBeVisible()
  // The line itself was not meant.
  await expect(payment).toHaveAttribute('aria-expanded', 'false')
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()

  await payment.locator('[role=gridcell]').nth(1).click()
  await expect(payment).toHaveAttribute('aria-expanded', 'true')
  await table.grid.focus()
  await page.keyboard.press('ArrowDown')
  const span = table.spans.first().getByRole('button', { name: 'Follow payment-service' })
  for (let tabs = 0; tabs < 12 && !(await span.evaluate((one) => one === document.activeElement)); tabs++)
    await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await menu.getByRole('menuitem', { name: /^Its traces/ }).press('Enter')
  await expect(page).toHaveURL(/\/traces\?service=payment-service/)
})
