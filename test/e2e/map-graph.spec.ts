import type { Locator, Page } from '@playwright/test'
import { expect, expectAxeClean, keptPreferences, test as base } from './clew.ts'
import { json, startServer, type FakeServer } from './fake-servers.ts'
import { type HeldTrace, jaegerHolding } from './search-servers.ts'

const calls = [
  { parent: 'edge-gateway', child: 'order-service', callCount: 1234 },
  { parent: 'order-service', child: 'payment-service', callCount: 1220 },
  { parent: 'order-service', child: 'inventory-service', callCount: 40 },
  { parent: 'inventory-service', child: 'shop/stock', callCount: 40 },
]

const test = base.extend<{ jaeger: FakeServer }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  jaeger: async ({}, use) => {
    const server = await startServer(jaegerHolding([], calls))
    await use(server)
    await server.stop()
  },
  clewArgs: async ({ jaeger }, use) => use(['--connect', `jaeger=${jaeger.url}`]),
})

const services = (page: Page) => page.getByRole('listbox', { name: 'Services' }).getByRole('option')
const service = (page: Page, name: string) =>
  page.getByRole('listbox', { name: 'Services' }).getByRole('option', { name })
const details = (page: Page) => page.getByRole('complementary', { name: 'Details' })

test('every service is on the map, callers left of whom they call', async ({ page, url }) => {
  await page.goto(`${url}/map`)
  await expect(services(page)).toHaveCount(5)
  const [caller, callee] = [
    await service(page, 'edge-gateway').boundingBox(),
    await service(page, 'payment-service').boundingBox(),
  ]
  expect((caller?.x ?? 0) + (caller?.width ?? 0)).toBeLessThan(callee?.x ?? 0)
  await expect(page.getByText('5 services, 4 calls from Jaeger')).toBeVisible()
})

test('a service tells its calls, and a call who told of it and its traces', async ({ page, url }) => {
  await page.goto(`${url}/map`)
  await service(page, 'order-service').click()
  await expect(
    details(page).getByRole('list', { name: 'Calls', exact: true }).getByRole('button'),
  ).toHaveText([/payment-service\s*1.22 k/, /inventory-service\s*40/])
  await details(page)
    .getByRole('button', { name: /payment-service/ })
    .click()
  await expect(page).toHaveURL(/selected=%5B%22order-service%22%2C%22payment-service%22%5D/)
  await expect(details(page).getByRole('table', { name: 'Who tells of this call' })).toContainText(/Jaeger/)
  await page.reload()
  await details(page)
    .getByRole('button', { name: /Traces through this call/ })
    .click()
  await expect(page).toHaveURL(/\/traces\?.*service=payment-service/)
})

test('traces through a call hold both of its ends, whatever else the server finds of the callee', async ({
  page,
  url,
  jaeger,
}) => {
  const endMs = Date.now() - 60_000
  const trace = (id: string, caller: string): HeldTrace => ({
    id: id.repeat(32),
    startMs: endMs - 60_000,
    durationMs: 100,
    service: caller,
    name: `called by ${caller}`,
    answeredBy: 'payment-service',
  })
  jaeger.answer(jaegerHolding([trace('a', 'order-service'), trace('b', 'reconciler')], calls))
  await page.goto(`${url}/map?selected=${encodeURIComponent('["order-service","payment-service"]')}`)
  await expect(details(page).getByRole('button', { name: /Traces through this call/ })).toBeVisible()
  await page.keyboard.press('t')
  await expect(page).toHaveURL(/service=payment-service.*&with=order-service/)
  const rows = page.getByRole('grid', { name: 'Traces' }).locator('[role=row]')
  const left = page.getByText('1 other without order-service left out')
  for (const come of [() => Promise.resolve(), () => page.reload()]) {
    await come()
    await expect(left).toBeVisible()
    await expect(rows.filter({ hasText: 'called by' })).toHaveText([/called by order-service/])
  }
  await page.getByRole('button', { name: 'Also without spans of order-service' }).click()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(rows.filter({ hasText: 'called by' })).toHaveCount(2)
  await page.goBack()
  await expect(left).toBeVisible()
  await expect(rows.filter({ hasText: 'called by' })).toHaveCount(1)
})

