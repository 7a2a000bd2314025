import type { Page } from '@playwright/test'
import { expect, expectAxeClean, test as base } from './clew.ts'
import { json, startServer, text, type Answer, type FakeServer } from './fake-servers.ts'
import { jaegerHolding } from './search-servers.ts'

const calls = [
  { parent: 'edge-gateway', child: 'order-service', callCount: 1234 },
  { parent: 'order-service', child: 'payment-service', callCount: 1220 },
  { parent: 'order-service', child: 'inventory-service', callCount: 40 },
]

/** A Zipkin that knows one of the calls as well, and counts errors. */
const zipkin: Answer = (request, response) => {
  const path = (request.url ?? '').split('?', 1)[0]
  if (path === '/health')
    return json({ status: 'UP', zipkin: { status: 'UP', details: {} } })(request, response)
  if (path === '/info') return json({ zipkin: { version: '3.5.0' } })(request, response)
  if (path === '/config.json') return json({ searchEnabled: true, queryLimit: 10 })(request, response)
  if (path === '/api/v2/services') return json(['edge-gateway', 'order-service'])(request, response)
  if (path === '/api/v2/dependencies')
    return json([{ parent: 'edge-gateway', child: 'order-service', callCount: 1200, errorCount: 17 }])(
      request,
      response,
    )
  return json([])(request, response)
}

const test = base.extend<{ jaeger: FakeServer; zipkin: FakeServer }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  jaeger: async ({}, use) => {
    const server = await startServer(jaegerHolding([], calls))
    await use(server)
    await server.stop()
  },
  // eslint-disable-next-line no-empty-pattern -- as above
  zipkin: async ({}, use) => {
    const server = await startServer(zipkin)
    await use(server)
    await server.stop()
  },
  clewArgs: async ({ jaeger, zipkin }, use) =>
    use(['--connect', `jaeger=${jaeger.url}`, '--connect', `zipkin=${zipkin.url}`]),
})

const grid = (page: Page) => page.getByRole('grid', { name: 'Calls between services' })
const rows = (page: Page) => grid(page).locator('[role=row][aria-rowindex]:not([aria-rowindex="1"])')
const asked = (server: FakeServer) =>
  server.asked.filter(({ path }) => /dependencies\?/.test(path)).map(({ path }) => path)

test('calls of every source are one table, and each says who counted it', async ({ page, url }) => {
  await page.goto(`${url}/map?view=table`)
  await expect(rows(page)).toHaveCount(4)
  const shared = rows(page).filter({ hasText: 'edge-gateway' })
  // They disagree: each number stands beside the source that gave it.
  await expect(shared.first().getByRole('gridcell')).toHaveText([
    'edge-gateway',
    'order-service',
    /^1\s234$/,
    /not said/,
    /^Jaeger/,
  ])
  await expect(shared.last().getByRole('gridcell')).toHaveText([
    'edge-gateway',
    'order-service',
    /^1\s200$/,
    '17',
    /^Zipkin/,
  ])
  await expect(rows(page).first()).toContainText('edge-gateway')
  await grid(page).getByRole('columnheader', { name: 'Callee' }).getByRole('button').click()
  await expect(rows(page).first()).toContainText('inventory-service')
  await expect(page).toHaveURL(/sort=child.asc/)
})

test('a filter finds caller and callee, and says when it finds none', async ({ page, url }) => {
  await page.goto(`${url}/map?view=table`)
  const filter = page.getByRole('textbox', { name: 'Filter by service' })
  await filter.fill('PAY')
  await expect(rows(page)).toHaveCount(1)
  await page.reload()
  await expect(rows(page)).toHaveCount(1)
  await filter.fill('nobody')
  await expect(page.getByText('No service here is named “nobody”.')).toBeVisible()
  await page.getByRole('button', { name: 'Show all 4' }).click()
  await expect(rows(page)).toHaveCount(4)
})

test('a call leads to the traces of who is called, by keyboard too', async ({ page, url }) => {
  await page.goto(`${url}/map?view=table`)
  await expect(rows(page)).toHaveCount(4)
  await grid(page).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/traces\?source=[^&]+&service=payment-service&from=now-24h&to=now/)
  await expect(page.getByRole('combobox', { name: 'Service' })).toHaveValue('payment-service')
})

test('both services of a selected call lead on, over the time of the map', async ({ page, url }) => {
  await page.goto(`${url}/map?view=table`)
  await expect(rows(page)).toHaveCount(4)
  await grid(page).focus()
  await page.keyboard.press('ArrowDown')
  const services = page.getByRole('list', { name: 'Services of the selected call' })
  await expect(services.getByRole('listitem')).toHaveText(['order-service', 'payment-service'])
  await services.getByRole('button', { name: 'Follow order-service' }).click()
  await page.getByRole('menuitem', { name: /^Its failed traces/ }).click()
  await expect(page).toHaveURL(/\/traces\?.*service=order-service&errors=1/)
})

test('another time is asked for', async ({ page, url, jaeger }) => {
  await page.goto(`${url}/map?view=table`)
  await expect(rows(page)).toHaveCount(4)
  await page.getByRole('button', { name: /^Time range/ }).click()
  await page.getByRole('button', { name: 'last 7 d' }).click()
  await expect(page).toHaveURL(/from=now-7d/)
  await expect.poll(() => asked(jaeger).at(-1)).toMatch(/lookback=604800000/)
})

test('a source that fails says so, and what the other knows is shown', async ({ page, url, zipkin }) => {
  zipkin.answer((request, response) =>
    (request.url ?? '').includes('dependencies')
      ? text('storage is down', 503)(request, response)
      : json([])(request, response),
  )
  await page.goto(`${url}/map?view=table`)
  await expect(page.getByRole('alert')).toContainText('storage is down')
  await expect(rows(page)).toHaveCount(3)
  zipkin.answer((request, response) => json([])(request, response))
  await page.getByRole('button', { name: /^Retry Zipkin/ }).click()
  await expect(page.getByRole('alert')).toBeHidden()
})

test('where there is nothing the page says why that may be', async ({ page, url, jaeger, zipkin }) => {
  jaeger.answer(jaegerHolding([]))
  zipkin.answer((request, response) => json([])(request, response))
  await page.goto(`${url}/map`)
  await expect(page.getByText('No calls between services in the last 24 h.')).toBeVisible()
  await expect(page.getByText(/dependencies job/)).toBeVisible()
  await page.getByRole('button', { name: 'Last 7 days instead' }).click()
  await expect(page).toHaveURL(/from=now-7d/)
})

for (const theme of ['light', 'dark'] as const)
  test(`the table of calls is clean for axe in the ${theme} theme`, async ({ page, url }) => {
    await page.emulateMedia({ colorScheme: theme })
    await page.goto(`${url}/map?view=table`)
    await expect(rows(page)).toHaveCount(4)
    await expectAxeClean(page)
  })

base('with no source that counts calls the page says what to connect', async ({ page, url }) => {
  await page.goto(`${url}/map`)
  await expect(page.getByText('No source that knows who calls whom.')).toBeVisible()
  await page.getByRole('button', { name: 'Connect a source' }).click()
  await expect(page).toHaveURL(/\/connections/)
})
