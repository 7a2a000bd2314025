import type { Labels, LinesQuery, LogField, LogVolume, LogWindow } from '#shared/api/logs'
import { countOf } from '#shared/base/count-text'
import { getOrSet } from '#shared/base/get-or-set'
import type { BreathOptions } from '#shared/query/breath'
import { kindOfValue } from '#shared/query/logql/go-values'
import { type FoundLine, findLines } from '#shared/query/logql/lines'
import { LogqlError } from '#shared/query/logql/logql-error'
import { type LogStream, rowsBetween, type StreamStore } from '#shared/query/logql/log-streams'
import { evaluateLogqlMetric } from '#shared/query/logql/metric'
import { parseLogql } from '#shared/query/logql/parse'
import { labelKey, labelValue } from '#shared/query/promql/labels'
import type { TimeWindow } from '../backends/backend.ts'
import { countVolume, type LogSeries } from '../backends/log-volume.ts'

/** What is asked: streams that are all at hand. */
export interface LogStreams extends StreamStore {
  readonly streams: readonly LogStream[]
}

/** Logs that Clew holds, to be asked as a Loki is. Throws LogqlError for what is no query, or cannot be answered. */
export interface LogStore {
  /** As Loki answers `query_range`. */
  lines(query: LinesQuery, options?: BreathOptions): Promise<Uint8Array<ArrayBuffer>>
  metric(
    query: string,
    window: TimeWindow,
    stepMs: number,
    options?: BreathOptions,
  ): Promise<readonly LogSeries[]>
  volume(query: string, window: TimeWindow, stepMs: number, options?: BreathOptions): Promise<LogVolume>
  labels(selector: string, window: TimeWindow): readonly string[]
  labelValues(label: string, selector: string, window: TimeWindow): readonly string[]
  series(selector: string, window: LogWindow): readonly Labels[]
  /** What was sent along with the newest lines, and what the query reads out of them. */
  fields(query: string, window: TimeWindow, options?: BreathOptions): Promise<readonly LogField[]>
  fieldValues(
    field: string,
    query: string,
    window: TimeWindow,
    options?: BreathOptions,
  ): Promise<readonly string[]>
}

/** Of an answer; half of what one text can hold, as some are written as two or six. */
const mostLetters = 200_000_000

/** Lines that are looked into for fields, as a Loki does. */
const linesSampled = 1_000

const nsOf = (ms: number): bigint => BigInt(Math.round(ms)) * 1_000_000n

export function createLogStore(store: LogStreams): LogStore {
  const encoder = new TextEncoder()

  const fromEpoch = (ns: bigint): number => Number(ns - store.epochNs)

  /** Streams that a selector matches and that have a line in the window; without one, all of these. */
  function within(selector: string, fromNs: number, toNs: number): readonly LogStream[] {
    const query = selector.trim() === '' ? undefined : parseLogql(selector)
    const streams = query?.kind === 'lines' ? store.select(query.selector.matchers) : store.streams
    return streams.filter((stream) => {
      const [from, to] = rowsBetween(stream, fromNs, toNs)
      return from < to
    })
  }

  const inWindow = (selector: string, { startMs, endMs }: TimeWindow): readonly LogStream[] =>
    within(selector, fromEpoch(nsOf(startMs)), fromEpoch(nsOf(endMs)))

  async function metric(
    query: string,
    window: TimeWindow,
    stepMs: number,
    options?: BreathOptions,
  ): Promise<readonly LogSeries[]> {
    const series = await evaluateLogqlMetric(parseLogql(query), store, { ...window, stepMs }, options)
    return series.map(({ labels, values }) => ({ labels: Object.fromEntries(labels), values }))
  }

  /** The values of each field in the newest lines. */
  async function valuesByField(
    query: string,
    { startMs, endMs }: TimeWindow,
    options?: BreathOptions,
  ): Promise<ReadonlyMap<string, Set<string>>> {
    const fields = new Map<string, Set<string>>()
    let lines = 0
    const range = {
      fromNs: fromEpoch(nsOf(startMs)),
      toNs: fromEpoch(nsOf(endMs)),
      direction: 'backward',
    } as const
    for await (const { metadata, parsed } of findLines(parseLogql(query), store, range, options)) {
      for (const [name, value] of [...metadata, ...parsed])
        getOrSet(fields, name, () => new Set<string>()).add(value)
      if (++lines === linesSampled) break
    }
    return fields
  }

  return {
    async lines({ query, startNs, endNs, limit, direction }, options) {
      const range = { fromNs: fromEpoch(BigInt(startNs)), toNs: fromEpoch(BigInt(endNs)), direction }
      const found: FoundLine[] = []
      let letters = 0
      for await (const line of findLines(parseLogql(query), store, range, options)) {
        found.push(line)
        letters += line.text.length
        if (letters > mostLetters)
          throw new LogqlError(
            'limit',
            { from: 0, to: query.length },
            `The lines found have more than ${countOf(mostLetters, 'letter')} together: ask for fewer.`,
          )
        if (found.length === limit) break
      }
      return encoder.encode(JSON.stringify(answerOf(found, store.epochNs)))
    },
    metric,
    async volume(query, window, stepMs, options) {
      // By itself first, so that a mistake is told at its place in the query that was written.
      parseLogql(query)
      return countVolume(query, window, stepMs, (counted, of, step) => metric(counted, of, step, options))
    },
    labels: (selector, window) =>
      sortedNames(inWindow(selector, window).flatMap(({ labels }) => labels.map(([name]) => name))),
    labelValues: (label, selector, window) =>
      sortedNames(inWindow(selector, window).map(({ labels }) => labelValue(labels, label))),
    series: (selector, { startNs, endNs }) =>
      within(selector, fromEpoch(BigInt(startNs)), fromEpoch(BigInt(endNs))).map(({ labels }) =>
        Object.fromEntries(labels),
      ),
    async fields(query, window, options) {
      const fields = await valuesByField(query, window, options)
      return [...fields].map(([label, values]) => ({
        label,
        type: kindOfValue(values),
        cardinality: values.size,
        parsers: [],
      }))
    },
    async fieldValues(field, query, window, options) {
      return sortedNames((await valuesByField(query, window, options)).get(field) ?? [])
    },
  }
}

/** Streams of lines, with labels of the stream, of the line, and what was read apart. */
function answerOf(lines: readonly FoundLine[], epochNs: bigint): object {
  const streams = Map.groupBy(lines, ({ stream }) => labelKey(stream))
  const result = [...streams.values()].map((own) => ({
    stream: Object.fromEntries(own[0].stream),
    values: own.map(({ timeNs, text, metadata, parsed }) => [
      String(epochNs + BigInt(timeNs)),
      text,
      { structuredMetadata: Object.fromEntries(metadata), parsed: Object.fromEntries(parsed) },
    ]),
  }))
  return { status: 'success', data: { resultType: 'streams', encodingFlags: ['categorize-labels'], result } }
}

/** Each once; a label that is not there has no value. */
function sortedNames(names: Iterable<string>): string[] {
  return [...new Set(names)].filter((name) => name !== '').sort()
}
