/** Chromium opens six connections to one server, for all tabs together: sources that hang must not hold them. */
import { expect, test as base } from './clew.ts'
import { json, startServer, type Answer, type FakeServer } from './fake-servers.ts'
import { manyTraces, tempoWith } from './search-servers.ts'
import { tracePage } from './trace-page.ts'

const endMs = Math.floor(Date.now() / 60_000) * 60_000
const held = manyTraces(3, endMs, 60_000, 'a')

const isSearch = (path: string): boolean => /^\/api\/(search|traces)\?/.test(path)

const test = base.extend<{ hung: readonly FakeServer[]; left: { count: number }; healthy: FakeServer }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  left: async ({}, use) => use({ count: 0 }),
  hung: async ({ left }, use) => {
    const never: Answer = ({ url = '' }, response) => {
      if (isSearch(url)) response.on('close', () => (left.count += 1))
    }
    // Begins, and stops in the middle.
    const halfway: Answer = (request, response) => {
      const { url = '' } = request
      if (url.startsWith('/api/v3/')) return json({}, 404)(request, response)
      if (!isSearch(url)) return json({ data: ['order-service'], errors: null })(request, response)
      response.on('close', () => (left.count += 1))
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write(`{"data":[${' '.repeat(4000)}`)
    }
    const servers = await Promise.all([
      ...Array.from({ length: 5 }, () => startServer(never)),
      ...Array.from({ length: 3 }, () => startServer(halfway)),
    ])
    await use(servers)
    await Promise.all(servers.map((server) => server.stop()))
  },
  // eslint-disable-next-line no-empty-pattern -- as above
  healthy: async ({}, use) => {
    const server = await startServer(tempoWith(held))
    await use(server)
    await server.stop()
  },
  clewArgs: async ({ hung, healthy }, use) =>
    use(
      [
        ...hung.map((server, index) => `${index < 5 ? 'tempo' : 'jaeger'}=${server.url}`),
        `tempo=${healthy.url}`,
      ].flatMap((source) => ['--connect', source]),
    ),
})

test('while eight sources hang, a ninth answers, other tabs load, a trace opens, and stopping reaches all eight', async ({
  page,
  url,
  healthy,
  hung,
  left,
}) => {
  const from = endMs - 3_600_000
  await page.goto(`${url}/traces?service=order-service&from=${from}&to=${endMs}`)
  const lines = page.getByRole('list', { name: 'Progress by source' }).getByRole('listitem')
  const cancels = lines.getByRole('button', { name: /^Cancel / })
  await expect(lines.filter({ hasText: String(healthy.port) })).toContainText('3 traces in')
  // They hang still: nothing waited for them.
  await expect(cancels).toHaveCount(hung.length)

  const other = await page.context().newPage()
  await other.goto(`${url}/connections`)
  await expect(other.getByText(String(healthy.port)).first()).toBeVisible()
  expect(await other.evaluate(async () => (await fetch('/api/app')).status)).toBe(200)
  await expect(cancels).toHaveCount(hung.length)
  await other.close()

  for (let count = hung.length; count > 0; count -= 1) {
    // oxlint-disable-next-line no-await-in-loop
    await cancels.first().click()
    // oxlint-disable-next-line no-await-in-loop
    await expect(cancels).toHaveCount(count - 1)
  }
  await expect.poll(() => left.count).toBe(hung.length)

  const row = page.getByRole('grid', { name: 'Traces' }).locator('[role=row][aria-rowindex="2"]')
  await row.click()
  await row.press('Enter')
  await expect(tracePage(page).rows.first()).toBeVisible()
})

test('a trace opens while eight sources hang', async ({ page, url, healthy, hung }) => {
  const ask = `${url}/traces?service=order-service&from=${endMs - 3_600_000}&to=${endMs}`
  await page.goto(ask)
  const lines = page.getByRole('list', { name: 'Progress by source' }).getByRole('listitem')
  await expect(lines.filter({ hasText: String(healthy.port) })).toContainText('3 traces in')
  const other = await page.context().newPage()
  await other.goto(ask)
  const row = other.getByRole('grid', { name: 'Traces' }).locator('[role=row][aria-rowindex="2"]')
  await row.click()
  await row.press('Enter')
  await expect(tracePage(other).rows.first()).toBeVisible()
  await expect(lines.getByRole('button', { name: /^Cancel / })).toHaveCount(hung.length)
})