test('keys walk over the map, keep to a neighbourhood, hide, and open', async ({ page, url }) => {
  await page.goto(`${url}/map`)
  await service(page, 'edge-gateway').focus()
  await page.keyboard.press('ArrowRight')
  await expect(service(page, 'order-service')).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('d')
  await expect(page).toHaveURL(/focus=/)
  await expect(services(page)).not.toHaveCount(5)
  await page.getByRole('button', { name: /^Show all services/ }).click()
  await expect(services(page)).toHaveCount(5)
  await service(page, 'payment-service').focus()
  await page.keyboard.press('h')
  await expect(services(page)).toHaveCount(4)
  await page.getByRole('button', { name: '1 hidden' }).click()
  await expect(services(page)).toHaveCount(5)
  await service(page, 'payment-service').focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/traces\?.*service=payment-service/)
})

test('keys zoom and move what is seen, and the service that has the focus is always in view', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/map`)
  const gateway = service(page, 'edge-gateway')
  await gateway.focus()
  const boxOf = async (name: string) => {
    const box = await service(page, name).boundingBox()
    if (!box) throw new Error('not there')
    return box
  }
  const before = await boxOf('edge-gateway')
  await page.keyboard.press('+')
  await expect.poll(async () => (await boxOf('edge-gateway')).width).toBeCloseTo(before.width * 1.25, 0)
  const left = (await boxOf('edge-gateway')).x
  await page.keyboard.press('Shift+ArrowRight')
  await expect.poll(async () => (await boxOf('edge-gateway')).x).toBeCloseTo(left - 80, 0)
  for (let times = 0; times < 8; times++) await page.keyboard.press('+')
  await page.keyboard.press('ArrowRight')
  await expect(service(page, 'order-service')).toBeFocused()
  const map = await page.getByRole('listbox', { name: 'Services' }).locator('..').boundingBox()
  await expect
    .poll(async () => (await boxOf('order-service')).x)
    .toBeGreaterThanOrEqual(Math.floor(map?.x ?? Infinity))
  await page.keyboard.press('0')
  // There may be less room by now: details of the service stand beside it.
  await expect.poll(async () => (await boxOf('edge-gateway')).width).toBeLessThanOrEqual(before.width)
  await page.keyboard.press('?')
  await expect(page.getByRole('complementary', { name: 'Keys' })).toContainText('Zoom in+Zoom out-Show all0')
})

test('what is left of a large map is seen as large as it can be, and so is all of it again', async ({
  page,
  url,
  jaeger,
}) => {
  /** A tree: each of 200 services calls the next four. */
  const many = Array.from({ length: 199 }, (_, at) => ({
    parent: `svc-${Math.floor(at / 4)}`,
    child: `svc-${at + 1}`,
    callCount: 10,
  }))
  jaeger.answer(jaegerHolding([], many))
  await page.goto(`${url}/map`)
  await expect(services(page)).toHaveCount(200)
  const map = page.getByRole('listbox', { name: 'Services' }).locator('..')
  /** The share of the map's height or width that boxes take, whichever is more; above 1 where some are out of view. */
  const room = async (): Promise<number> => {
    const frame = await map.boundingBox()
    const boxes = await services(page).evaluateAll((all) =>
      all.map((one) => {
        const { left, right, top, bottom } = one.getBoundingClientRect()
        return { left, right, top, bottom }
      }),
    )
    if (!frame) throw new Error('no map')
    const [left, right] = [boxes.map((one) => one.left), boxes.map((one) => one.right)]
    const [top, bottom] = [boxes.map((one) => one.top), boxes.map((one) => one.bottom)]
    if (Math.min(...left) < frame.x - 1 || Math.min(...top) < frame.y - 1) return Infinity
    return Math.max(
      (Math.max(...right) - Math.min(...left)) / frame.width,
      (Math.max(...bottom) - Math.min(...top)) / frame.height,
    )
  }
  const isFitted = async () => {
    await expect.poll(room).toBeGreaterThan(0.6)
    await expect.poll(room).toBeLessThanOrEqual(1)
  }
  await isFitted()
  await page.getByRole('option', { name: /^svc-12,/ }).focus()
  await page.keyboard.press('d')
  await expect(services(page)).toHaveCount(6)
  await isFitted()
  await page.getByRole('button', { name: /^Show all services/ }).click()
  await expect(services(page)).toHaveCount(200)
  await isFitted()
})

test('a service that was put elsewhere is there the next time, until all are placed anew', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/map`)
  const gateway = service(page, 'edge-gateway')
  await expect(gateway).toBeVisible()
  const before = await gateway.boundingBox()
  if (!before) throw new Error('not there')
  const top = await gateway.evaluate((element) => element.style.top)
  await page.mouse.move(before.x + 20, before.y + 20)
  await page.mouse.down()
  await page.mouse.move(before.x + 40, before.y + 140, { steps: 4 })
  await page.mouse.up()
  const topOf = () => gateway.evaluate((element) => element.style.top)
  await expect.poll(topOf).not.toBe(top)
  const left = await topOf()
  await expect
    .poll(async () => (await page.request.get(`${url}/api/preferences`)).text())
    .toContain('mapPlaces')
  await page.reload()
  await expect(gateway).toBeVisible()
  expect(await gateway.evaluate((element) => element.style.top)).toBe(left)
  await page.getByRole('button', { name: 'Place all anew' }).click()
  await expect.poll(() => gateway.evaluate((element) => element.style.top)).not.toBe(left)
})

