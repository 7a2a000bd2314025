/** Lines of a real Loki, checked line by line against what was pushed; thousands of them share one nanosecond. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Labels, LogVolume, LogWindow } from '#shared/api/logs'
import { extraOf, labelsOf, levelOf, nsTextOf, textOf } from '#shared/logs/batch'
import { type Order, readAnswer, readFrames } from '#shared/logs/read-lines'
import { withNameOrText } from '#shared/correlate/lines-naming'
import { withLineFilter } from '#shared/query/logql/query'
import { traceOf } from '#shared/logs/trace-of-line'
import { type LogServer, readPage } from '../../renderer/worker/log-pages.ts'
import { ClewUnderTest, input } from './clew.ts'
import { readFleet } from './fleet.ts'
import { keyOf, manyLines, type Pushed, pushLines } from './log-lines.ts'
import { writeStory } from './story/story.ts'

const { servers, endMs } = readFleet()
const story = writeStory(endMs)

const startMs = Date.now() - 30 * 60_000
const startNs = BigInt(startMs) * 1_000_000n
/** Of one run of the tests: a server may have been used before. */
const run = `run-${startMs}`
const pushed = manyLines(startMs)

let clew: ClewUnderTest
let id = ''
beforeAll(async () => {
  clew = new ClewUnderTest()
  id = await clew.connect(input('loki', servers.loki.url))
  await pushLines(servers.loki.url, run, pushed)
})
afterAll(() => clew.close())

const source = () => ({ id, name: 'Loki' })
const ask = (route: string, params: Record<string, string>): Promise<Response> =>
  clew.fetch(`/api/sources/${id}/logs/${route}?${new URLSearchParams(params).toString()}`)
const server: LogServer = {
  async lines(query, within, limit, order) {
    const direction = order === 'newest' ? 'backward' : 'forward'
    const answer = await ask('lines', { query, ...within, limit: String(limit), direction })
    return { ...readAnswer(await answer.json(), order), limit: Number(answer.headers.get('x-clew-limit')) }
  },
  series: async (query, within) =>
    (await (await ask('series', { query, ...within })).json()) as readonly Labels[],
}
const window: LogWindow = { startNs: String(startNs), endNs: String(startNs + 1_800_000_000_000n) }

async function readAll(query: string, order: Order, limit: number, within = window) {
  const lines: Pushed[] = []
  const notes: string[] = []
  let rest: LogWindow | undefined = within
  while (rest !== undefined) {
    const page = await readPage({ source: source(), query, window: rest, limit, order }, server)
    for (let at = 0; at < page.batch.length; at++) {
      const line = { batch: page.batch, at }
      lines.push({ ns: BigInt(nsTextOf(line)), app: labelsOf(line)['app'], text: textOf(line) })
    }
    notes.push(...page.notes)
    rest = page.rest
  }
  return { lines, notes }
}

describe('20,000 lines, of which 3,000 share one nanosecond', () => {
  test.each<[Order, number]>([
    ['newest', 1_000],
    ['oldest', 5_000],
    // More than the server gives at once.
    ['newest', 20_000],
  ])('come once each, in order of time (%s first, %i a page)', async (order, limit) => {
    const { lines, notes } = await readAll(`{run="${run}"}`, order, limit)
    expect(lines.map(keyOf).toSorted()).toEqual(pushed.map(keyOf).toSorted())
    const times = lines.map(({ ns }) => ns)
    const sorted = times.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    expect(times).toEqual(order === 'newest' ? sorted.toReversed() : sorted)
    expect(notes).toEqual([])
  })

  test('are filtered by the server, and come once each', async () => {
    const { lines } = await readAll(`{run="${run}", app="stock"} |= "of order 42"`, 'newest', 1_000)
    const fit = pushed.filter(({ app, text }) => app === 'stock' && text.endsWith('of order 42'))
    expect(lines.map(keyOf).toSorted()).toEqual(fit.map(keyOf).toSorted())
    expect(fit.length).toBeGreaterThan(30)
  })

  test('are filtered by a pattern', async () => {
    const { lines } = await readAll(
      withLineFilter(`{run="${run}"}`, '|>', 'line <_> of order 42'),
      'newest',
      1_000,
    )
    const fit = pushed.filter(({ text }) => text.endsWith('of order 42'))
    expect(lines.map(keyOf).toSorted()).toEqual(fit.map(keyOf).toSorted())
  })

  test('are counted over time, all of them', async () => {
    const answer = await ask('volume', {
      query: `{run="${run}"}`,
      // The bar of a line ends at it or later: one bar before the first line holds those of its very start.
      startMs: String(startMs - 60_000),
      endMs: String(startMs + 1_800_000),
      stepMs: '60000',
    })
    const { levels } = (await answer.json()) as LogVolume
    const total = levels.flatMap(({ counts }) => counts).reduce((sum, count) => sum + count, 0)
    expect(total).toBe(pushed.length)
  })
})

