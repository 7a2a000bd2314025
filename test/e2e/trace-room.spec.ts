/** Reading a trace where there is little room, or nothing that hovers. */
import type { Locator } from '@playwright/test'
import { expect, testWithJaeger } from './clew.ts'
import { startJaeger } from './fake-jaeger.ts'
import { incident, incidentId, jaegerDocument } from './incident-trace.ts'
import { tracePage } from './trace-page.ts'

const shortId = 'a'.repeat(32)
const short = [{ id: 'a1', service: 'inventory-service', name: 'GET /', startMs: 0, durationMs: 4 }]

const test = testWithJaeger(() =>
  startJaeger({
    [incidentId]: jaegerDocument(incidentId, incident),
    [shortId]: jaegerDocument(shortId, short),
  }),
)

const boxOf = async (part: Locator) => {
  const box = await part.boundingBox()
  if (!box) throw new Error('It is not on screen.')
  return box
}

for (const widthPx of [1280, 1440])
  test(`at ${widthPx} px with the details open, what is sought and its count lie side by side`, async ({
    page,
    url,
  }) => {
    await page.setViewportSize({ width: widthPx, height: 800 })
    await page.goto(`${url}/trace?id=${incidentId}&repeats=off`)
    const trace = tracePage(page)
    await trace.row(/pool.acquire/).click()
    await expect(trace.details).toBeVisible()
    await trace.find.fill('postgresql')
    await trace.find.press('Enter')
    await expect(trace.found).toHaveText('12 of 20')
    const at = page.getByTitle(/^Match \d+ is selected$/)
    const parts = [trace.find, trace.found, at].concat(
      ['Clear find', 'Previous match', 'Next match', 'How to find'].map((name) => trace.button(name)),
    )
    const boxes = await Promise.all(parts.map(boxOf))
    expect(boxes[0].width).toBeGreaterThanOrEqual(64)
    for (const [left, right] of boxes.slice(1).map((box, index) => [boxes[index], box]))
      expect(left.x + left.width).toBeLessThanOrEqual(right.x)
  })

test('the service stands in full beside a short name', async ({ page, url }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto(`${url}/trace?id=${shortId}`)
  const service = page.getByRole('heading', { level: 1 }).getByText('inventory-service')
  await expect(service).toBeVisible()
  expect(await service.evaluate((part) => part.scrollWidth - part.clientWidth)).toBe(0)
})

test.describe('where nothing hovers', () => {
  test.use({ hasTouch: true, permissions: ['clipboard-write'] })

  test('values lie free, and a touch of the row brings what can be done with one', async ({ page, url }) => {
    const session = await page.context().newCDPSession(page)
    await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'hover', value: 'none' }] })
    await page.goto(`${url}/trace?id=${incidentId}&repeats=off`)
    const trace = tracePage(page)
    await trace.row(/pool.acquire/).click()
    const actionsOf = (value: string) =>
      trace.details.locator('dd').filter({ hasText: value }).locator('> :last-child')
    const copy = trace.details.getByRole('button', { name: /^Copy value of .*pool.name/ })
    await expect(actionsOf('payments-db')).toHaveCSS('opacity', '0')
    await copy.tap()
    await expect(actionsOf('payments-db')).toHaveCSS('opacity', '1')
    await expect(actionsOf('postgresql')).toHaveCSS('opacity', '0')
    await expect(page.getByText(/^Copied value/)).toBeHidden()
    await copy.tap()
    await expect(page.getByText(/^Copied value/)).toBeVisible()
  })
})

test('zoomed in twice, with a span selected, rows and details keep their room and can be scrolled to', async ({
  page,
  url,
}) => {
  await page.setViewportSize({ width: 640, height: 400 })
  await page.goto(`${url}/trace?id=${incidentId}`)
  const spans = page.getByRole('treegrid', { name: 'Spans' })
  await spans.getByRole('row').nth(2).click()
  const details = page.getByRole('complementary', { name: 'Span details' })
  await expect(details).toBeVisible()
  const [rows, panel] = [await boxOf(spans), await boxOf(details)]
  expect(rows.height).toBeGreaterThan(96)
  expect(panel.y).toBeGreaterThanOrEqual(rows.y + rows.height)
  const attributes = details.getByRole('heading', { name: 'Attributes' })
  await attributes.scrollIntoViewIfNeeded()
  await expect(attributes).toBeInViewport()
})
