/**
 * Reads what Loki's `query_range` answers: streams, each in its own order, become one list in true order of time. Entries are triples with
 * metadata and parsed fields apart, or pairs from servers before 3.0. What has no time is left out and counted.
 */
import type { Labels } from '#shared/api/logs'
import { type Extra, joinTexts, keyOfLabels, type LogBatch } from '#shared/logs/batch'
import { levelIn, levelInLine } from '#shared/logs/level'
import { timeOrder } from '#shared/logs/time-order'

/** Which end of the list is the newest. */
export type Order = 'newest' | 'oldest'

/** Lines of an answer, and how many entries were none. */
export interface ReadLines {
  readonly batch: LogBatch
  readonly unread: number
  /** What the server looked through for it; 0 where it does not say. */
  readonly searchedBytes: number
  /** In the server's words: what may be missing, and why. */
  readonly warnings: readonly string[]
}

/** Not an answer of lines; the message says what it is instead. */
export class LinesError extends Error {}

/** A line before it is put in order. */
export interface Draft {
  readonly ms: number
  readonly subMs: number
  readonly stream: number
  readonly text: string
  readonly extra: Extra | undefined
}

/**
 * Whether entries are pairs, as of a server before 3.0: what the labels of their streams are is then told apart by the names of labels the
 * server lists.
 */
export function isMerged(answer: unknown): boolean {
  const data = isRecord(answer) ? (isRecord(answer['data']) ? answer['data'] : answer) : {}
  return asList(data['result'] ?? data['streams']).some((item) =>
    asList(isRecord(item) ? item['values'] : undefined).some(
      (entry) => Array.isArray(entry) && entry.length === 2,
    ),
  )
}

/**
 * Reads an answer of `query_range`; throws LinesError where it holds no streams. Of a server that merges labels with what belongs to single
 * lines, `indexed` are the names of labels: the rest becomes metadata.
 */
export function readAnswer(answer: unknown, order: Order, indexed?: ReadonlySet<string>): ReadLines {
  const data = isRecord(answer) ? answer['data'] : undefined
  if (!isRecord(data)) throw new LinesError('It holds no data.')
  if (data['resultType'] !== 'streams')
    throw new LinesError(
      `It holds ${JSON.stringify(data['resultType'] ?? null).slice(0, 40)} instead of streams.`,
    )
  return {
    ...readStreams(data['result'], order, indexed),
    searchedBytes: searchedBytes(data['stats']),
    warnings: warningsIn(answer),
  }
}

function warningsIn(answer: unknown): readonly string[] {
  const warnings = isRecord(answer) ? asList(answer['warnings']) : []
  return warnings.filter((warning) => typeof warning === 'string')
}

function searchedBytes(stats: unknown): number {
  const summary = isRecord(stats) ? stats['summary'] : undefined
  const bytes = isRecord(summary) ? summary['totalBytesProcessed'] : undefined
  return typeof bytes === 'number' && Number.isFinite(bytes) ? bytes : 0
}

/** Reads frames of a tail; `dropped` lines the server left out. A frame that is none counts as no line. */
export function readFrames(
  frames: readonly unknown[],
  order: Order,
  indexed?: ReadonlySet<string>,
): { readonly batch: LogBatch; readonly dropped: number } {
  const records = frames.filter(isRecord)
  const streams = records.flatMap((frame) => asList(frame['streams']))
  const dropped = records.reduce((sum, frame) => sum + asList(frame['dropped_entries']).length, 0)
  return { batch: readStreams(streams, order, indexed).batch, dropped }
}

function readStreams(
  result: unknown,
  order: Order,
  indexed: ReadonlySet<string> | undefined,
): Pick<ReadLines, 'batch' | 'unread'> {
  const streams: Labels[] = []
  const drafts: Draft[] = []
  let unread = 0
  for (const item of asList(result)) {
    const entry = isRecord(item) ? item : {}
    const { labels, beside } = partedBy(indexed, labelsIn(entry['stream']))
    streams.push(labels)
    for (const value of asList(entry['values'])) {
      const draft = readEntry(value, streams.length - 1)
      if (draft === undefined) unread += 1
      else drafts.push(beside === undefined ? draft : { ...draft, extra: { metadata: beside, parsed: {} } })
    }
  }
  return { batch: batchOf(drafts, streams, order), unread }
}

