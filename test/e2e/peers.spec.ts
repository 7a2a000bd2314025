/** A span among its peers: how long the same operation takes at other times, from what that is known, and ways to some of them. */
import { expect, expectAxeClean, test as base } from './clew.ts'
import { type FakeServer, startServer } from './fake-servers.ts'
import { type HeldTrace, jaegerHolding } from './search-servers.ts'
import { tracePage } from './trace-page.ts'

base.describe('in the demo shop', () => {
  base.use({ clewArgs: ['--demo', 'pool-exhaustion'] })

  base(
    'a request is counted by its histogram, and another by searching; a typical one is a click away',
    async ({ page }) => {
      await page.getByRole('link', { name: 'Traces' }).click()
      await page.getByLabel('Service', { exact: true }).fill('payment-service')
      await page.getByLabel('Duration over').fill('3s')
      await page.getByRole('button', { name: 'Run', exact: true }).click()
      const results = page.getByRole('grid', { name: 'Traces' })
      await results.getByRole('row').filter({ hasText: 'POST /api/checkout' }).first().dblclick()
      const { find, found, spans, details } = tracePage(page)
      const peers = details.getByRole('region', { name: 'Among its peers' })
      const show = async (text: string, name: string) => {
        await find.fill(text)
        await expect(found).toHaveText(/^1 of/)
        await find.press('Enter')
        await expect(details.getByRole('heading', { level: 2 })).toHaveText(name)
      }
      await show('service:payment-service kind:server', 'POST /payments/charge')
      await expect(peers.getByRole('status')).toHaveText(/^slower than \d+ % of about \d+$/)
      await expect(peers).toContainText('counted by http_server_request_duration_seconds in Demo shop')
      await expect(peers).toContainText(
        'sum by (le) (rate(http_server_request_duration_seconds_bucket{job="payment-service"',
      )
      await expect(peers.getByRole('img')).toHaveAccessibleName(
        /^Durations of \d+ spans: half took up to .* ms, 95 % up to .* This one took .* s: slower than/,
      )
      await expectAxeClean(page)

      await show('name:payments-db', 'payments-db pool.acquire')
      await expect(peers).toContainText('found in Demo shop')
      await expect(peers).toContainText(
        '{ resource.service.name = "payment-service" && name = "payments-db pool.acquire"',
      )
      const own = new URL(page.url()).searchParams.get('id')
      const isTypical = () => expect(spans.getByRole('row', { selected: true })).toContainText('µs')
      await details.click({ position: { x: 5, y: 5 } })
      await page.keyboard.press('b')
      const typical = peers.getByRole('button', { name: 'A typical one' })
      await expect(typical).toBeFocused()
      await expect(typical).toHaveAttribute(
        'title',
        /duration >= \d+ns && duration <= \d+ns && kind = internal/,
      )
      await page.keyboard.press('Enter')
      await expect(spans.getByRole('row', { selected: true })).toContainText('payments-db pool.acquire')
      await isTypical()
      expect(new URL(page.url()).searchParams.get('id')).not.toBe(own)

      await page.keyboard.press('?')
      const sheet = page.getByRole('complementary', { name: 'Keys' })
      await expect(sheet).toContainText('Logs of this traceShiftA')
      for (const words of ['A typical one of its peersShiftB', 'A slow one of its peersShiftS'])
        await expect(sheet).toContainText(words)
      await expect(sheet).toContainText('A failed one of its peersShiftT')
      await page.keyboard.press('Escape')
      // Their keys are there as soon as they are found.
      await expect(peers.getByRole('button', { name: 'A slow one' })).toBeVisible()
      await page.keyboard.press('Shift+S')
      await expect(spans.getByRole('row', { selected: true })).toContainText(/pool\.acquire[\d.]+ s/)
      await page.goBack()
      await isTypical()
      await expect(peers.getByRole('button', { name: 'A failed one' })).toBeVisible()
      await page.keyboard.press('Shift+T')
      await expect(details).toContainText('connection pool exhausted')
      await page.goBack()
      await isTypical()
      await page.goBack()
      await expect.poll(() => new URL(page.url()).searchParams.get('id')).toBe(own)
    },
  )
})

const startMs = Date.now() - 600_000
const traces: readonly HeldTrace[] = Array.from({ length: 10 }, (_, index) => ({
  id: `00c1f0c2a7d94c1e8b03d5c6f211${index.toString().padStart(4, '0')}`,
  startMs: startMs + index * 1_000,
  durationMs: 100 * (index + 1),
  service: 'order-service',
  name: 'POST /orders',
  failed: index === 4,
}))
const slowest = traces[9]

