/** Reading a trace: rows, time, folding, selection, find. Keeping the place and what can go wrong: trace-place.spec.ts. */
import type { Page } from '@playwright/test'
import { expect, expectAxeClean, keptPreferences, testWithJaeger } from './clew.ts'
import { startJaeger } from './fake-jaeger.ts'
import { incident, incidentId, jaegerDocument, linked, linkedId, long, longId } from './incident-trace.ts'
import { tracePage } from './trace-page.ts'

const test = testWithJaeger(() =>
  startJaeger({
    [incidentId]: jaegerDocument(incidentId, incident),
    [linkedId]: jaegerDocument(linkedId, linked),
    [longId]: jaegerDocument(longId, long),
  }),
)

/** Goes to a trace of whatever is connected, every span in a row of its own, and waits for the rows. */
async function open(page: Page, url: string, traceId = incidentId, more = '') {
  await page.goto(`${url}/trace?id=${traceId}&repeats=off${more}`)
  const trace = tracePage(page)
  await expect(trace.rows.first()).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  return trace
}

test('rows are a treegrid that says level, position, folding and selection', async ({ page, url }) => {
  const trace = await open(page, url)
  await expect(trace.spans).toHaveAttribute('aria-rowcount', '21')
  // As it is read: the header first.
  await expect(trace.spans.getByRole('row').first()).toContainText('Service and span')
  const root = trace.row(/edge-gateway POST \/api\/checkout/)
  await expect(root).toHaveAttribute('aria-level', '1')
  await expect(root).toHaveAttribute('aria-rowindex', '2')
  await expect(root).toHaveAttribute('aria-expanded', 'true')
  await expect(root).toHaveAttribute('aria-selected', 'false')
  const leaf = trace.row(/SELECT stock_levels/)
  await expect(leaf).toHaveAttribute('aria-level', '4')
  await expect(leaf).not.toHaveAttribute('aria-expanded')
  // The service is said where it changes, and there only.
  await expect(trace.row(/^inventory-service Inventory\/Reserve/)).toBeVisible()
  await expect(leaf).not.toContainText('inventory-service')
})

test('only what is in view is drawn, and the last row is reached by keys', async ({ page, url }) => {
  const trace = await open(page, url, longId)
  await expect(trace.spans).toHaveAttribute('aria-rowcount', '10001')
  expect(await trace.rows.count()).toBeLessThan(60)
  await trace.spans.focus()
  await page.keyboard.press('End')
  await expect(trace.row('row 9999')).toBeInViewport()
  expect(await trace.rows.count()).toBeLessThan(60)
  await page.keyboard.press('PageUp')
  await page.keyboard.press('Home')
  await expect(trace.row(/batch import/)).toBeInViewport()
  await expect(trace.spans.getByRole('columnheader', { name: 'Service and span' })).toBeInViewport()
})

test('the header stays while rows scroll, by wheel and without zooming', async ({ page, url }) => {
  const trace = await open(page, url, longId)
  await trace.spans.hover()
  await page.mouse.wheel(0, 48_000)
  await expect(trace.row('row 2010')).toBeVisible()
  await expect(trace.spans.getByRole('columnheader', { name: /Timeline/ })).toBeInViewport()
  expect(trace.zoom()).toBeUndefined()
})

test('the name column is as wide as one likes, by keys and by drag, also after a reload', async ({
  page,
  url,
}) => {
  const trace = await open(page, url)
  const splitter = page.getByRole('separator', { name: 'Width of the name column' })
  const width = async () => Number(await splitter.getAttribute('aria-valuenow'))
  const before = await width()
  await splitter.focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(width).toBe(before + 16)
  const box = await splitter.boundingBox()
  if (!box) throw new Error('the splitter is not drawn')
  await page.mouse.move(box.x + 2, box.y + 10)
  await page.mouse.down()
  await page.mouse.move(box.x + 62, box.y + 10, { steps: 3 })
  await page.mouse.up()
  await expect.poll(width).toBe(before + 76)
  await expect.poll(async () => (await keptPreferences(page)).sizes?.['trace.names']).toBe(before + 76)
  await page.reload()
  await expect(trace.rows.first()).toBeVisible()
  await expect.poll(width).toBe(before + 76)
})