test('a call is chosen on the picture itself', async ({ page, url }) => {
  await page.goto(`${url}/map`)
  const [caller, callee] = [
    await service(page, 'edge-gateway').boundingBox(),
    await service(page, 'order-service').boundingBox(),
  ]
  if (!caller || !callee) throw new Error('not there')
  await page.mouse.click(
    (caller.x + caller.width + callee.x) / 2,
    (caller.y + caller.height / 2 + callee.y + callee.height / 2) / 2,
  )
  await expect(page).toHaveURL(/selected=%5B%22edge-gateway%22%2C%22order-service%22%5D/)
})

test('a selected service leads on by key, as its menu does', async ({ page, url }) => {
  await page.goto(`${url}/map?selected=order-service`)
  await expect(
    details(page).getByRole('list', { name: 'Follow this service' }).getByText('Its failed traces'),
  ).toBeVisible()
  await page.keyboard.press('?')
  const sheet = page.getByRole('complementary', { name: 'Keys' })
  await expect(sheet).toContainText('ServiceIts tracesTIts failed tracesShiftT')
  await page.keyboard.press('Escape')
  await page.keyboard.press('t')
  await expect(page).toHaveURL(/\/traces\?.*service=order-service/)
})

test('what changed since the window before is told', async ({ page, url }) => {
  await page.goto(`${url}/map?selected=%5B%22order-service%22%2C%22payment-service%22%5D`)
  await page.getByRole('checkbox', { name: 'Compare with before' }).check()
  await expect(details(page).getByText('was 1.22 k')).toBeVisible()
})

