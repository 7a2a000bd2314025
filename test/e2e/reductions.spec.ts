/** Seeing less of a trace: what is taken out of view, how it is said, and the ways back. */
import type { Page } from '@playwright/test'
import { expect, expectAxeClean, testWithJaeger } from './clew.ts'
import { startJaeger } from './fake-jaeger.ts'
import { incident, incidentId, jaegerDocument } from './incident-trace.ts'
import { tracePage } from './trace-page.ts'

const test = testWithJaeger(() => startJaeger({ [incidentId]: jaegerDocument(incidentId, incident) }))

async function open(page: Page, url: string, more = '') {
  await page.goto(`${url}/trace?id=${incidentId}&repeats=off${more}`)
  const strip = page.getByRole('region', { name: 'Taken out of view' })
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  return {
    ...tracePage(page),
    strip,
    count: strip.getByRole('status'),
    timeline: (words: string) => page.getByRole('columnheader', { name: `Timeline, ${words}` }),
    cuts: () => new URL(page.url()).searchParams.getAll('cut'),
    reduce: async (entry: string | RegExp) => {
      await page.getByRole('button', { name: 'Reduce' }).click()
      await page.getByRole('menuitem', { name: entry }).click()
    },
    menu: async (row: RegExp, entry: string | RegExp) => {
      await tracePage(page).row(row).click({ button: 'right' })
      await page.getByRole('menuitem', { name: entry }).click()
    },
  }
}

test('a subtree in focus begins the levels and fills the time', async ({ page, url }) => {
  const trace = await open(page, url)
  await trace.menu(/POST \/payments\/charge/, 'Focus this subtree')
  await expect(trace.rows).toHaveCount(3)
  const top = trace.row(/payment-service POST \/payments\/charge/)
  await expect(top).toHaveAttribute('aria-level', '1')
  await expect(trace.row(/pool.acquire/)).toHaveAttribute('aria-level', '2')
  await expect(trace.timeline('320 ms to 4.84 s')).toBeVisible()
  await expect(trace.count).toHaveText('3 of 20 spans')
  expect(trace.cuts()).toEqual(['focus:00000000000000f0'])
  // The whole of it is what is in focus.
  await page.keyboard.press('w')
  await expect.poll(() => trace.zoom()).toBeDefined()
  await page.keyboard.press('0')
  await expect.poll(() => trace.zoom()).toBeUndefined()
  await expect(trace.timeline('320 ms to 4.84 s')).toBeVisible()
})

test('each step can be undone: by its chip, by key, by Back, or all at once', async ({ page, url }) => {
  const trace = await open(page, url)
  await trace.menu(/SELECT stock_levels/, 'Hide service inventory-service')
  await expect(trace.count).toHaveText('8 of 20 spans')
  await trace.menu(/fraud.score/, 'Hide service payment-service')
  await expect(trace.count).toHaveText('5 of 20 spans')
  await page.goBack()
  await expect(trace.count).toHaveText('8 of 20 spans')
  await page.goForward()
  await expect(trace.strip.getByRole('listitem')).toHaveText([
    'Hidden inventory-service',
    'Hidden payment-service',
  ])
  await trace.strip.getByRole('button', { name: 'Undo: Hidden inventory-service' }).click()
  await expect(trace.count).toHaveText('17 of 20 spans')
  await page.keyboard.press('u')
  await expect(trace.strip).toBeHidden()
  await expect(trace.rows).toHaveCount(20)

  await trace.row(/fraud.score/).click()
  await page.keyboard.press('h')
  await expect(trace.count).toHaveText('17 of 20 spans')
  await trace.row(/smtp.send/).click()
  await page.keyboard.press('h')
  await trace.strip.getByRole('button', { name: 'Show all' }).click()
  await expect(trace.strip).toBeHidden()
})

test('what a hidden service called moves up to what is left', async ({ page, url }) => {
  const trace = await open(page, url)
  await trace.menu(/order-service POST \/orders/, 'Hide service order-service')
  await expect(trace.row(/order-service/)).toBeHidden()
  await expect(trace.row(/^inventory-service Inventory\/Reserve/)).toHaveAttribute('aria-level', '2')
  await expect(trace.row(/notification-service/)).toHaveAttribute('aria-level', '2')
})