const test = base.extend<{ jaeger: FakeServer }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  jaeger: async ({}, use) => {
    const jaeger = await startServer(jaegerHolding(traces))
    await use(jaeger)
    await jaeger.stop()
  },
  clewArgs: async ({ jaeger }, use) => use(['--connect', `jaeger=${jaeger.url}`]),
})

test('a Jaeger, which sends whole traces, is asked once that is wanted', async ({ page, url, jaeger }) => {
  await page.goto(`${url}/trace?id=${slowest.id}&span=${slowest.id.slice(-12)}0001`)
  const { details } = tracePage(page)
  const peers = details.getByRole('region', { name: 'Among its peers' })
  const ask = peers.getByRole('button', { name: 'Read Jaeger’s traces of this hour' })
  await expect(ask).toBeVisible()
  const searches = () => jaeger.asked.filter(({ path }) => path.startsWith('/api/traces?'))
  expect(searches()).toEqual([])
  await page.keyboard.press('b')
  await expect(peers.getByRole('status')).toHaveText('slower than 90 % of 10')
  expect(searches()).toHaveLength(1)
  // What was asked, in the words of a Jaeger.
  await expect(peers).toContainText('service=order-service&operation=POST /orders')
  await expectAxeClean(page)
  await peers.getByRole('button', { name: 'A failed one' }).click()
  await expect(details).toContainText('500 ms')
  expect(page.url()).toContain(traces[4].id)
})

test('of a Jaeger too a key leads to a peer at once: its traces are read first, and once', async ({
  page,
  url,
  jaeger,
}) => {
  await page.goto(`${url}/trace?id=${slowest.id}&span=${slowest.id.slice(-12)}0001`)
  const { details } = tracePage(page)
  const peers = details.getByRole('region', { name: 'Among its peers' })
  await expect(peers.getByRole('button', { name: 'Read Jaeger’s traces of this hour' })).toBeVisible()
  await page.keyboard.press('Shift+T')
  await expect(details).toContainText('500 ms')
  expect(page.url()).toContain(traces[4].id)
  // Of all, and of those that failed.
  const searches = () => jaeger.asked.filter(({ path }) => path.startsWith('/api/traces?'))
  expect(searches()).toHaveLength(2)
  await page.keyboard.press('{')
  await expect.poll(() => page.url()).toContain(slowest.id)
  await expect(peers.getByRole('status')).toHaveText('slower than 90 % of 10')
  await expect(peers.getByRole('button', { name: 'Read Jaeger’s traces of this hour' })).toHaveCount(0)
  expect(searches()).toHaveLength(2)
})

test('of more than one search gives, all of the hour is looked at, not its newest part', async ({
  page,
  url,
  jaeger,
}) => {
  // In the first half hour each took a second, in the second a tenth of that.
  const many = Array.from({ length: 116 }, (_, index): HeldTrace => ({
    id: `11c1f0c2a7d94c1e8b03d5c6f211${index.toString().padStart(4, '0')}`,
    startMs: startMs - 3_000_000 + index * 30_000,
    durationMs: index < 58 ? 1_000 : 100,
    service: 'order-service',
    name: 'POST /orders',
  }))
  jaeger.answer(jaegerHolding([...many, slowest]))
  await page.goto(`${url}/trace?id=${many[60].id}&span=${many[60].id.slice(-12)}0001`)
  const peers = tracePage(page).details.getByRole('region', { name: 'Among its peers' })
  await peers.getByRole('button', { name: 'Read Jaeger’s traces of this hour' }).click()
  await expect(peers).toContainText('not all there are: some of each sixth of that time')
  await expect(peers.getByRole('img')).toHaveAccessibleName(
    /half took up to (1\.00 s|100 ms), 95 % up to 1\.00 s/,
  )
})

test('a span that has no peers is said to be the only one, and none is offered', async ({
  page,
  url,
  jaeger,
}) => {
  jaeger.answer(jaegerHolding([slowest]))
  await page.goto(`${url}/trace?id=${slowest.id}&span=${slowest.id.slice(-12)}0001`)
  const peers = tracePage(page).details.getByRole('region', { name: 'Among its peers' })
  await peers.getByRole('button', { name: 'Read Jaeger’s traces of this hour' }).click()
  await expect(peers.getByRole('status')).toHaveText('the only one found')
  await expect(peers.getByRole('img')).toHaveAccessibleName('This one took 1.00 s: the only one found.')
  await expect(peers.getByRole('button', { name: 'A typical one' })).toHaveCount(0)
})