test('time is zoomed and panned by keys, at the pointer or in the middle', async ({ page, url }) => {
  const trace = await open(page, url)
  const length = () => {
    const zoom = trace.zoom()
    return zoom ? zoom.to - zoom.from : 6_870_000_000
  }
  await page.keyboard.press('w')
  await expect.poll(length).toBeCloseTo(6_870_000_000 * 0.75, -3)
  await page.keyboard.press('w')
  await expect.poll(length).toBeCloseTo(6_870_000_000 * 0.5625, -3)
  const zoomed = trace.zoom()
  await page.keyboard.press('a')
  await expect.poll(() => trace.zoom()?.from).toBeLessThan(zoomed?.from ?? 0)
  await page.keyboard.press('d')
  await expect.poll(() => trace.zoom()).toEqual(zoomed)
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => trace.zoom()?.from).toBeGreaterThan(zoomed?.from ?? 0)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => trace.zoom()).toEqual(zoomed)
  await page.keyboard.press('s')
  await page.keyboard.press('s')
  await expect.poll(() => trace.zoom()).toBeUndefined()

  await trace.row(/pool.acquire/).click()
  await page.keyboard.press('f')
  await expect.poll(() => trace.zoom()).toEqual({ from: 62_000_000, to: 5_102_000_000 })
  await expect(page.getByRole('columnheader', { name: 'Timeline, 62.0 ms to 5.10 s' })).toBeVisible()
  // The consumer's span lies after the window: its row says so.
  await expect(trace.row(/order-events process/).getByTitle(/outside the window/)).toBeVisible()
  await page.keyboard.press('0')
  await expect.poll(() => trace.zoom()).toBeUndefined()
})

test('Ctrl and the wheel zoom at the pointer, Shift and the wheel pan', async ({ page, url }) => {
  const trace = await open(page, url)
  const ruler = page.getByRole('columnheader', { name: /Timeline/ })
  const box = await ruler.boundingBox()
  if (!box) throw new Error('there is no ruler')
  // Over the start of the bars: zooming keeps that moment where it is.
  await page.mouse.move(box.x + 1, box.y + 100)
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -200)
  await page.keyboard.up('Control')
  await expect.poll(() => trace.zoom()?.to).toBeLessThan(5_000_000_000)
  expect(trace.zoom()?.from).toBeLessThan(10_000_000)
  const from = trace.zoom()?.from ?? 0
  await page.keyboard.down('Shift')
  await page.mouse.wheel(0, 200)
  await page.keyboard.up('Shift')
  await expect.poll(() => trace.zoom()?.from).toBeGreaterThan(from)
})

test('a drag on the ruler zooms into it', async ({ page, url }) => {
  const trace = await open(page, url)
  const box = await page.getByRole('columnheader', { name: /Timeline/ }).boundingBox()
  if (!box) throw new Error('there is no ruler')
  await page.mouse.move(box.x + (box.width - 14) * 0.25, box.y + 12)
  await page.mouse.down()
  await page.mouse.move(box.x + (box.width - 14) * 0.5, box.y + 12, { steps: 4 })
  await page.mouse.up()
  await expect.poll(() => trace.zoom()?.from).toBeGreaterThan(1_500_000_000)
  expect(trace.zoom()?.to).toBeLessThan(3_700_000_000)
})

test('the minimap has a brush: drawn, moved, resized by mouse and keys, cleared', async ({ page, url }) => {
  const trace = await open(page, url)
  const brush = trace.overview.getByRole('group', { name: 'Time window' })
  const box = await brush.boundingBox()
  if (!box) throw new Error('there is no brush')
  const at = (share: number) => [box.x + box.width * share, box.y + 24] as const
  const drag = async (from: number, to: number) => {
    await page.mouse.move(...at(from))
    await page.mouse.down()
    await page.mouse.move(...at(to), { steps: 4 })
    await page.mouse.up()
  }
  const shares = () => {
    const zoom = trace.zoom()
    return zoom && [zoom.from, zoom.to].map((ns) => Math.round((ns / 6_870_000_000) * 100))
  }
  await drag(0.2, 0.5)
  await expect.poll(shares).toEqual([20, 50])
  await drag(0.35, 0.45)
  await expect.poll(shares).toEqual([30, 60])
  await drag(0.6, 0.8)
  await expect.poll(shares).toEqual([30, 80])
  const start = trace.overview.getByRole('slider', { name: 'Window start' })
  await start.focus()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(shares).toEqual([29, 80])
  await page.keyboard.press('Home')
  await expect.poll(shares).toEqual([0, 80])
  await expect(trace.overview.getByRole('slider', { name: 'Window end' })).toHaveAttribute(
    'aria-valuetext',
    /^5.(49|50) s$/,
  )
  await page.mouse.dblclick(...at(0.4))
  await expect.poll(() => trace.zoom()).toBeUndefined()
})

