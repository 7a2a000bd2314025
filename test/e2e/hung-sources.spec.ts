/** Chromium opens six connections to one server: two sources that accept and never answer must leave some of them to the others. */
import { expect, test as base } from './clew.ts'
import { startServer, type FakeServer } from './fake-servers.ts'
import { manyTraces, tempoWith } from './search-servers.ts'
import { tracePage } from './trace-page.ts'

const endMs = Math.floor(Date.now() / 60_000) * 60_000
const held = manyTraces(3, endMs, 60_000, 'a')

const test = base.extend<{ hung: readonly FakeServer[]; healthy: FakeServer }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  hung: async ({}, use) => {
    const servers = await Promise.all([startServer(() => undefined), startServer(() => undefined)])
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
      [`tempo=${hung[0].url}`, `jaeger=${hung[1].url}`, `tempo=${healthy.url}`].flatMap((source) => [
        '--connect',
        source,
      ]),
    ),
})

test('while two sources hang, a third is searched and its trace opens', async ({ page, url, healthy }) => {
  const from = endMs - 3_600_000
  await page.goto(`${url}/traces?service=order-service&from=${from}&to=${endMs}`)
  const line = page
    .getByRole('list', { name: 'Progress by source' })
    .getByRole('listitem')
    .filter({ hasText: String(healthy.port) })
  await expect(line).toContainText('3 traces in')
  const row = page.getByRole('grid', { name: 'Traces' }).locator('[role=row][aria-rowindex="2"]')
  await row.click()
  await row.press('Enter')
  await expect(tracePage(page).rows.first()).toBeVisible()
})
