/** The flame graph of a trace: in order of time and merged, by mouse and by keys. */
import type { Page } from '@playwright/test'
import { expect, expectAxeClean, testWithJaeger } from './clew.ts'
import { startJaeger } from './fake-jaeger.ts'
import { incident, incidentId, jaegerDocument, long, longId } from './incident-trace.ts'
import { tracePage } from './trace-page.ts'

const test = testWithJaeger(() =>
  startJaeger({
    [incidentId]: jaegerDocument(incidentId, incident),
    [longId]: jaegerDocument(longId, long),
  }),
)

async function open(page: Page, url: string, more = '', traceId = incidentId) {
  await page.goto(`${url}/trace?id=${traceId}&view=flame${more}`)
  const graph = page.getByRole('tree', { name: 'Flame graph' })
  await expect(graph).toBeVisible()
  return {
    ...tracePage(page),
    graph,
    /** The box with the keyboard, in words. */
    box: graph.getByRole('treeitem'),
    tools: page.getByRole('radiogroup', { name: 'Arrangement' }),
  }
}

/** Whether anything but transparent is on the canvas at a place, CSS pixels from its top left. */
async function isPainted(page: Page, xPx: number, yPx: number): Promise<boolean> {
  return page
    .getByRole('tree', { name: 'Flame graph' })
    .locator('canvas')
    .evaluate(
      (canvas: HTMLCanvasElement, [x, y]) => {
        const ratio = canvas.width / canvas.clientWidth
        return (canvas.getContext('2d')?.getImageData(x * ratio, y * ratio, 1, 1).data[3] ?? 0) === 255
      },
      [xPx, yPx] as const,
    )
}

test('is a view beside the waterfall, with the same selection', async ({ page, url }) => {
  await page.goto(`${url}/trace?id=${incidentId}`)
  const trace = tracePage(page)
  await trace.row(/pool.acquire/).click()
  await page.getByRole('radio', { name: 'Flame' }).click()
  const box = page.getByRole('tree', { name: 'Flame graph' }).getByRole('treeitem')
  await expect(box).toHaveAccessibleName(/^payment-service payments-db pool.acquire; failed; duration 4.50 s/)
  await expect(box).toHaveAttribute('aria-selected', 'true')
  await expect(trace.details).toBeVisible()
  expect(trace.param('view')).toBe('flame')
})

test('a click selects the box under it, a double click frames it', async ({ page, url }) => {
  const { graph, box, details, zoom } = await open(page, url)
  await graph.click({ position: { x: 100, y: 10 } })
  await expect(details).toContainText('POST /api/checkout')
  await expect(box).toHaveAttribute('aria-selected', 'true')
  await graph.dblclick({ position: { x: 100, y: 10 } })
  await expect.poll(() => zoom()?.to).toBeLessThan(5_500_000_000)
})

test('keys lead from box to box, and Enter selects', async ({ page, url }) => {
  const { graph, box, details } = await open(page, url)
  await graph.focus()
  await expect(box).toHaveAccessibleName(/^edge-gateway POST \/api\/checkout; failed/)
  await page.keyboard.press('ArrowDown')
  await expect(box).toHaveAccessibleName(/^order-service POST \/orders/)
  await expect(box).toHaveAttribute('aria-level', '2')
  await page.keyboard.press('ArrowDown')
  await expect(box).toHaveAccessibleName(/^payment-service/)
  await page.keyboard.press('ArrowLeft')
  await expect(box).toHaveAccessibleName(/^inventory-service/)
  await page.keyboard.press('ArrowUp')
  await expect(box).toHaveAccessibleName(/^order-service/)
  await page.keyboard.press('Enter')
  await expect(details).toContainText('POST /orders')
  await page.keyboard.press('Escape')
  await expect(details).toBeHidden()
  await expect(graph).toBeFocused()
})

test('time is zoomed by keys and by the wheel, and the link keeps it', async ({ page, url }) => {
  const { graph, zoom } = await open(page, url)
  await page.keyboard.press('w')
  await expect.poll(zoom).toBeDefined()
  const byKey = zoom()
  await graph.hover({ position: { x: 300, y: 10 } })
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -100)
  await page.keyboard.up('Control')
  await expect.poll(() => zoom()?.to).not.toBe(byKey?.to)
  const kept = zoom()
  await page.reload()
  await expect(graph).toBeVisible()
  expect(zoom()).toEqual(kept)
  await page.keyboard.press('0')
  await expect.poll(zoom).toBeUndefined()
})

test('merged, boxes tell how many spans they are; zoom and arrangement are in the link', async ({
  page,
  url,
}) => {
  const { graph, box, tools, param } = await open(page, url)
  await tools.getByRole('radio', { name: 'Merged' }).click()
  await expect.poll(() => param('flame')).toBe('merged')
  await expect(box).toHaveAccessibleName(/spans 1 span/)
  await graph.focus()
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowDown'])
    await page.keyboard.press(key)
  await expect(box).toHaveAccessibleName(/SELECT stock_levels; .*spans 1\d spans/)
  await page.keyboard.press('Enter')
  await page.keyboard.press('f')
  await expect.poll(() => param('part')).not.toBeNull()
  const part = param('part')
  await page.reload()
  await expect(box).toHaveAccessibleName(/SELECT stock_levels/)
  expect(param('part')).toBe(part)
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect.poll(() => param('part')).toBeNull()
})

test('merges by an attribute', async ({ page, url }) => {
  const { box, param } = await open(page, url, '&flame=merged')
  const by = page.getByRole('combobox', { name: 'Merge by' })
  await by.fill('k8s.pod')
  await page.getByRole('option', { name: 'k8s.pod.name' }).click()
  await expect.poll(() => param('flame')).toBe('by.k8s.pod.name')
  await expect(box).toHaveAccessibleName(/^edge-gateway-7c9f4d; /)
  await expect(page.getByText('5 boxes of 20 spans')).toBeVisible()
})

test('what is taken out of view leaves the graph, and nothing left is said', async ({ page, url }) => {
  await open(page, url, '&cut=hide:payment-service')
  await expect(page.getByText('17 spans in 5 lanes')).toBeVisible()
  await page.goto(`${url}/trace?id=${incidentId}&view=flame&find=nothing-has-this&only=1`)
  await expect(page.getByText('No span matches.')).toBeVisible()
})

test('ten thousand spans are drawn, and the pointer finds one', async ({ page, url }) => {
  const { graph } = await open(page, url, '', longId)
  await expect(page.getByText('10\u202f000 spans in 2 lanes')).toBeVisible()
  await expect.poll(() => isPainted(page, 400, 30)).toBe(true)
  expect(await isPainted(page, 401, 60)).toBe(false)
  await graph.hover({ position: { x: 400, y: 30 } })
  await expect(page.getByText(/^row \d+$/)).toBeVisible()
})

for (const theme of ['light', 'dark'] as const)
  test(`has no accessibility faults, ${theme}`, async ({ page, url }) => {
    await page.emulateMedia({ colorScheme: theme })
    for (const more of ['', '&flame=merged&find=payment']) {
      const { graph } = await open(page, url, more)
      await graph.focus()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await expectAxeClean(page)
    }
  })

test('its keys are in the sheet', async ({ page, url }) => {
  await open(page, url, '&flame=merged')
  await page.keyboard.press('?')
  const sheet = page.getByRole('complementary', { name: 'Keys' })
  await expect(sheet.getByRole('heading', { name: 'Flame graph' })).toBeVisible()
  await expect(sheet).toContainText('All boxes')
  await expect(sheet).toContainText('then from box to box')
})
