/** Whose clock differs is known as soon as sources are there, before anything was opened. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ServerSource } from '#shared/api/contract'
import { expect, startClew, test as base } from './clew.ts'
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

/** Health is asked again and again (of Tempo by a trace that nobody has); what facts are learned from is not. */
const isOfFacts = (path: string): boolean => /query_range|\/traces\/(?!c1e3)|\/search\?/.test(path)

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

test('a reload and another window show the same facts without asking anybody, until somebody looks again', async ({
  page,
  url,
  asked,
}) => {
  const all = () => [...asked.loki, ...asked.tempo].filter(isOfFacts).length
  const facts = page.getByRole('table', { name: 'Learned facts' })
  await page.goto(`${url}/connections`)
  await expect(facts).toContainText('order-service in Loki: 2 min behind')
  const rows = await facts.getByRole('row').allTextContents()
  const before = all()
  expect(before).toBeGreaterThan(0)
  await page.reload()
  await expect(facts).toContainText('order-service in Loki: 2 min behind')
  await expect(page.getByText('Looked just now')).toBeVisible()
  const other = await page.context().newPage()
  await other.goto(`${url}/connections`)
  const there = other.getByRole('table', { name: 'Learned facts' })
  await expect(there).toContainText('2 min behind')
  expect(await there.getByRole('row').allTextContents()).toEqual(rows)
  await other.close()
  // They are learned once the page is idle, three seconds after it was loaded at the latest.
  await page.waitForTimeout(3_500)
  expect(all()).toBe(before)
  await page.getByRole('button', { name: 'Look again' }).click()
  await expect.poll(all).toBeGreaterThan(before)
})

test('the next run knows what was learned of a connection that is kept, until that is changed', async ({
  page,
  url,
  clew,
  profile,
  asked,
}) => {
  const sent = (address: string, method: 'post' | 'put', path: string, data: object) =>
    page.request[method](address + path, { data, headers: { origin: address } })
  const [loki] = (await (await page.request.get(`${url}/api/sources`)).json()) as ServerSource[]
  const kept = { ...loki, name: 'Kept' }
  await sent(url, 'post', '/api/sources', kept)
  const labels = page.getByRole('table', { name: 'Learned facts' }).getByRole('row', { name: /Kept/ })
  await page.goto(`${url}/connections`)
  await expect(labels.first()).toBeVisible()
  const lines = () => asked.loki.filter(isOfFacts).length
  const file = join(profile, 'facts.json')
  await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toContain('compared')
  const before = lines()
  await clew.stop()
  const next = await startClew([], profile)
  try {
    await page.goto(next.address)
    await page.goto(`${next.url}/connections`)
    await expect(labels.filter({ hasText: 'Trace id in logs' })).toBeVisible()
    await page.waitForTimeout(3_500)
    expect(lines()).toBe(before)
    await sent(next.url, 'put', '/api/sources/kept', { ...kept, tenant: 'blue' })
    await page.reload()
    await expect.poll(lines).toBeGreaterThan(before)
  } finally {
    await next.stop()
  }
})
