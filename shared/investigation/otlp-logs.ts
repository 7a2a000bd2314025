/** Lines of a Loki as OTLP JSON, and which of what is known of them were labels. */
import { partsBySize } from '#shared/base/parts-by-size'
import { linesPath } from '#shared/investigation/lines-path'
import { extraOf, keyOfLabels, levelOf, type LogBatch, nsTextOf, textOf } from '#shared/logs/batch'
import { withServices } from '#shared/logs/naming-labels'
import { labelHint } from '#shared/logs/otlp-lines'

interface OtlpAttribute {
  readonly key: string
  readonly value: { readonly stringValue: string }
}

interface OtlpRecord {
  readonly timeUnixNano: string
  readonly body: { readonly stringValue: string }
  readonly attributes: readonly OtlpAttribute[]
  readonly traceId?: string
  readonly spanId?: string
}

const attributesOf = (values: Readonly<Record<string, string>>): OtlpAttribute[] =>
  Object.entries(values).map(([key, value]) => ({ key, value: { stringValue: value } }))

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const textsIn = (value: unknown): Readonly<Record<string, string>> =>
  isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)])) : {}

interface Line {
  /** Of its labels. */
  readonly stream: string
  readonly labels: Readonly<Record<string, string>>
  readonly record: OtlpRecord
  /** Of the files opened together that hold it; in ascending order. */
  sets: readonly number[]
  /** Among lines of the same nanosecond, the later has the higher: they stand in the order in which they were written down. */
  rank: number
}

/** Of one document: what is larger would not be read as one text, and holds up whoever reads it. */
const mostLetters = 8_000_000
/** What is written around a line. */
const lettersAround = 150

/** Collects lines, each once however often it is asked for. */
export class OtlpLogs {
  readonly #lines = new Map<string, Line>()
  #puts = 0

  get size(): number {
    return this.#lines.size
  }

  /** Takes in `data.result` of an answer of `query_range` with labels apart, asked for the newest first; how many entries it has, and the time of the oldest. */
  add(answer: unknown): { readonly entries: number; readonly oldestNs: bigint | undefined } {
    const data = isRecord(answer) ? answer['data'] : undefined
    const result = isRecord(data) && Array.isArray(data['result']) ? (data['result'] as unknown[]) : []
    let entries = 0
    let oldestNs: bigint | undefined
    for (const stream of result) {
      if (!isRecord(stream) || !Array.isArray(stream['values'])) continue
      const labels = textsIn(stream['stream'])
      const key = keyOfLabels(labels)
      for (const entry of stream['values'] as unknown[]) {
        if (!Array.isArray(entry) || !/^\d{1,19}$/.test(String(entry[0]))) continue
        const [time, line, beside] = entry as [unknown, unknown, unknown]
        entries++
        const ns = BigInt(String(time))
        if (oldestNs === undefined || ns < oldestNs) oldestNs = ns
        const metadata = textsIn(isRecord(beside) ? beside['structuredMetadata'] : {})
        this.#put(key, labels, String(ns), String(line), metadata)
      }
    }
    return { entries, oldestNs }
  }

  /**
   * Takes in the lines of files that were opened together as set `set`, at most so many letters of them; how many there were. Lines that
   * are the same are as often there as in the files.
   */
  addFiles(
    batches: readonly LogBatch[],
    set: number,
    mostLetters: number,
  ): { taken: number; letters: number } {
    const times = new Map<string, number>()
    let [taken, letters] = [0, 0]
    // Named as whoever is asked for them names them: a line that is listed and found is one.
    const named = withServices(batches.flatMap(({ streams }) => streams))
    const keys = named.map(keyOfLabels)
    let first = 0
    for (const batch of batches) {
      for (let at = 0; at < batch.length; at++) {
        const line = { batch, at }
        const stream = first + batch.stream[at]
        const text = textOf(line)
        const { metadata } = extraOf(line)
        const level = levelOf(line)
        // As whoever is asked for lines of files tells it.
        const told = level === 'unknown' ? metadata : { detected_level: level, ...metadata }
        letters += text.length + JSON.stringify(metadata).length + lettersAround
        if (letters > mostLetters) return { taken, letters: mostLetters }
        const name = this.#put(keys[stream], named[stream], nsTextOf(line), text, told, { set, times })
        times.set(name, (times.get(name) ?? 0) + 1)
        taken++
      }
      first += batch.streams.length
    }
    return { taken, letters }
  }

  /** The name of the line, which is the same for the same line. */
  #put(
    stream: string,
    labels: Readonly<Record<string, string>>,
    timeUnixNano: string,
    text: string,
    metadata: Readonly<Record<string, string>>,
    of?: { readonly set: number; readonly times: ReadonlyMap<string, number> },
  ): string {
    const name = JSON.stringify([stream, timeUnixNano, text, keyOfLabels(metadata)])
    const before = of?.times.get(name) ?? 0
    const own = before === 0 ? name : `${name} ${before}`
    const known = this.#lines.get(own)
    this.#puts++
    // Answers come with the newest first, files as they were written.
    const rank = of ? this.#puts : -this.#puts
    if (known) {
      if (of && !known.sets.includes(of.set)) known.sets = [...known.sets, of.set]
      if (of) known.rank = rank
      return name
    }
    const { trace_id: traceId = '', span_id: spanId = '' } = metadata
    const record = {
      timeUnixNano,
      body: { stringValue: text },
      attributes: attributesOf(metadata),
      ...(/^[0-9a-f]{32}$/.test(traceId) && { traceId }),
      ...(/^[0-9a-f]{16}$/.test(spanId) && { spanId }),
    }
    this.#lines.set(own, { stream, labels, record, sets: of ? [of.set] : [], rank })
    return name
  }

  /** `{"resourceLogs":[…]}` with a resource for each stream, at their paths; those of different sets stand apart. */
  files(): readonly { readonly path: string; readonly value: object }[] {
    const bySets = Map.groupBy(this.#lines.values(), ({ sets }) => sets.join('+'))
    return [...bySets.values()].flatMap((lines) =>
      partsBySize(lines.sort(compareLines), mostLetters, lettersOf).map((part, at) => ({
        path: linesPath(part[0].sets, at + 1),
        value: documentOf(part),
      })),
    )
  }
}

/** The oldest first. */
function compareLines(one: Line, other: Line): number {
  const [a, b] = [one.record.timeUnixNano, other.record.timeUnixNano]
  if (a === b) return one.rank - other.rank
  return a.length - b.length || (a < b ? -1 : 1)
}

function documentOf(lines: readonly Line[]): object {
  return {
    resourceLogs: [...Map.groupBy(lines, ({ stream }) => stream).values()].map((same) => ({
      resource: {
        attributes: attributesOf({
          ...same[0].labels,
          [labelHint]: Object.keys(same[0].labels).join(', '),
        }),
      },
      scopeLogs: [{ scope: {}, logRecords: same.map(({ record }) => record) }],
    })),
  }
}

const lettersOf = ({ record: { body, attributes } }: Line): number =>
  body.stringValue.length + JSON.stringify(attributes).length + lettersAround
