/** Lines of a log as columns: what one answer holds, in true order of time. 100,000 lines as objects would be some 100 MB; these are 30. */
import type { Labels } from '#shared/api/logs'

/** How grave a line is, as far as anything says; one byte each. */
export const levels = ['unknown', 'trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const
export type Level = (typeof levels)[number]

/** Lines sorted as they were asked for: by time, then stream, then their order in it. */
export interface LogBatch {
  readonly length: number
  /** Whole milliseconds since 1970; never NaN. */
  readonly ms: Float64Array
  /** Nanoseconds past `ms`, 0 to 999,999. */
  readonly subMs: Int32Array
  /** Index into `streams`. */
  readonly stream: Int32Array
  readonly streams: readonly Labels[]
  /** Index into `levels`. */
  readonly level: Uint8Array
  /** All lines, one after the other, and where each ends in it. One text of Latin letters takes a byte for each. */
  readonly text: string
  readonly textEnd: Uint32Array
  /** The same for what lies beside the lines: JSON of `Extra`, empty for a line that has none. */
  readonly extra: string
  readonly extraEnd: Uint32Array
}

/** What lies beside a line: metadata that was sent with it, and fields that the query read out of it. */
export interface Extra {
  readonly metadata: Labels
  readonly parsed: Labels
}

/** One line, where it stands. */
export interface LogLine {
  readonly batch: LogBatch
  readonly at: number
}

export const textOf = ({ batch, at }: LogLine): string =>
  batch.text.slice(at === 0 ? 0 : batch.textEnd[at - 1], batch.textEnd[at])

export const labelsOf = ({ batch, at }: LogLine): Labels => batch.streams[batch.stream[at]]

export const levelOf = ({ batch, at }: LogLine): Level => levels[batch.level[at]]

export const msOf = ({ batch, at }: LogLine): number => batch.ms[at]

const nothing: Extra = { metadata: {}, parsed: {} }

/** What lies beside a line, as it is kept. */
export const extraTextOf = ({ batch, at }: LogLine): string =>
  batch.extra.slice(at === 0 ? 0 : batch.extraEnd[at - 1], batch.extraEnd[at])

/** Read anew at every call. */
export function extraOf(line: LogLine): Extra {
  const json = extraTextOf(line)
  return json === '' ? nothing : { ...nothing, ...(JSON.parse(json) as Partial<Extra>) }
}

/** Nanoseconds since 1970 as decimal text. */
export const nsTextOf = ({ batch, at }: LogLine): string =>
  `${batch.ms[at]}${String(batch.subMs[at]).padStart(6, '0')}`

/** Below zero where the first is the earlier. */
export const compareTimes = (a: LogLine, b: LogLine): number =>
  a.batch.ms[a.at] - b.batch.ms[b.at] || a.batch.subMs[a.at] - b.batch.subMs[b.at]

/** The same for the same line in another answer: Loki keeps no two of one stream that agree in time and text. */
export const keyOfLine = (line: LogLine): string =>
  `${nsTextOf(line)} ${keyOfLabels(labelsOf(line))} ${textOf(line)}`

const keys = new WeakMap<Labels, string>()

/** The same for the same labels, whatever their order. Thousands of lines share labels: their key is made once. */
export function keyOfLabels(labels: Labels): string {
  const known = keys.get(labels)
  if (known !== undefined) return known
  const key = JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))
  keys.set(labels, key)
  return key
}

/** Texts one after the other, and where each ends. */
export function joinTexts(texts: readonly string[]): { readonly all: string; readonly ends: Uint32Array } {
  const ends = new Uint32Array(texts.length)
  let end = 0
  for (const [at, text] of texts.entries()) ends[at] = end += text.length
  return { all: texts.join(''), ends }
}

/** The lines from one to before another, copied, so that they can be handed over. */
export function sliceBatch(batch: LogBatch, from: number, to: number): LogBatch {
  const [text, textEnd] = slicedTexts(batch.text, batch.textEnd, from, to)
  const [extra, extraEnd] = slicedTexts(batch.extra, batch.extraEnd, from, to)
  return {
    length: to - from,
    ms: batch.ms.slice(from, to),
    subMs: batch.subMs.slice(from, to),
    stream: batch.stream.slice(from, to),
    streams: batch.streams,
    level: batch.level.slice(from, to),
    text,
    textEnd,
    extra,
    extraEnd,
  }
}

function slicedTexts(all: string, ends: Uint32Array, from: number, to: number): [string, Uint32Array] {
  const start = from === 0 ? 0 : ends[from - 1]
  const sliced = ends.slice(from, to)
  const end = to === 0 ? 0 : ends[to - 1]
  for (const [at, one] of sliced.entries()) sliced[at] = one - start
  return [all.slice(start, end), sliced]
}
