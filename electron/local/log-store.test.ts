/** Answers are compared with the lines of the run. */
import { beforeAll, expect, test } from 'vitest'
import type { LinesQuery } from '#shared/api/logs'
import { readAnswer } from '#shared/logs/read-lines'
import { extraOf, labelsOf, levelOf, nsTextOf, textOf } from '#shared/logs/batch'
import { LogqlError } from '#shared/query/logql/logql-error'
import { simulate, type Run } from '#shared/simulate/run'
import { spanIdText, traceIdText } from '#shared/simulate/otlp/json-text'
import { createLogStore, type LogStore } from './log-store.ts'
import { recordedLines } from './recorded-lines.ts'

const endMs = 1_793_000_000_000
const window = { startMs: endMs - 600_000, endMs }
const everything = {
  startNs: `${window.startMs}000000`,
  endNs: `${endMs}000000`,
  limit: 5_000,
  direction: 'backward',
} as const

let run: Run
let store: LogStore
beforeAll(() => {
  run = simulate({ scenario: 'bad-deploy', seed: 1, endNs: BigInt(endMs) * 1_000_000n, lengthMinutes: 10 })
  store = createLogStore(recordedLines(run))
})

async function lines(query: string, more: Partial<LinesQuery> = {}) {
  const bytes = await store.lines({ query, ...everything, ...more })
  const { batch } = readAnswer(JSON.parse(new TextDecoder().decode(bytes)), 'newest')
  return Array.from({ length: batch.length }, (_, at) => ({ batch, at }))
}

test('a line is that of the run, with what goes along with it', async () => {
  const [line] = await lines('{service_name="order-service"} | severity_text="ERROR"', { limit: 1 })
  const own = run.lines.filter(
    ({ instance, severity }) => instance.service.name === 'order-service' && severity === 'ERROR',
  )
  const newestNs = Math.max(...own.map(({ atNs }) => atNs))
  // Several may share that nanosecond.
  const newest = own.find(({ atNs, text }) => atNs === newestNs && text === textOf(line))
  if (newest === undefined) throw new Error(`no such line: ${textOf(line)}`)
  expect(nsTextOf(line)).toBe(String(run.epochNs + BigInt(newest.atNs)))
  expect(levelOf(line)).toBe('error')
  expect(labelsOf(line)).toEqual({
    service_name: 'order-service',
    service_instance_id: newest.instance.name,
    deployment_environment_name: 'production',
    k8s_namespace_name: 'shop',
    k8s_pod_name: newest.instance.name,
  })
  expect(extraOf(line).metadata).toMatchObject({
    trace_id: newest.span && traceIdText(newest.span.trace),
    span_id: newest.span && spanIdText(newest.span),
    service_version: newest.instance.version,
    logger: newest.logger,
    detected_level: 'error',
  })
})

async function times(more: Partial<LinesQuery>): Promise<readonly string[]> {
  return (await lines('{service_name=~".+"}', { limit: 20, ...more })).map(nsTextOf)
}

test('the newest lines of a window come, or its oldest', async () => {
  const all = run.lines.map(({ atNs, instance }) => run.epochNs + BigInt(instance.clock(atNs)))
  const sorted = all.sort((one, other) => (one < other ? -1 : 1)).map(String)
  expect(await times({})).toEqual(sorted.slice(-20).toReversed())
  expect(await times({ direction: 'forward' })).toEqual(sorted.slice(0, 20).toReversed())
  const endNs = sorted[sorted.length - 5]
  const before = sorted.filter((ns) => ns < endNs)
  expect(await times({ endNs })).toEqual(before.slice(-20).toReversed())
})

test('the volume counts every line once, by level', async () => {
  const { levels } = await store.volume('{service_name=~".+"}', window, 60_000)
  const counted = Object.fromEntries(
    levels.map(({ level, counts }) => [level, counts.reduce((sum, count) => sum + count, 0)]),
  )
  const expected = Object.groupBy(run.lines, ({ severity }) => severity.toLowerCase())
  expect(counted).toEqual(
    Object.fromEntries(Object.entries(expected).map(([level, own]) => [level, own?.length])),
  )
})

test('labels and streams are those that have lines in the window', () => {
  const pods = store.labelValues('k8s_pod_name', '{service_name="order-service"}', window)
  const of = run.lines.filter(({ instance }) => instance.service.name === 'order-service')
  expect(pods).toEqual([...new Set(of.map(({ instance }) => instance.name))].sort())
  expect(store.series('{service_name="order-service"}', everything)).toHaveLength(pods.length)
  expect(store.labels('', { startMs: endMs, endMs: endMs + 1000 })).toEqual([])
})

test('a query is refused at its place', async () => {
  await expect(store.volume('{a="b"} | json |', window, 60_000)).rejects.toMatchObject({ from: 16, to: 16 })
  expect(() => store.labels('{a=', window)).toThrow(LogqlError)
})