/** The labels of a stream, and what was merged with them. */
function partedBy(
  indexed: ReadonlySet<string> | undefined,
  all: Labels,
): { readonly labels: Labels; readonly beside: Labels | undefined } {
  if (indexed === undefined) return { labels: all, beside: undefined }
  const entries = Object.entries(all)
  const beside = entries.filter(([name]) => !indexed.has(name))
  return {
    labels: Object.fromEntries(entries.filter(([name]) => indexed.has(name))),
    beside: beside.length === 0 ? undefined : Object.fromEntries(beside),
  }
}

function readEntry(value: unknown, stream: number): Draft | undefined {
  if (!Array.isArray(value)) return undefined
  const [time, text, extra] = value as readonly unknown[]
  if (typeof time !== 'string' || !/^\d{1,19}$/.test(time) || typeof text !== 'string') return undefined
  return {
    ms: Number(time.slice(0, -6)),
    subMs: Number(time.slice(-6)),
    stream,
    text,
    extra: isRecord(extra) ? readExtra(extra) : undefined,
  }
}

function readExtra(extra: Readonly<Record<string, unknown>>): Extra | undefined {
  const metadata = labelsIn(extra['structuredMetadata'])
  const parsed = labelsIn(extra['parsed'])
  return isEmpty(metadata) && isEmpty(parsed) ? undefined : { metadata, parsed }
}

/** Lines sorted into columns. */
export function batchOf(drafts: readonly Draft[], streams: readonly Labels[], order: Order): LogBatch {
  const ranks = ranksOf(streams)
  const sign = order === 'newest' ? -1 : 1
  const sorted = Array.from(
    timeOrder(
      Float64Array.from(drafts, ({ ms }) => ms),
      order,
      (a, b) =>
        sign * (drafts[a].subMs - drafts[b].subMs) || ranks[drafts[a].stream] - ranks[drafts[b].stream],
    ),
    (at) => drafts[at],
  )
  const { length } = sorted
  const batch = {
    length,
    ms: Float64Array.from(sorted, ({ ms }) => ms),
    subMs: Int32Array.from(sorted, ({ subMs }) => subMs),
    stream: Int32Array.from(sorted, ({ stream }) => stream),
    streams,
    level: Uint8Array.from(sorted, (draft) => levelOfDraft(draft, streams[draft.stream])),
  }
  const texts = joinTexts(sorted.map(({ text }) => text))
  const extras = joinTexts(sorted.map(({ extra }) => (extra === undefined ? '' : JSON.stringify(extra))))
  return { ...batch, text: texts.all, textEnd: texts.ends, extra: extras.all, extraEnd: extras.ends }
}

/** The order of streams among lines of the same nanosecond: by their labels, so that it is the same on every page of a list. */
function ranksOf(streams: readonly Labels[]): Int32Array {
  const keys = streams.map(keyOfLabels)
  const byKey = keys
    .map((_, at) => at)
    .sort((a, b) => (keys[a] < keys[b] ? -1 : keys[a] > keys[b] ? 1 : a - b))
  const ranks = new Int32Array(streams.length)
  for (const [rank, at] of byKey.entries()) ranks[at] = rank
  return ranks
}

function levelOfDraft({ extra, text }: Draft, labels: Labels): number {
  const said = extra === undefined ? [labels] : [extra.metadata, extra.parsed, labels]
  return levelIn(said) || levelInLine(text)
}

function labelsIn(value: unknown): Labels {
  if (!isRecord(value)) return {}
  return Object.fromEntries(
    Object.entries(value).map(([name, of]) => [name, typeof of === 'string' ? of : JSON.stringify(of)]),
  )
}

const isEmpty = (labels: Labels): boolean => Object.keys(labels).length === 0
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
