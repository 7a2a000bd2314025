/** The same lines in Loki and in Clew's own hands, the same queries, the same answers. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { LogFile } from '#shared/logs/file-lines'
import { mergeBatches } from '#shared/logs/merge'
import { findLines } from '#shared/query/logql/lines'
import type { StreamStore } from '#shared/query/logql/log-streams'
import { LogqlError } from '#shared/query/logql/logql-error'
import { evaluateLogqlMetric } from '#shared/query/logql/metric'
import { parseLogql } from '#shared/query/logql/parse'
import { openedLines } from '../../electron/local/opened-lines.ts'
import { type DrawnStream, logStore } from '../builders/log-store.ts'
import { type Backend, startBackend } from './backends.ts'
import { waitUntil } from './feed.ts'
import {
  difference,
  lineOf,
  type LokiMatrix,
  type LokiStreams,
  ourPoints,
  theirLines,
  theirPoints,
} from './logql/answers.ts'
import { spanMs, writeLines } from './logql/data.ts'
import { generateLines, generateMetric } from './logql/generate.ts'
import { refusedQueries, writtenMetrics, writtenQueries } from './logql/queries.ts'
import { Random } from './story/span.ts'

const startMs = Math.floor(Date.now() / 60_000) * 60_000 - spanMs - 120_000
const epochNs = BigInt(startMs) * 1_000_000n
const written = writeLines(startMs)
const lineCount = written.reduce((sum, { values }) => sum + values.length, 0)
const range = { startMs: startMs + 300_000, endMs: startMs + spanMs, stepMs: 60_000 }

let loki: Backend
let store: StreamStore
beforeAll(async () => {
  loki = await startBackend('loki')
  const answer = await fetch(`${loki.url}/loki/api/v1/push`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ streams: written }),
  })
  expect(await answer.text()).toBe('')
  let streams: readonly DrawnStream[] = []
  await waitUntil('Loki to find every line', async () => {
    const { result } = await ask<LokiStreams>('{env=~".+"}', lineWindow)
    // As Loki keeps them: it adds the level it found to each line, and a name to each stream.
    streams = result.map(({ stream, values }) => ({
      stream,
      values: values.map(([ns, line, { structuredMetadata = {} }]) => [ns, line, structuredMetadata]),
    }))
    const found = streams.reduce((sum, { values }) => sum + values.length, 0)
    return found === lineCount || `${found} lines`
  })
  store = logStore(streams, epochNs)
})
afterAll(() => loki?.stop())

class Refused extends Error {}

const lineWindow = {
  start: `${startMs}000000`,
  end: `${startMs + spanMs + 60_000}000000`,
  limit: '5000',
  direction: 'forward',
}

async function ask<Data>(query: string, parameters: Readonly<Record<string, string>>): Promise<Data> {
  const search = new URLSearchParams({ query, ...parameters })
  const answer = await fetch(`${loki.url}/loki/api/v1/query_range?${search.toString()}`, {
    headers: { 'x-loki-response-encoding-flags': 'categorize-labels' },
  })
  const text = await answer.text()
  if (!answer.ok) throw new Refused(text)
  return (JSON.parse(text) as { readonly data: Data }).data
}

async function ourLines(query: string, asked: StreamStore): Promise<readonly string[]> {
  const ours: string[] = []
  const all = { fromNs: 0, toNs: Infinity, direction: 'forward' } as const
  for await (const line of findLines(parseLogql(query), asked, all)) ours.push(lineOf(line, asked.epochNs))
  return ours.sort()
}

async function findsTheSame(query: string): Promise<void> {
  expect(await ourLines(query, store)).toEqual(theirLines(await ask<LokiStreams>(query, lineWindow)))
}

/** An answer, or that there is none. */
async function settle<Answer>(answer: Promise<Answer>): Promise<Answer | string> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof Refused) return `refused: ${error.message}`
    if (error instanceof LogqlError && error.kind !== 'unsupported') return `refused: ${error.message}`
    throw error
  }
}

async function countsTheSame(query: string): Promise<void> {
  const parameters = {
    start: `${range.startMs}000000`,
    end: `${range.endMs}000000`,
    step: String(range.stepMs / 1000),
  }
  const [ours, theirs] = await Promise.all([
    settle(Promise.resolve().then(() => evaluateLogqlMetric(parseLogql(query), store, range))),
    settle(ask<LokiMatrix>(query, parameters)),
  ])
  if (typeof ours === 'string' || typeof theirs === 'string')
    expect(typeof ours, JSON.stringify(theirs)).toBe(typeof theirs)
  else expect(difference(ourPoints(ours), theirPoints(theirs))).toBeUndefined()
}

describe('LogQL', () => {
  test.each(writtenQueries)('%s', findsTheSame)

  test.each(writtenMetrics)('%s', countsTheSame)

  const random = new Random(7)
  test.each(Array.from({ length: 250 }, () => generateLines(random)))('%s', findsTheSame)

  test.each(Array.from({ length: 250 }, () => generateMetric(random)))('%s', countsTheSame)

  describe('of an answer that was saved and opened', () => {
    let opened: StreamStore
    beforeAll(async () => {
      const file = new LogFile('lines.json', lineCount)
      file.push(JSON.stringify({ status: 'success', data: await ask('{env=~".+"}', lineWindow) }))
      const log = file.end()
      if (log === undefined) throw new Error('no line was read')
      opened = openedLines(mergeBatches([log.batch], 'oldest'))
    })

    test.each(writtenQueries)('%s', async (query) => {
      expect(await ourLines(query, opened)).toEqual(theirLines(await ask<LokiStreams>(query, lineWindow)))
    })
  })

  test.each(refusedQueries)('%s is refused by both', async (query) => {
    expect(() => parseLogql(query)).toThrow(LogqlError)
    await expect(ask(query, lineWindow)).rejects.toThrow(Refused)
  })

  test('lines come in order of time, either way', async () => {
    const query = '{app=~"web|api"}'
    for (const direction of ['forward', 'backward'] as const) {
      const { result } = await ask<LokiStreams>(query, { ...lineWindow, direction, limit: '100' })
      const theirs = result.flatMap(({ values }) => values.map(([ns]) => ns)).sort()
      const ours: string[] = []
      for await (const { timeNs } of findLines(parseLogql(query), store, {
        fromNs: 0,
        toNs: Infinity,
        direction,
      }))
        if (ours.push(String(epochNs + BigInt(timeNs))) === 100) break
      expect(ours).toEqual(direction === 'forward' ? theirs : theirs.toReversed())
    }
  })
})