test('rows fold one by one, by level, and all', async ({ page, url }) => {
  const trace = await open(page, url)
  const reserve = trace.row(/Inventory\/Reserve/)
  await reserve.locator('[data-part=fold]').click()
  await expect(reserve).toHaveAttribute('aria-expanded', 'false')
  await expect(reserve).toContainText('+11')
  await expect(trace.spans).toHaveAttribute('aria-rowcount', '10')

  await trace.spans.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await expect(reserve).toHaveAttribute('aria-expanded', 'true')
  // Again to the right: to the first child; to the left: back to the parent; again: folded.
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect(reserve).toHaveAttribute('aria-expanded', 'false')

  await page.keyboard.press('2')
  await expect(trace.rows).toHaveCount(2)
  await trace.button('Expand all').click()
  await expect(trace.spans).toHaveAttribute('aria-rowcount', '21')
  await trace.button('Collapse all').click()
  await expect(trace.rows).toHaveCount(1)
  await expect(trace.row(/POST \/api\/checkout/)).toContainText('+19')
})

test('every service has its colour, the same in every trace', async ({ page, url }) => {
  const trace = await open(page, url)
  const colorOf = async (name: RegExp) =>
    trace.row(name).evaluate((row) => (row as HTMLElement).style.getPropertyValue('--c'))
  const colors = [
    await colorOf(/^edge-gateway/),
    await colorOf(/^order-service/),
    await colorOf(/^inventory-service/),
  ]
  expect(new Set(colors).size).toBe(3)
  expect(await colorOf(/SELECT stock_levels/)).toBe(colors[2])
  // The one with most spans comes first.
  expect(colors[2]).toBe('var(--svc-1)')
  await open(page, url, linkedId)
  await open(page, url)
  expect(await colorOf(/^edge-gateway/)).toBe(colors[0])
})

test('errors, waits, queues, links and kinds are marked, durations are columns', async ({ page, url }) => {
  const trace = await open(page, url)
  const pool = trace.row(/pool.acquire/)
  await pool.scrollIntoViewIfNeeded()
  await expect(pool.getByRole('img', { name: 'error' })).toBeVisible()
  await expect(pool.getByRole('img', { name: 'database' })).toBeVisible()
  await expect(pool.getByRole('gridcell').nth(1)).toHaveText('4.50 s')
  await expect(pool).toContainText('waiting · 4.50 s')
  await trace.spans.focus()
  await page.keyboard.press('End')
  const consumer = trace.row(/order-events process/)
  await expect(consumer.getByRole('gridcell').nth(1)).toHaveText('949 ms')
  await expect(consumer.getByRole('gridcell').nth(2)).toHaveText('78.0 ms')
  await expect(consumer.getByRole('img', { name: '2 links' })).toBeVisible()
  await expect(consumer.getByRole('img', { name: 'messaging' })).toBeVisible()
})

test('hovering a row tells what it is, and the time under the pointer', async ({ page, url }) => {
  const trace = await open(page, url)
  await trace.row(/order-service POST \/orders/).hover({ position: { x: 900, y: 12 } })
  const tooltip = page.getByText('+48.0 ms to +4.86 s')
  await expect(tooltip).toBeVisible()
  await page.mouse.move(10, 10)
  await expect(tooltip).toBeHidden()
})

