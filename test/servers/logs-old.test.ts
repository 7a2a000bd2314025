/** A real Loki 2.9, which merges labels with what belongs to single lines, and finds neither fields nor patterns. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Labels, LogVolume, LogWindow } from '#shared/api/logs'
import type { MetricAnswer } from '#shared/api/metrics'
import { extraOf, labelsOf, nsTextOf, textOf } from '#shared/logs/batch'
import { withNameOrText } from '#shared/correlate/lines-naming'
import { isMerged, type Order, readAnswer } from '#shared/logs/read-lines'
import { withStream } from '#shared/query/logql/query'
import type { LogPage } from '../../renderer/worker/log-messages.ts'
import { type LogServer, readPage } from '../../renderer/worker/log-pages.ts'
import { ClewUnderTest, input } from './clew.ts'
import { readFleet } from './fleet.ts'
import { keyOf, manyLines, type Pushed, pushLines } from './log-lines.ts'

const { lokiOld } = readFleet().servers
const startMs = Date.now() - 30 * 60_000
const run = `old-${startMs}`
const pushed = manyLines(startMs)
const window: LogWindow = { startNs: `${startMs}000000`, endNs: `${startMs + 1_800_000}000000` }

let clew: ClewUnderTest
let id = ''
beforeAll(async () => {
  clew = new ClewUnderTest()
  id = await clew.connect(input('loki', lokiOld.url))
  await pushLines(lokiOld.url, run, pushed)
  await pushLines(
    lokiOld.url,
    run,
    [{ ns: BigInt(startMs) * 1_000_000n, app: 'beside', text: 'with its trace' }],
    { trace_id: '4be1f0c2a7d94c1e8b03d5c6f2119a7e' },
  )
})
afterAll(() => clew.close())

const ask = (route: string, params: Record<string, string>): Promise<Response> =>
  clew.fetch(`/api/sources/${id}/logs/${route}?${new URLSearchParams(params).toString()}`)
const server: LogServer = {
  async lines(query, within, limit, order) {
    const direction = order === 'newest' ? 'backward' : 'forward'
    const answer = await ask('lines', { query, ...within, limit: String(limit), direction })
    const lines: unknown = await answer.json()
    expect(isMerged(lines)).toBe(true)
    const times = { startMs: String(startMs - 60_000), endMs: String(startMs + 1_800_000) }
    const indexed = new Set((await (await ask('labels', times)).json()) as string[])
    return { ...readAnswer(lines, order, indexed), limit: Number(answer.headers.get('x-clew-limit')) }
  },
  series: async (query, within) =>
    (await (await ask('series', { query, ...within })).json()) as readonly Labels[],
}
const pageOf = (query: string, within: LogWindow, order: Order, limit: number): Promise<LogPage> =>
  readPage({ source: { id, name: 'Loki 2.9' }, query, window: within, order, limit }, server)

test.each<[Order, number]>([
  ['newest', 1_000],
  ['oldest', 5_000],
])('20,000 lines come once each, in order of time (%s first, %i a page)', async (order, limit) => {
  const lines: Pushed[] = []
  let rest: LogWindow | undefined = window
  while (rest !== undefined) {
    const page: LogPage = await pageOf(`{run="${run}", app!="beside"}`, rest, order, limit)
    expect(page.notes).toEqual([])
    for (let at = 0; at < page.batch.length; at++) {
      const line = { batch: page.batch, at }
      lines.push({ ns: BigInt(nsTextOf(line)), app: labelsOf(line)['app'], text: textOf(line) })
    }
    rest = page.rest
  }
  expect(lines.map(keyOf).toSorted()).toEqual(pushed.map(keyOf).toSorted())
  const times = lines.map(({ ns }) => ns)
  const sorted = times.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  expect(times).toEqual(order === 'newest' ? sorted.toReversed() : sorted)
})

test('what was sent along with a line is kept apart from its labels, so that its stream is found again', async () => {
  const { batch } = await pageOf(`{run="${run}", app="beside"}`, window, 'newest', 10)
  const line = { batch, at: 0 }
  expect([labelsOf(line), extraOf(line).metadata]).toEqual([
    { app: 'beside', run },
    { trace_id: '4be1f0c2a7d94c1e8b03d5c6f2119a7e' },
  ])
  const again = await pageOf(withStream('{}', labelsOf(line)), window, 'newest', 10)
  expect(again.batch.length).toBe(1)
})

test('lines are found by their trace, in metadata or in the text', async () => {
  const named = withNameOrText(
    `{run="${run}"}`,
    [{ name: 'trace_id', value: '4be1f0c2a7d94c1e8b03d5c6f2119a7e' }],
    // What another line says stands for an id.
    'line 7 of order 7',
  )
  const { batch } = await pageOf(named, window, 'oldest', 10)
  const texts = Array.from({ length: batch.length }, (_, at) => textOf({ batch, at }))
  expect(texts.toSorted()).toEqual(['line 7 of order 7', 'with its trace'])
})

/** An answer about the half hour of the lines. */
const inTime = async (route: string, query: string): Promise<unknown> => {
  const times = { startMs: String(startMs - 60_000), endMs: String(startMs + 1_800_000), stepMs: '60000' }
  return (await ask(route, { query, ...times })).json()
}

test('lines are counted over time, and drawn as metrics; fields and patterns it has none', async () => {
  const query = `{run="${run}", app!="beside"}`
  const { levels } = (await inTime('volume', query)) as LogVolume
  expect(levels.flatMap(({ counts }) => counts).reduce((sum, count) => sum + count, 0)).toBe(pushed.length)
  const { series, stats } = (await inTime(
    'metric',
    `sum by (app) (count_over_time(${query}[31m]))`,
  )) as MetricAnswer
  expect(Object.fromEntries(series.map(({ labels, values }) => [labels['app'], values.at(-1)]))).toEqual({
    order: 5_000,
    payment: 5_000,
    shipping: 5_000,
    stock: 5_000,
  })
  expect(stats.searchedBytes).toBeGreaterThan(100_000)
  expect(await inTime('fields', query)).toEqual([])
  expect(await inTime('patterns', query)).toEqual([])
})
