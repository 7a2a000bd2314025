/** The overview from what Tempo's metrics generator writes into a Prometheus: span metrics, and the service graph for who has none. */
import { randomBytes } from 'node:crypto'
import { expect, test as base } from '../e2e/clew.ts'
import { type Backend, startBackend } from './backends.ts'
import { sendSpans } from './feed.ts'
import { pause } from './process.ts'
import { Random, TraceWriter } from './story/span.ts'

let prometheus: Backend
let tempo: Backend

const test = base.extend({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  clewArgs: async ({}, use) => use(['--no-open', '--connect', `prometheus=${prometheus.url}`]),
})

const random = new Random(3)

/** Four checkouts, one of which fails; each takes 40 ms, of which inventory works for 20, and its database for 10. */
function fourCheckouts() {
  return [0, 1, 2, 3].flatMap((index) => {
    const trace = new TraceWriter(
      randomBytes(16).toString('hex'),
      BigInt(Date.now() - 1_000) * 1_000_000n,
      random,
    )
    const failed = index === 3 ? { error: 'out of stock' } : {}
    const checkout = trace.add({
      service: 'checkout',
      name: 'POST /checkout',
      kind: 'server',
      atMs: 0,
      forMs: 40,
      ...failed,
    })
    const call = trace.add({ parent: checkout, name: 'Reserve', kind: 'client', atMs: 5, forMs: 30 })
    const reserve = trace.add({
      parent: call,
      service: 'inventory',
      name: 'Reserve',
      kind: 'server',
      atMs: 10,
      forMs: 20,
    })
    trace.add({
      parent: reserve,
      name: 'SELECT',
      kind: 'client',
      atMs: 12,
      forMs: 10,
      attributes: { 'db.system': 'postgresql', 'db.name': 'stock-db' },
    })
    trace.add({
      service: 'mailer',
      name: 'send mail',
      kind: 'consumer',
      parent: checkout,
      atMs: 20,
      forMs: 20,
    })
    return trace.spans
  })
}

/** Whether a minute's rate of the service graph can be told, which comes last: pairs of spans are waited for. */
async function isMeasured(): Promise<boolean> {
  const query = 'rate(traces_service_graph_request_server_seconds_count{server="stock-db"}[1m]) > 0'
  const answer = await fetch(`${prometheus.url}/api/v1/query?query=${encodeURIComponent(query)}`)
  const { data } = (await answer.json()) as { data: { result: unknown[] } }
  return data.result.length > 0
}

test.beforeAll(async () => {
  base.setTimeout(240_000)
  prometheus = await startBackend('prometheus')
  tempo = await startBackend('tempo', { prometheus })
  const untilMs = Date.now() + 180_000
  while (!(await isMeasured())) {
    if (Date.now() > untilMs) throw new Error('Tempo wrote no service graph within three minutes.')
    await sendSpans(tempo, fourCheckouts())
    await pause(2_000)
  }
})

test.afterAll(async () => {
  await tempo?.stop()
  await prometheus?.stop()
})

const lately = (): string => `from=${Date.now() - 300_000}&to=${Date.now()}`

test('services are told by their spans: durations in the buckets of Tempo, and the share that failed', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/overview?${lately()}`)
  const table = page.getByRole('table', { name: 'Services' })
  const cellsOf = (service: string) =>
    table
      .getByRole('row')
      .filter({ has: page.getByRole('button', { name: service, exact: true }) })
      .getByRole('cell')
  // 40 ms lie in the bucket from 32 to 64, whose middle is 48.
  const checkout = cellsOf('checkout')
  await expect(checkout.nth(5)).toHaveText('25 %')
  await expect(checkout.nth(7)).toHaveText('48.0 ms')
  await expect(checkout.nth(8)).toHaveText('62.4 ms')
  await expect(checkout.nth(10)).toHaveText('63.7 ms')
  await expect(cellsOf('inventory').nth(5)).toHaveText('0 %')
  await expect(cellsOf('inventory').nth(7)).toHaveText('24.0 ms')
  // Who takes messages serves too.
  await expect(cellsOf('mailer').nth(7)).toHaveText('24.0 ms')
  // The database writes no spans: those who call it tell of it.
  await expect(cellsOf('stock-db').nth(5)).toHaveText('0 %')
  await expect(page.getByRole('contentinfo')).toContainText('traces_spanmetrics_latency')
})

test('operations are the names of the spans', async ({ page, url }) => {
  await page.goto(`${url}/service?service=checkout&${lately()}`)
  const row = page.getByRole('table', { name: 'Operations' }).getByRole('row', { name: /^POST \/checkout/ })
  await expect(row.getByRole('cell').nth(5)).toHaveText('25 %')
  await expect(row.getByRole('cell').nth(7)).toHaveText('48.0 ms')
  await expect(page.getByText('These metrics do not tell its instances apart.')).toBeVisible()
})