test('only the time in view stays, and the window with it when it is undone', async ({ page, url }) => {
  const trace = await open(page, url)
  await trace.row(/fraud.score/).click()
  await page.keyboard.press('f')
  await expect.poll(() => trace.zoom()).toBeDefined()
  const zoom = trace.zoom()
  await trace.reduce(/Only this time/)
  await expect(trace.count).toHaveText('4 of 20 spans')
  await expect.poll(() => trace.zoom()).toBeUndefined()
  expect(trace.cuts()).toEqual([`time:${zoom?.from}-${zoom?.to}`])
  await trace.strip.getByRole('button', { name: /^Undo U/ }).click()
  await expect(trace.rows).toHaveCount(20)
  await expect.poll(() => trace.zoom()).toEqual(zoom)
})

test('short spans are dropped below a duration or a share; the last word counts', async ({ page, url }) => {
  const trace = await open(page, url)
  await expect(trace.rows).toHaveCount(20)
  await page.keyboard.press('Shift+D')
  const dialog = page.getByRole('dialog', { name: 'Drop short spans' })
  const field = dialog.getByRole('textbox', { name: 'Drop spans shorter than' })
  await field.fill('7ms')
  await expect(dialog.getByText('12 of 20 spans are shorter.')).toBeVisible()
  await field.press('Enter')
  await expect(trace.count).toHaveText('8 of 20 spans')
  await expect(trace.strip.getByRole('listitem')).toHaveText(['Dropped under 7.00 ms'])
  await trace.reduce(/Drop short spans/)
  await field.fill('soon')
  await expect(dialog.getByText(/Write a duration/)).toBeVisible()
  await dialog.getByRole('button', { name: '5 %' }).click()
  await dialog.getByRole('button', { name: 'Drop', exact: true }).click()
  await expect(trace.strip.getByRole('listitem')).toHaveText(['Dropped under 5 % (344 ms)'])
  await expect(trace.count).toHaveText('6 of 20 spans')
  await page.reload()
  await expect(trace.count).toHaveText('6 of 20 spans')
})

test('find and errors keep to what is left; what leads to a span puts it back', async ({ page, url }) => {
  const trace = await open(page, url, '&cut=hide:payment-service&find=status:error')
  await expect(trace.found).toHaveText('2 of 17')
  await page.keyboard.press('j')
  await expect(trace.row(/edge-gateway/)).toHaveAttribute('aria-selected', 'true')
  // A finding is about the whole trace.
  await page.getByRole('button', { name: /^First error/ }).click()
  await expect(trace.strip).toBeHidden()
  await expect(trace.row(/pool.acquire/)).toHaveAttribute('aria-selected', 'true')
})

test('where nothing is left, it is said, with the ways back', async ({ page, url }) => {
  const trace = await open(page, url, '&cut=short:9000000000')
  await expect(page.getByText('No span is left.')).toBeVisible()
  await expect(trace.count).toHaveText('0 of 20 spans')
  await page.getByRole('button', { name: 'Undo the last' }).click()
  await expect(trace.rows).toHaveCount(20)
})

for (const theme of ['light', 'dark'] as const)
  test(`chips, menu and pop-over are clean for axe in the ${theme} theme`, async ({ page, url }) => {
    await page.emulateMedia({ colorScheme: theme })
    const trace = await open(page, url, '&cut=hide:payment-service&cut=share:0.001')
    await expect(trace.strip).toBeVisible()
    await expectAxeClean(page)
    await page.getByRole('button', { name: 'Reduce' }).click()
    await expect(page.getByRole('menuitem', { name: /Drop short/ })).toBeVisible()
    await expectAxeClean(page)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Shift+D')
    await expect(page.getByRole('dialog', { name: 'Drop short spans' })).toBeVisible()
    await expectAxeClean(page)
  })