test('selecting a span shows everything it says', async ({ page, url }) => {
  const trace = await open(page, url)
  await trace.row(/pool.acquire/).click()
  const { details } = trace
  await expect(trace.row(/pool.acquire/)).toHaveAttribute('aria-selected', 'true')
  await expect(details.getByRole('heading', { name: 'payments-db pool.acquire' })).toBeVisible()
  await expect(details).toContainText('payment-service')
  const figures = details.locator('dl').first()
  await expect(figures).toHaveText(/Duration4.50 s.*Self4.50 s.*Starts at\+332 ms.*Of critical path92 %/)
  await expect(details).toContainText('connection pool exhausted, waited 4500ms for available connection')
  await expect(details.getByRole('button', { name: 'Copy exception type' }).first()).toBeVisible()
  await expect(details.getByRole('button', { name: /^Warnings/ })).toBeVisible()
  await expect(details).toContainText('the server had something to say')
  await expect(details.getByRole('button', { name: 'Events 2' })).toBeVisible()
  await expect(details).toContainText('pool.wait')
  await details.getByRole('button', { name: 'waiters=37' }).press('Enter')
  await expect(details.getByRole('button', { name: 'Copy value of waiters' })).toBeVisible()
  await expect(details).toContainText('+4.50 s')
  await expect(details.getByLabel('Stack trace', { exact: true })).toContainText(
    'at com.shop.payment.db.Pool.acquire(Pool.java:118)',
  )
  await expect(details.getByRole('button', { name: /^Database client/ })).toHaveAttribute(
    'aria-expanded',
    'true',
  )
  await expect(details).toContainText('db.client.connection.pool.name')
  await expect(details.getByRole('heading', { name: 'Resource' })).toBeVisible()
  await details.getByRole('button', { name: /^Kubernetes/ }).click()
  await expect(details).toContainText('payment-service-7c9f4d')
  await details.getByRole('button', { name: 'Raw JSON' }).click()
  await expect(details.getByLabel('Raw JSON', { exact: true })).toContainText(
    '"operationName": "payments-db pool.acquire"',
  )
})

test('values of several lines and JSON are opened out; attributes can be searched', async ({ page, url }) => {
  const trace = await open(page, url)
  await trace.row(/fraud.score/).click()
  await expect(trace.details.locator('pre', { hasText: '"country": "DE"' })).toBeVisible()
  await trace.row(/SELECT stock_levels/).click()
  await expect(trace.details.locator('pre', { hasText: 'FROM stock_levels' })).toBeVisible()
  await trace.row(/pool.acquire/).click()
  await trace.details.getByRole('searchbox', { name: 'Search attributes' }).fill('pool')
  await expect(trace.details).toContainText('db.client.connection.pool.name')
  await expect(trace.details.getByText('db.system.name')).toBeHidden()
})