describe('the lines of the story', () => {
  const within = { startNs: `${story.startMs}000000`, endNs: `${story.endMs + 60_000}000000` }

  test('sent by OTLP keep their metadata apart, name their level and their trace', async () => {
    const question = { source: source(), window: within, limit: 100, order: 'newest' as const }
    const query = '{service_name="payment-service"} |= "connection pool exhausted" | span_id != ""'
    const { batch } = await readPage({ ...question, query }, server)
    expect(batch.length).toBe(1)
    const line = { batch, at: 0 }
    expect(traceOf(line)).toMatchObject({
      traceId: story.tempo.incident.traceId,
      where: 'trace_id in metadata',
    })
    expect(levelOf(line)).toBe('error')
    expect(labelsOf(line)).not.toHaveProperty('trace_id')
    expect(extraOf(line).metadata['severity_text']).toBe('ERROR')
  })

  test('are all found by their trace, in metadata or in the line, and nothing is left of how', async () => {
    const { traceId } = story.tempo.incident
    const query = withNameOrText(
      '{service_name="payment-service"}',
      [{ name: 'trace_id', value: traceId }],
      traceId,
    )
    const { batch } = await readPage(
      { source: source(), window: within, limit: 100, order: 'oldest', query },
      server,
    )
    const lines = Array.from({ length: batch.length }, (_, at) => ({ batch, at }))
    expect(new Set(lines.map((line) => traceOf(line)?.traceId))).toEqual(new Set([traceId]))
    expect(new Set(lines.map((line) => traceOf(line)?.where))).toEqual(
      new Set(['trace_id in metadata', 'JSON field traceID']),
    )
    for (const line of lines) expect(JSON.stringify([labelsOf(line), extraOf(line)])).not.toContain('in_line')
  })

  test('pushed as JSON are read by the query, and name their trace in the line', async () => {
    const question = { source: source(), window: within, limit: 100, order: 'newest' as const }
    const query = '{app="payment-service"} |= "connection pool exhausted" | json'
    const { batch } = await readPage({ ...question, query }, server)
    const line = { batch, at: 0 }
    expect([batch.length, levelOf(line), traceOf(line)?.traceId]).toEqual([
      1,
      'error',
      story.tempo.incident.traceId,
    ])
    expect(extraOf(line).parsed['msg']).toContain('connection pool exhausted')
  })
})

test('a mistake in the query is said in Loki’s words, with its place', async () => {
  const answer = await ask('lines', { query: '{app=}', ...window })
  expect(await answer.json()).toMatchObject({
    kind: 'bad-query',
    detail: expect.stringMatching(/line 1, col(umn)? 6/) as string,
  })
})

/** An answer about the lines of this run. */
const inRun = async (route: string, more: Record<string, string> = {}): Promise<unknown> => {
  const times = { startMs: String(startMs), endMs: String(startMs + 1_800_000) }
  return (await ask(route, { query: `{run="${run}"}`, ...times, ...more })).json()
}

test('labels, their values, fields and patterns are those of the lines', async () => {
  expect(await inRun('labels')).toEqual(expect.arrayContaining(['app', 'run']))
  expect(await inRun('label-values', { label: 'app' })).toEqual(['order', 'payment', 'shipping', 'stock'])
  expect(await inRun('fields')).toBeInstanceOf(Array)
  expect(await inRun('patterns')).toBeInstanceOf(Array)
})

test('lines are followed as they come, each once, with their stream', async () => {
  const stop = new AbortController()
  const nowNs = BigInt(Date.now()) * 1_000_000n
  const params = new URLSearchParams({ query: `{run="${run}", app="tailed"}`, startNs: String(nowNs) })
  const answer = await clew.fetch(`/api/sources/${id}/logs/tail?${params.toString()}`, {
    signal: stop.signal,
  })
  expect(answer.headers.get('content-type')).toBe('application/x-ndjson')
  const sent = Array.from({ length: 50 }, (_, at): Pushed => ({
    ns: nowNs + BigInt(at),
    app: 'tailed',
    text: `tailed ${at}`,
  }))
  await pushLines(servers.loki.url, run, sent.slice(0, 25))
  await pushLines(servers.loki.url, run, sent.slice(25))
  const decoder = new TextDecoder()
  const texts: string[] = []
  let rest = ''
  for await (const chunk of answer.body ?? []) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    const { batch } = readFrames(
      lines.map((line) => JSON.parse(line) as unknown),
      'oldest',
    )
    for (let at = 0; at < batch.length; at++) {
      texts.push(textOf({ batch, at }))
      expect(labelsOf({ batch, at })).toMatchObject({ app: 'tailed', run })
    }
    if (texts.length >= sent.length) break
  }
  stop.abort()
  expect(texts.toSorted()).toEqual(sent.map(({ text }) => text).toSorted())
})
