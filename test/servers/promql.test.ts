/** The same series in Prometheus and in Clew's own store, the same queries, the same answers. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { gatherAnswer } from '#shared/metrics/answer-series'
import { GatheredSeries } from '#shared/metrics/gathered-series'
import type { PromqlAnswer } from '#shared/query/promql/answer'
import { evaluateInstant, evaluateRange } from '#shared/query/promql/evaluate'
import { PromqlError } from '#shared/query/promql/promql-error'
import { createSeriesStore, type SeriesStore } from '#shared/query/promql/series-store'
import { type Backend, startBackend } from './backends.ts'
import { waitUntil } from './feed.ts'
import { difference } from './promql/compare.ts'
import { spanMs, writeSeries } from './promql/data.ts'
import { generateQuery } from './promql/generate.ts'
import { refusedQueries, writtenQueries } from './promql/queries.ts'
import { remoteWrite } from './promql/remote-write.ts'
import { Random } from './story/span.ts'

// On a whole minute, so that a query means the same whenever it is asked.
const endMs = Math.floor(Date.now() / 60_000) * 60_000 - 60_000
const startMs = endMs - spanMs
const series = writeSeries(startMs)
const store = createSeriesStore(series)
/** Between samples, on one, and in the time when things were missing. */
const moments = [endMs - 7000, startMs + 2_100_000, startMs + 2_407_500]
const range = { startMs: startMs + 1_200_000, endMs: endMs + 400_000, stepMs: 61_000 }

let prometheus: Backend
beforeAll(async () => {
  // One of its own: the story's has span metrics of Tempo coming in.
  prometheus = await startBackend('prometheus')
  await remoteWrite(prometheus.url, series)
  await waitUntil('Prometheus to hold every series', async () => {
    const { data } = await ask('query', { query: 'count({__name__=~".+"})', time: seconds(moments[0]) })
    return data.resultType === 'vector' && data.result.length > 0
  })
})
afterAll(() => prometheus?.stop())

function seconds(ms: number): string {
  return String(ms / 1000)
}

class Refused extends Error {}

async function ask(path: 'query' | 'query_range', parameters: Record<string, string>): Promise<PromqlAnswer> {
  const answer = await fetch(`${prometheus.url}/api/v1/${path}`, {
    method: 'POST',
    body: new URLSearchParams(parameters),
  })
  const body = (await answer.json()) as PromqlAnswer & { error?: string }
  if (!answer.ok) throw new Refused(body.error)
  return body
}

/** An answer, or that there is none. */
async function settle(answer: Promise<PromqlAnswer>): Promise<PromqlAnswer | 'refused'> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof Refused) return 'refused'
    if (error instanceof PromqlError && error.kind !== 'unsupported') return 'refused'
    throw error
  }
}

async function compare(
  ours: Promise<PromqlAnswer>,
  theirs: Promise<PromqlAnswer>,
  anywhere: boolean,
): Promise<string | undefined> {
  const [our, their] = await Promise.all([settle(ours), settle(theirs)])
  if (our === 'refused' || their === 'refused')
    return our === their ? undefined : `refused by ${our === 'refused' ? 'us' : 'Prometheus'} alone`
  return difference(our, their, { anywhere })
}

/** `anywhere`: the query may say the same thing in several places, of which a warning names one. */
async function atMoments(query: string, anywhere = false): Promise<void> {
  for (const timeMs of moments)
    expect(
      await compare(
        evaluateInstant(query, store, { timeMs }),
        ask('query', { query, time: seconds(timeMs) }),
        anywhere,
      ),
      `${query} at ${seconds(timeMs - startMs)} s`,
    ).toBeUndefined()
}

async function overTime(query: string, anywhere = false): Promise<void> {
  const parameters = {
    query,
    start: seconds(range.startMs),
    end: seconds(range.endMs),
    step: seconds(range.stepMs),
  }
  expect(
    await compare(evaluateRange(query, store, range), ask('query_range', parameters), anywhere),
    `${query} over time`,
  ).toBeUndefined()
}

/** Range vectors by themselves, for a moment only. */
const rangeVectors = [
  'requests_total[2m]',
  'rpc_seconds[1m]',
  'both[4m] offset 1m',
  'gone[10m] @ end()',
  'queue_length[2m:20s]',
  'sum by (job) (queue_length)[5m:1m] offset 30s',
]

function order({ data }: PromqlAnswer): unknown {
  return data.resultType === 'vector' && data.result.map(({ metric }) => metric)
}

describe('PromQL', () => {
  test.each(writtenQueries)('%s', async (query) => {
    await atMoments(query)
    if (!query.startsWith('"')) await overTime(query)
  })

  test.each(rangeVectors)('%s', async (query) => atMoments(query))

  const random = new Random(42)
  test.each(Array.from({ length: 400 }, () => generateQuery(random)))('%s', async (query) => {
    await atMoments(query, true)
    await overTime(query, true)
  })

  describe('of answers that were saved and opened', () => {
    /** What ends and what a query tells of that is left out: that a series has ended stands in no answer. */
    const names = ['queue_length', 'memory_bytes', 'workers', 'build_info', 'rpc_seconds']
    let opened: SeriesStore
    beforeAll(async () => {
      const gathered = new GatheredSeries()
      for (const name of names) {
        const answer = await ask('query', { query: `${name}[2h]`, time: seconds(endMs + 1000) })
        expect(gatherAnswer({ status: 'success', data: answer.data }, `${name}.json`, gathered)).toBe(true)
      }
      opened = createSeriesStore(gathered.series())
    })

    const asked = writtenQueries.filter(
      (query) =>
        names.some((name) => query.includes(name)) &&
        !/requests_total|odd|rare|late|gone|both|steady|pool_level|rpc_seconds\[\w+:/.test(query),
    )
    test('there are some dozens of queries', () => {
      expect(asked.length).toBeGreaterThan(24)
    })

    test.each(asked)('%s', async (query) => {
      for (const timeMs of moments)
        expect(
          await compare(
            evaluateInstant(query, opened, { timeMs }),
            ask('query', { query, time: seconds(timeMs) }),
            false,
          ),
        ).toBeUndefined()
    })
  })

  test.each(refusedQueries)('%s is refused by both', async (query) => {
    expect(await settle(evaluateInstant(query, store, { timeMs: moments[0] }))).toBe('refused')
    expect(await settle(ask('query', { query, time: seconds(moments[0]) }))).toBe('refused')
  })

  test.each([
    'sort(queue_length)',
    'sort_desc(queue_length)',
    'sort_by_label(queue_length, "instance")',
    'topk(3, queue_length)',
  ])('%s is in the same order', async (query) => {
    const [ours, theirs] = await Promise.all([
      evaluateInstant(query, store, { timeMs: moments[0] }),
      ask('query', { query, time: seconds(moments[0]) }),
    ])
    expect(order(ours)).toEqual(order(theirs))
  })
})
