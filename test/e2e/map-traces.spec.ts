/** Who calls whom where nobody counts calls: told by the traces of a Tempo that has no service graph. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, expectAxeClean, test as base } from './clew.ts'
import { type FakeServer, startServer } from './fake-servers.ts'
import { manyTraces, tempoWith } from './search-servers.ts'

const test = base.extend<{ tempo: FakeServer }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  tempo: async ({}, use) => {
    const traces = manyTraces(60, Date.now() - 60_000, 10_000).map((trace) => ({
      ...trace,
      service: 'edge-gateway',
      answeredBy: 'order-service',
      spans: 2,
    }))
    const server = await startServer(tempoWith(traces))
    await use(server)
    await server.stop()
  },
  clewArgs: async ({ tempo }, use) => use(['--connect', `tempo=${tempo.url}`]),
})

test('a Tempo without a service graph: some of its traces are read, and that is said', async ({
  page,
  url,
  tempo,
}) => {
  const selected = JSON.stringify(['edge-gateway', 'order-service'])
  await page.goto(`${url}/map?${new URLSearchParams({ from: 'now-1h', to: 'now', selected })}`)
  await expect(page.getByText('2 services, 1 call from 40 traces of Tempo, last 1 h')).toBeVisible()
  // As many as it says, once each.
  const read = tempo.asked.filter(({ path }) => /\/api\/v2\/traces\/a0+/.test(path))
  expect(new Set(read.map(({ path }) => path.split('?')[0])).size).toBe(40)
  const details = page.getByRole('complementary', { name: 'Details' })
  await expect(details).toContainText('counted in traces that were read')
  await expect(details.getByRole('table', { name: 'Who tells of this call' })).toContainText('40')
  await expectAxeClean(page)
  // Nobody measures them: the slowest come first all the same.
  const follow = details.getByRole('list', { name: 'Follow this call' })
  await expect(follow.getByRole('button', { name: /^The slowest/ })).toBeVisible()
  await page.keyboard.press('s')
  await expect(page).toHaveURL(/\/traces\?.*service=order-service/)
  await expect(page.getByRole('radio', { name: 'Slowest first' })).toBeChecked()
  await page.goBack()
  await page.getByRole('option', { name: /^order-service, service/ }).click()
  await expect(details.getByRole('list', { name: 'Follow this service' })).toContainText('Its slowest traces')
  await page.goto(`${url}/map?view=table&from=now-1h&to=now`)
  await expect(page.getByRole('grid', { name: 'Calls between services' })).toContainText('40 traces of Tempo')
})

/** A service graph whose counters stand still: its last call was counted before the window. */
function standingGraph(): string {
  const endS = Math.floor(Date.now() / 60_000) * 60
  const series = (name: string) => ({
    metric: { __name__: name, client: 'edge-gateway', server: 'payment-service', connection_type: '' },
    values: Array.from({ length: 61 }, (_, at) => [endS - at * 60, '7']).toReversed(),
  })
  const result = ['request_total', 'request_server_seconds_count'].map((name) =>
    series(`traces_service_graph_${name}`),
  )
  return JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } })
}

test.describe('beside a service graph that came to a stop', () => {
  test.use({
    clewArgs: async ({ tempo, profile }, use) => {
      const file = join(profile, 'graph.json')
      await writeFile(file, standingGraph())
      await use([file, '--connect', `tempo=${tempo.url}`])
    },
  })

  test('traces of the Tempo are read too', async ({ page, url }) => {
    await expect(page.getByRole('group', { name: 'Ask these files' })).toBeVisible()
    await page.goto(`${url}/map?from=now-1h&to=now`)
    await expect(page.getByText('2 services, 1 call from 40 traces of Tempo, last 1 h')).toBeVisible()
  })
})
