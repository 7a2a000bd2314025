/** Arriving at a page by keyboard: the focus is on what the page is for. */
import { expect, testWithJaeger } from './clew.ts'
import { startServer } from './fake-servers.ts'
import { jaegerHolding, manyTraces } from './search-servers.ts'
import { tracePage } from './trace-page.ts'

const endMs = Math.floor(Date.now() / 60_000) * 60_000

const test = testWithJaeger(() => startServer(jaegerHolding(manyTraces(3, endMs, 60_000, 'a'))))

test('Enter on a result leads to the spans, Back to the results, a command to the heading', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/traces?service=order-service&from=${endMs - 3_600_000}&to=${endMs}`)
  const results = page.getByRole('grid', { name: 'Traces' })
  await expect(results.locator('[role=row][aria-rowindex="2"]')).toBeVisible()
  await results.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(tracePage(page).spans).toBeFocused()

  await page.keyboard.press('[')
  await expect(results).toBeFocused()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('Go to Settings')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeFocused()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('Add a connection')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Address')).toBeFocused()
})

test('a button that leaves with the empty page leads to the results', async ({ page, url }) => {
  await page.goto(`${url}/traces`)
  await page.getByRole('combobox', { name: 'Service' }).fill('order-service')
  await page.getByRole('button', { name: 'Find traces' }).press('Enter')
  await expect(page.getByRole('grid', { name: 'Traces' })).toBeFocused()
})

test('the first Tab leads past the frame', async ({ page }) => {
  await expect(page.getByRole('main')).toBeVisible()
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: 'Skip to the page' })
  await expect(skip).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
})

test('a page that takes its time to come is said to be opening, and no longer once it is there', async ({
  page,
  url,
}) => {
  const given = Promise.withResolvers<void>()
  await page.route(/settings-page/, async (route) => {
    await given.promise
    await route.continue()
  })
  await page.goto(`${url}/traces`)
  await expect(page.getByRole('heading', { level: 1, name: 'Traces' })).toBeVisible()
  await page.keyboard.press('Control+,')
  const bar = page.getByRole('progressbar', { name: 'Opening the page' })
  await expect(bar).toBeAttached()
  given.resolve()
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await expect(bar).not.toBeAttached()
})