test('each value can be copied, filtered by, and excluded', async ({ page, url, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const trace = await open(page, url)
  await trace.row(/pool.acquire/).click()
  const { details } = trace
  await details.getByText('payments-db', { exact: true }).hover()
  await details.getByRole('button', { name: 'Copy value of db.client.connection.pool.name' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('payments-db')
  await details.getByRole('button', { name: 'Filter by db.system.name=postgresql' }).click()
  await expect(trace.find).toHaveValue('db.system.name=postgresql')
  await expect(trace.found).toHaveText('12 of 20')
  await details.getByRole('button', { name: 'Exclude db.client.connection.pool.name=payments-db' }).click()
  await expect(trace.found).toHaveText('11 of 20')
  await details.getByText('postgresql', { exact: true }).click({ modifiers: ['Alt', 'Shift'] })
  await expect(trace.find).toHaveValue(
    '-db.client.connection.pool.name=payments-db -db.system.name=postgresql',
  )
})

test('from span to span: parent, child, siblings, and links in this trace and to another', async ({
  page,
  url,
}) => {
  const trace = await open(page, url)
  const title = (name: string) => trace.details.getByRole('heading', { level: 2, name })
  await trace.row(/pool.acquire/).click()
  await trace.details.getByRole('button', { name: 'Parent span', exact: true }).click()
  await expect(title('POST /payments/charge')).toBeVisible()
  await trace.details.getByRole('button', { name: 'First child span' }).click()
  await expect(title('fraud.score')).toBeVisible()
  await trace.details.getByRole('button', { name: 'Next sibling span' }).click()
  await expect(title('payments-db pool.acquire')).toBeVisible()
  await trace.row(/order-events process/).click()
  await trace.details.getByRole('button', { name: 'payments-db pool.acquire' }).click()
  await expect(title('payments-db pool.acquire')).toBeVisible()
  await page.goBack()
  await trace.details.getByRole('button', { name: /^Trace aaaabbbb/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'batch nightly import' })).toBeVisible()
  await page.goBack()
  await expect(title('order-events process')).toBeVisible()
  await page.keyboard.press('Shift+I')
  await expect(title('payments-db pool.acquire')).toBeVisible()
  await page.goBack()
  await expect(title('order-events process')).toBeVisible()
  await trace.details.getByRole('button', { name: 'Close details' }).click()
  await expect(trace.details).toBeHidden()
})

test('find counts, walks, and hides the rest; clearing gives back the folding', async ({ page, url }) => {
  const trace = await open(page, url)
  await trace
    .row(/Inventory\/Reserve/)
    .locator('[data-part=fold]')
    .click()
  await expect(trace.rows).toHaveCount(9)
  await page.keyboard.press('/')
  await expect(trace.find).toBeFocused()
  await page.keyboard.type('service:payment -kind:server')
  await expect(trace.found).toHaveText('2 of 20')
  await page.keyboard.press('Enter')
  await expect(trace.row(/fraud.score/)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(trace.row(/pool.acquire/)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Shift+Enter')
  await expect(trace.row(/fraud.score/)).toHaveAttribute('aria-selected', 'true')
  await trace.button('Next match').click()
  await expect(trace.row(/pool.acquire/)).toHaveAttribute('aria-selected', 'true')
  await trace.spans.focus()
  await page.keyboard.press('j')
  await expect(trace.row(/fraud.score/)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('k')
  await expect(trace.row(/pool.acquire/)).toHaveAttribute('aria-selected', 'true')

  await trace.find.fill('db.system.name=postgresql -name:pool')
  await expect(trace.found).toHaveText('11 of 20')
  await trace.button('Matches only').click()
  // 11 matches, and the three above them: not folded, though the reader had folded them.
  await expect(trace.spans).toHaveAttribute('aria-rowcount', '15')
  await trace.find.press('Escape')
  await expect(trace.rows).toHaveCount(9)
  await expect(trace.row(/Inventory\/Reserve/)).toHaveAttribute('aria-expanded', 'false')
})

const finds: readonly (readonly [text: string, found: string])[] = [
  ['stock_levels', '11 of 20'],
  ['http.response.status_code=503', '3 of 20'],
  ['duration>4s', '4 of 20'],
  ['self>1s', '1 of 20'],
  ['status:error -service:payment', '2 of 20'],
  ['has:exception.type or name:smtp', '2 of 20'],
]

test('find understands keys, values, comparisons and their opposites', async ({ page, url }) => {
  const trace = await open(page, url)
  for (const [text, found] of finds) {
    await trace.find.fill(text)
    await expect(trace.found).toHaveText(found)
  }
})

test('a slip in the grammar is said, and filters nothing', async ({ page, url }) => {
  const trace = await open(page, url, incidentId, '&only=1')
  await trace.find.fill('duration>')
  await expect(trace.find).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByText('duration> wants a duration such as 100ms.')).toBeVisible()
  await expect(trace.spans).toHaveAttribute('aria-rowcount', '21')
  await trace.find.fill('nothing-is-called-so')
  await expect(trace.found).toHaveText('0 of 20')
  await page.getByRole('button', { name: 'Show all spans' }).click()
  await expect(trace.spans).toHaveAttribute('aria-rowcount', '21')
})

test('a row has a menu, at the pointer and by keys', async ({ page, url }) => {
  const trace = await open(page, url)
  await trace.row(/fraud.score/).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Exclude payment-service' }).click()
  await expect(trace.find).toHaveValue('-service=payment-service')
  await expect(trace.found).toHaveText('17 of 20')
  await trace.spans.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: /^Fold/ }).click()
  await expect(trace.row(/Inventory\/Reserve/)).toHaveAttribute('aria-expanded', 'false')
})

test('arrows in the details are not for the rows', async ({ page, url }) => {
  const trace = await open(page, url, incidentId, '&span=00000000000000f2&zoom=1000000000-2000000000')
  const stack = trace.details.getByLabel('Stack trace', { exact: true })
  await stack.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await expect(stack).toBeFocused()
  // Longer than the URL stays behind.
  await page.waitForTimeout(400)
  expect(trace.zoom()).toEqual({ from: 1_000_000_000, to: 2_000_000_000 })
})

test('the header says what the trace is, and the findings lead to their evidence', async ({ page, url }) => {
  const trace = await open(page, url)
  const header = page.getByRole('heading', { level: 1 }).locator('..')
  await expect(header).toContainText('edge-gateway')
  await expect(header).toContainText('error 503')
  await expect(header).toContainText('6.87 s')
  await expect(header).toContainText('spans20')
  await expect(header).toContainText('services5')
  await expect(header).toContainText('errors4')
  await expect(header).toContainText('depth5')
  await expect(header).toContainText(/fromJaeger/)
  const findings = page.getByRole('region', { name: 'Findings' })
  await findings.getByRole('button', { name: /one wait/ }).click()
  await expect(trace.row(/pool.acquire/)).toHaveAttribute('aria-selected', 'true')
  await expect(findings.getByRole('button', { name: /one wait/ })).toHaveAttribute('aria-pressed', 'true')
})

test('the critical path is drawn until it is switched off', async ({ page, url }) => {
  const trace = await open(page, url)
  const threads = trace.row(/pool.acquire/).locator('svg path[class*=thread]')
  await expect(threads.first()).toBeAttached()
  await trace.button('Critical path').click()
  await expect(threads).toHaveCount(0)
  await expect.poll(() => trace.param('path')).toBe('off')
})

for (const colorScheme of ['light', 'dark'] as const)
  test(`the trace page is clean for axe in the ${colorScheme} theme`, async ({ page, url }) => {
    await page.emulateMedia({ colorScheme })
    const trace = await open(
      page,
      url,
      incidentId,
      '&find=service:payment&span=00000000000000f2&zoom=0-5000000000',
    )
    await expect(trace.details.getByLabel('Stack trace', { exact: true })).toBeVisible()
    await expectAxeClean(page)
  })

test('on a narrow window the details stand below the rows', async ({ page, url }) => {
  await page.setViewportSize({ width: 1000, height: 800 })
  const trace = await open(page, url, incidentId, '&span=00000000000000f2')
  const rows = await trace.spans.boundingBox()
  const details = await trace.details.boundingBox()
  expect(details?.y).toBeGreaterThan((rows?.y ?? 0) + 100)
  await expect(trace.row(/pool.acquire/)).toBeInViewport()
})

test('the whole grammar of find is in its help, without a network', async ({ page, url, context }) => {
  await open(page, url)
  await context.setOffline(true)
  await page.getByRole('button', { name: 'How to find' }).click()
  await page
    .getByRole('dialog', { name: 'How to find' })
    .getByRole('button', { name: /All that/ })
    .click()
  const whole = page.getByRole('dialog', { name: 'Find in trace' })
  await expect(whole.getByRole('row', { name: /status!=error/ })).toContainText('the opposite of = and ~')
  await expect(whole.getByText(/binds more than or/)).toBeVisible()
  await expect(whole.getByText(/parse-filter/)).toHaveCount(0)
  await expectAxeClean(page, '[role=dialog]')
})

test('more rows than a browser can scroll through are reached by keys, by the scroll bar and by the wheel', async ({
  page,
  url,
}) => {
  // As if each pixel of the page were so many of the screen: elements end after 48,000 of the page's, which are 2,000 rows.
  await page.addInitScript(() => Object.defineProperty(window, 'devicePixelRatio', { get: () => 699 }))
  const trace = await open(page, url, longId)
  const list = trace.spans
  const scroll = (px: number) => list.evaluate((element, to) => (element.scrollTop = to), px)
  const rowAt = (at: number) => trace.spans.locator(`[aria-rowindex="${at + 1}"]`)
  await expect(trace.spans).toHaveAttribute('aria-rowcount', '10001')
  expect(await list.evaluate((element) => element.scrollHeight)).toBeLessThanOrEqual(48_000)
  await trace.spans.focus()
  await page.keyboard.press('End')
  await expect(rowAt(10_000)).toBeInViewport()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect(trace.spans.getByRole('row', { selected: true })).toHaveAttribute('aria-rowindex', '10000')
  await trace.spans.focus()
  await page.keyboard.press('Home')
  await expect(rowAt(1)).toBeInViewport()

  // Dragged to its end, the scroll bar shows the last row; half-way, the middle.
  const room = await list.evaluate((element) => element.scrollHeight - element.clientHeight)
  await scroll(room)
  await expect(rowAt(10_000)).toBeInViewport()
  await scroll(room / 2)
  await expect(rowAt(5_000)).toBeInViewport()
  await scroll(0)
  await expect(rowAt(1)).toBeInViewport()

  // The wheel goes on, row by row, where the rows end that the list holds at first.
  await trace.find.fill('row.number=1998')
  await expect(trace.found).toHaveText(/^1 of /)
  await page.keyboard.press('Enter')
  await expect(trace.spans.getByRole('row', { selected: true })).toBeInViewport()
  await list.hover()
  const top = () => list.evaluate((element) => Number(element.querySelector('[aria-level]')?.ariaRowIndex))
  const before = await top()
  for (let turn = 1; turn <= 10; turn++) {
    await page.mouse.wheel(0, 240)
    await expect.poll(top).toBe(before + turn * 10)
  }
})
