/** Whose clock differs is known as soon as sources are there, before anything was opened. */
import { expect, test as base } from './clew.ts'
import { startServer } from './fake-servers.ts'
import { type HeldLine, lokiWith } from './fake-loki.ts'
import { type HeldTrace, tempoWith } from './search-servers.ts'

const startMs = Date.now() - 600_000
const traceOf = (digit: string, service: string, afterMs: number): HeldTrace => ({
  id: digit.repeat(32),
  startMs: startMs + afterMs,
  durationMs: 800,
  service,
  name: 'POST /pay',
})
const traces = [
  traceOf('a', 'order-service', 0),
  traceOf('b', 'order-service', 5_000),
  traceOf('c', 'edge-gateway', 9_000),
]

const lineOf = ({ id, service, startMs: beganMs }: HeldTrace, afterMs: number): HeldLine => ({
  ns: BigInt(beganMs + afterMs) * 1_000_000n,
  labels: { service_name: service },
  text: `level=info msg="paid" trace_id=${id}`,
})

/** Health is asked again and again; what facts are learned from is not. */
const isOfFacts = (path: string): boolean => /query_range|\/traces\/|\/search\?/.test(path)

interface Asked {
  readonly loki: string[]
  readonly tempo: string[]
}

const test = base.extend<{ asked: Asked }>({
  asked: [{ loki: [], tempo: [] }, { option: true }],
  clewArgs: async ({ asked }, use) => {
    const lines = [
      lineOf(traces[0], -120_000),
      lineOf(traces[1], -119_600),
      // Written late, and only once.
      lineOf(traces[2], 45_000),
    ]
    const isOfHealth = /\/(ready|buildinfo|echo)/
    const counted = (kind: keyof Asked, answer: ReturnType<typeof lokiWith>): typeof answer => {
      return (request, response) => {
        const path = request.url ?? ''
        if (!isOfHealth.test(path)) asked[kind].push(path)
        answer(request, response)
      }
    }
    const loki = await startServer(counted('loki', lokiWith(lines)))
    const tempo = await startServer(counted('tempo', tempoWith(traces)))
    await use(['--connect', `loki=${loki.url}`, '--connect', `tempo=${tempo.url}`])
    await tempo.stop()
    await loki.stop()
  },
})

test('a clock that is two minutes behind is learned on connecting, with few questions, and not by one late line', async ({
  page,
  url,
  asked,
}) => {
  await page.goto(`${url}/connections`)
  const clocks = page.getByRole('table', { name: 'Learned facts' }).getByRole('row', { name: /Clock/ })
  const behind = clocks.filter({ hasText: 'order-service in Loki: 2 min behind' })
  await expect(behind).toContainText('2 of 2 lines beside its spans')
  await expect(behind).toContainText(/[ab]{32}/)
  await expect(clocks.filter({ hasText: 'edge-gateway' })).toHaveCount(0)
  for (const requests of [asked.loki, asked.tempo]) expect(requests.length).toBeLessThanOrEqual(20)
  const before = [...asked.loki, ...asked.tempo].filter(isOfFacts).length
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('link', { name: 'Connections' }).click()
  await expect(behind).toBeVisible()
  expect([...asked.loki, ...asked.tempo].filter(isOfFacts)).toHaveLength(before)
})