test('where nothing is known of the window before, that is said, and nothing is called new', async ({
  page,
  url,
  jaeger,
}) => {
  const answer = jaegerHolding([], calls)
  jaeger.answer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://jaeger')
    const isBefore = Number(searchParams.get('endTs')) < Date.now() - 3_600_000
    return pathname.endsWith('/dependencies') && isBefore
      ? json({ data: [] })(request, response)
      : answer(request, response)
  })
  await page.goto(`${url}/map?compare=1`)
  await expect(
    page.getByRole('status').filter({ hasText: 'No call is known of the time before' }),
  ).toBeVisible()
  await expect(page.getByRole('contentinfo')).toHaveText(/4 calls from Jaeger, [^,]*$/)
  await expectAxeClean(page)
})

for (const theme of ['light', 'dark'] as const)
  test(`the map is clean for axe in the ${theme} theme`, async ({ page, url }) => {
    await page.emulateMedia({ colorScheme: theme })
    await page.goto(`${url}/map`)
    await service(page, 'order-service').click()
    await expect(details(page)).toBeVisible()
    await expectAxeClean(page)
  })

test.describe('a map of many services', () => {
  const many = Array.from({ length: 399 }, (_, at) => ({
    parent: `service-${Math.floor(at / 3)}`,
    child: `service-${at + 1}`,
    callCount: 10,
  }))
  test.use({
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
    jaeger: async ({}, use) => {
      const server = await startServer(jaegerHolding([], many))
      await use(server)
      await server.stop()
    },
  })

  test('says that it is being placed, and what is looked for by name comes to its middle, large enough to be read', async ({
    page,
    url,
  }) => {
    await page.goto(`${url}/settings`)
    await page.evaluate(() => {
      const seen = new MutationObserver(() => {
        if (document.querySelector('main')?.textContent.includes('Placing 400 services on the map'))
          document.body.dataset['placing'] = 'said'
      })
      seen.observe(document.body, { childList: true, subtree: true })
      globalThis.history.pushState(undefined, '', '/map')
    })
    await expect(services(page)).toHaveCount(400, { timeout: 30_000 })
    await expect(page.locator('body[data-placing=said]')).toBeAttached()
    const sought = service(page, 'service-211,')
    expect((await sought.boundingBox())?.width).toBeLessThan(60)
    const find = page.getByRole('combobox', { name: 'Find a service' })
    await find.fill('service-211')
    await page.getByRole('option', { name: 'service-211', exact: true }).click()
    await expect(page).toHaveURL(/selected=service-211/)
    const map = page.getByRole('listbox', { name: 'Services' }).locator('..')
    await expect(async () => {
      const [box, frame] = [await sought.boundingBox(), await map.boundingBox()]
      if (!box || !frame) throw new Error('The map is not there.')
      expect(box.width).toBeGreaterThan(140)
      expect(Math.abs(box.x + box.width / 2 - (frame.x + frame.width / 2))).toBeLessThan(3)
      expect(Math.abs(box.y + box.height / 2 - (frame.y + frame.height / 2))).toBeLessThan(3)
    }).toPass()
    await page.getByRole('button', { name: 'Zoom in' }).click()
    await expect.poll(async () => (await sought.boundingBox())?.width).toBeGreaterThan(180)
  })
})

test('what was put elsewhere lies over nothing when the map is placed anew', async ({ page, url }) => {
  await page.goto(`${url}/map`)
  const [moved, other] = [service(page, 'edge-gateway'), service(page, 'payment-service')]
  const target = await other.boundingBox()
  if (!target) throw new Error('The map is not there.')
  await moved.hover()
  await page.mouse.down()
  await page.mouse.move(target.x + 20, target.y + 10, { steps: 4 })
  await page.mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 4 })
  await page.mouse.up()
  const apart = async (): Promise<boolean> => {
    const [one, two] = [await moved.boundingBox(), await other.boundingBox()]
    if (!one || !two) return false
    return (
      one.x + one.width <= two.x + 1 ||
      two.x + two.width <= one.x + 1 ||
      one.y + one.height <= two.y + 1 ||
      two.y + two.height <= one.y + 1
    )
  }
  // As long as it is only held there, nothing runs away from it.
  await expect.poll(apart).toBe(false)
  await expect
    .poll(async () => Object.keys((await keptPreferences(page)).mapPlaces ?? {}))
    .toEqual(['edge-gateway'])
  await page.reload()
  await expect(services(page)).toHaveCount(5)
  await expect.poll(apart).toBe(true)
})

