/** The same traces in Tempo and in Clew's own hands, the same queries, the same answers. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { parseTraceql } from '#shared/query/traceql/parse'
import { TraceqlError } from '#shared/query/traceql/traceql-error'
import { openSpans } from '../builders/open-spans.ts'
import { traceSpansOf } from '../builders/otlp-trace-spans.ts'
import type { OpenedSpans } from '../../electron/local/opened-spans.ts'
import { type Backend, startBackend } from './backends.ts'
import { waitUntil } from './feed.ts'
import { Random } from './story/span.ts'
import {
  difference,
  ourPoints,
  ourSpans,
  type TempoSearch,
  type TempoSeries,
  theirPoints,
  theirSpans,
} from './traceql/answers.ts'
import { spanMs, traceCount, writeTraces } from './traceql/data.ts'
import { generateMetrics, generateSearch } from './traceql/generate.ts'
import { refusedQueries, writtenMetrics, writtenQueries } from './traceql/queries.ts'

const startMs = Math.floor(Date.now() / 60_000) * 60_000 - spanMs - 120_000
const epochNs = BigInt(startMs) * 1_000_000n
const requests = writeTraces(startMs)
const traces = traceSpansOf(requests.flat(), epochNs)
const spanCount = traces.reduce((sum, { length }) => sum + length, 0)
/** Within the time of the traces, so that some lie outside. */
const range = { startMs: startMs + 60_000, endMs: startMs + spanMs - 60_000, stepMs: 60_000 }

let tempo: Backend
beforeAll(async () => {
  tempo = await startBackend('tempo')
  for (const resourceSpans of requests) {
    const answer = await fetch(`${tempo.otlpUrl}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resourceSpans }),
    })
    expect(await answer.text()).toBe('{"partialSuccess":{}}')
  }
  await waitUntil('Tempo to find every trace', async () => {
    const { traces: found = [] } = await search('{}')
    return found.length === traceCount || `${found.length} traces`
  })
  await waitUntil('Tempo to count every span', async () => {
    const points = theirPoints(
      await series('{} | count_over_time()', { ...range, startMs, endMs: startMs + spanMs + 60_000 }),
    )
    const counted = Object.values(points).reduce((sum, value) => sum + value, 0)
    return counted === spanCount || `${counted} spans`
  })
})
afterAll(() => tempo?.stop())

class Refused extends Error {}

async function ask<Answer>(
  path: string,
  parameters: Readonly<Record<string, string | number>>,
): Promise<Answer> {
  const search = new URLSearchParams(
    Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]),
  )
  const answer = await fetch(`${tempo.url}${path}?${search.toString()}`)
  const text = await answer.text()
  if (!answer.ok) throw new Refused(text)
  return JSON.parse(text) as Answer
}

function search(q: string): Promise<TempoSearch> {
  const window = { start: startMs / 1000 - 60, end: (startMs + spanMs) / 1000 + 60 }
  return ask('/api/search', { q, ...window, limit: traceCount, spss: 100 })
}

function series(q: string, { startMs, endMs, stepMs }: typeof range): Promise<TempoSeries> {
  return ask('/api/metrics/query_range', {
    q,
    start: startMs / 1000,
    end: endMs / 1000,
    step: `${stepMs / 1000}s`,
  })
}

/** The bare names of what a query selects, which Tempo gives its answers under. */
function selectedBy(query: string): string[] {
  const selected = /select\(([^)]*)\)/u.exec(query)?.[1].split(',') ?? []
  return selected.map((name) => name.trim().replace(/^(?:span|resource)\./u, ''))
}

async function findsTheSame(query: string): Promise<void> {
  const theirs = theirSpans(await search(query), selectedBy(query))
  expect(await ourSpans(parseTraceql(query), traces)).toEqual(theirs)
}

async function countsTheSame(query: string): Promise<void> {
  const ours = await ourPoints(parseTraceql(query), { traces, epochNs }, range)
  expect(difference(ours, theirPoints(await series(query, range)))).toBeUndefined()
}

describe('TraceQL', () => {
  test.each(writtenQueries)('%s', findsTheSame)

  test.each(writtenMetrics)('%s', countsTheSame)

  const random = new Random(7)
  test.each(Array.from({ length: 400 }, () => generateSearch(random)))('%s', findsTheSame)

  test.each(Array.from({ length: 200 }, () => generateMetrics(random)))('%s', countsTheSame)

  describe('of a file that was opened', () => {
    let opened: OpenedSpans
    beforeAll(async () => {
      opened = await openSpans(requests.map((resourceSpans) => JSON.stringify({ resourceSpans })).join('\n'))
    })

    test.each(writtenQueries)('%s', async (query) => {
      const theirs = theirSpans(await search(query), selectedBy(query))
      expect(await ourSpans(parseTraceql(query), opened.traces())).toEqual(theirs)
    })

    test.each(writtenMetrics)('%s', async (query) => {
      const asked = { traces: opened.traces(), epochNs: BigInt(opened.epochSeconds) * 1_000_000_000n }
      const ours = await ourPoints(parseTraceql(query), asked, range)
      expect(difference(ours, theirPoints(await series(query, range)))).toBeUndefined()
    })
  })

  test.each(refusedQueries)('%s is refused by both', async (query) => {
    expect(() => parseTraceql(query)).toThrow(TraceqlError)
    await expect(search(query)).rejects.toThrow(Refused)
  })
})