test('a service that was left out is let in by who looks for it, and by its details', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/map?hide=order-service`)
  await expect(services(page)).toHaveCount(4)
  await expect(page.getByText(/^4 of 5 services, \d of \d calls from/)).toBeVisible()
  await page.getByRole('combobox', { name: 'Find a service' }).fill('order-service')
  await page.keyboard.press('Enter')
  await expect(service(page, 'order-service')).toHaveAttribute('aria-selected', 'true')
  await page.goto(`${url}/map?hide=order-service&selected=order-service`)
  await page.getByRole('button', { name: 'Show order-service' }).click()
  await expect(service(page, 'order-service')).toHaveAttribute('aria-selected', 'true')
})

test('a map that nobody has moved is fitted anew when the window changes', async ({ page, url }) => {
  await page.goto(`${url}/map`)
  const widthOf = async () => (await service(page, 'order-service').boundingBox())?.width ?? 0
  await expect.poll(widthOf).toBeGreaterThan(0)
  const before = await widthOf()
  await page.setViewportSize({ width: 700, height: 600 })
  await expect.poll(widthOf).toBeLessThan(before)
})

const boxOf = async (one: Locator) => {
  const box = await one.boundingBox()
  if (!box) throw new Error('not there')
  return box
}

for (const [how, letGo] of [
  ['Escape', (page: Page) => page.keyboard.press('Escape')],
  [
    'what takes the pointer away',
    (page: Page) => service(page, 'edge-gateway').dispatchEvent('pointercancel', { pointerId: 1 }),
  ],
] as const)
  test(`a service that is dragged goes back to where it was by ${how}`, async ({ page, url }) => {
    await page.goto(`${url}/map`)
    const gateway = service(page, 'edge-gateway')
    const { x, y } = await boxOf(gateway)
    const placeOf = () => gateway.evaluate(({ style: { left, top } }) => [left, top])
    const before = await placeOf()
    await page.mouse.move(x + 20, y + 20)
    await page.mouse.down()
    await page.mouse.move(x + 60, y + 140, { steps: 4 })
    const canvases = page.locator('main canvas')
    // What is dragged is drawn on the one above.
    await expect(canvases.nth(1)).toBeVisible()
    await letGo(page)
    await expect(canvases.nth(1)).toBeHidden()
    await page.mouse.move(x + 90, y + 160, { steps: 2 })
    await expect(canvases.nth(1)).toBeHidden()
    await page.mouse.up()
    await expect(gateway).toHaveAttribute('aria-selected', 'true')
    // One that is moved after it is kept at its place, and this one is not.
    const order = await boxOf(service(page, 'order-service'))
    await page.mouse.move(order.x + 20, order.y + 20)
    await page.mouse.down()
    await page.mouse.move(order.x + 30, order.y + 90, { steps: 3 })
    await page.mouse.up()
    await expect
      .poll(async () => Object.keys((await keptPreferences(page)).mapPlaces ?? {}))
      .toEqual(['order-service'])
    expect(await placeOf()).toEqual(before)
  })

test('a press on a service that lies half out of view does not move the map', async ({ page, url }) => {
  await page.goto(`${url}/map`)
  const gateway = service(page, 'edge-gateway')
  await expect(gateway).toBeVisible()
  const map = await boxOf(page.getByRole('listbox', { name: 'Services' }).locator('..'))
  const start = await boxOf(gateway)
  await page.mouse.move(map.x + map.width / 2, map.y + 40)
  await page.mouse.wheel(start.x - map.x + start.width / 2, 0)
  await expect.poll(async () => Math.round((await boxOf(gateway)).x)).toBeLessThan(map.x)
  const before = await boxOf(gateway)
  await page.mouse.click(map.x + 8, before.y + before.height / 2)
  await expect(gateway).toBeFocused()
  await expect(details(page)).toBeVisible()
  expect((await boxOf(gateway)).x).toBeCloseTo(before.x, 0)
  // Keys bring it into view.
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowLeft')
  await expect
    .poll(async () => Math.round((await boxOf(gateway)).x))
    .toBeGreaterThanOrEqual(Math.floor(map.x))
})

test('all that is placed anew is seen whole again', async ({ page, url }) => {
  await page.goto(`${url}/map`)
  const [gateway, order] = [service(page, 'edge-gateway'), service(page, 'order-service')]
  await expect(gateway).toBeVisible()
  const before = await boxOf(order)
  const map = page.getByRole('listbox', { name: 'Services' }).locator('..')
  const { x, y } = await boxOf(gateway)
  await page.mouse.move(x + 20, y + 20)
  await page.mouse.down()
  await page.mouse.move(x + 60, y + 300, { steps: 4 })
  await page.mouse.up()
  await page.getByRole('button', { name: 'Place all anew' }).waitFor()
  // Further away: the map is moved, and with it what was moved.
  await page.getByRole('button', { name: 'Close the details' }).click()
  await page.mouse.move(x + 200, y + 100)
  await page.mouse.wheel(0, 5_000)
  await expect.poll(async () => (await boxOf(order)).y).toBeLessThan(0)
  await page.getByRole('button', { name: 'Place all anew' }).click()
  await expect.poll(async () => (await boxOf(order)).y).toBeCloseTo(before.y, 0)
  const frame = await boxOf(map)
  expect((await boxOf(gateway)).y).toBeGreaterThan(frame.y)
})

test('a neighbourhood of a service that is not shown is not said to be shown, and the way out is a click', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/map?focus=order-service&hide=order-service`)
  const note = page.getByRole('status').filter({ hasText: 'order-service is hidden.' })
  await expect(note).toContainText('All others are shown')
  await expect(services(page)).toHaveCount(4)
  await expect(page.getByRole('button', { name: /around order-service/ })).toHaveCount(0)
  await note.getByRole('button', { name: 'Show order-service' }).click()
  await expect(services(page)).toHaveCount(4)
  await expect(service(page, 'order-service')).toBeVisible()
  await expect(page.getByRole('button', { name: /around order-service/ })).toBeVisible()
  await page.goto(`${url}/map?focus=nobody`)
  const unknown = page.getByRole('status').filter({ hasText: 'No call of nobody is known in this time.' })
  await expect(services(page)).toHaveCount(5)
  await unknown.getByRole('button', { name: 'Show all services' }).click()
  await expect(page).not.toHaveURL(/focus=/)
  await expect(unknown).toHaveCount(0)
})

test('a service that calls itself says so, and its loop leads to it', async ({ page, url, jaeger }) => {
  const itself = { parent: 'order-service', child: 'order-service', callCount: 7 }
  jaeger.answer(jaegerHolding([], [...calls, itself]))
  await page.goto(`${url}/map`)
  const order = page.getByRole('option', { name: /^order-service,.*, calls itself$/ })
  const { x, y, width, height } = await boxOf(order)
  const canvas = page.locator('main canvas').first()
  const cursor = () => canvas.locator('..').evaluate((frame) => frame.style.cursor)
  // Somewhere below the middle of its box the loop passes.
  let below = 0
  await expect(async () => {
    below = below > 60 ? 4 : below + 2
    await page.mouse.move(x + width / 2, y + height + below)
    expect(await cursor()).toBe('pointer')
  }).toPass({ intervals: [50] })
  await page.mouse.click(x + width / 2, y + height + below)
  await expect(order).toHaveAttribute('aria-selected', 'true')
})
