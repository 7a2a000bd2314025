/** The lines that a query finds. */
import { Breath, type BreathOptions } from '#shared/query/breath'
import type { LogqlQuery } from './expression.ts'
import { LineLabels, type SortedLabels } from './line-labels.ts'
import { type StreamStore, type LogStream, rowsBetween } from './log-streams.ts'
import { LogqlError } from './logql-error.ts'
import { samplesPerLine } from './samples.ts'
import { joinStages } from './stage.ts'

/** A line as the stages left it. */
export interface FoundLine extends SortedLabels {
  /** From the epoch of the store. */
  readonly timeNs: number
  readonly text: string
}

/** Nanoseconds from the epoch of the store; the start is in, the end is not. */
export interface LineRange {
  readonly fromNs: number
  readonly toNs: number
  readonly direction: 'backward' | 'forward'
}

/** Lines that are looked at between two breaths. */
const linesPerBreath = 1000

/**
 * Looks through the lines of a range in order of time, and gives each as it is found: whoever has enough asks for no more. Throws LogqlError for
 * a query that counts, and the signal's reason when it is given up.
 */
export async function* findLines(
  query: LogqlQuery,
  store: StreamStore,
  range: LineRange,
  options: BreathOptions = {},
): AsyncGenerator<FoundLine> {
  if (query.kind !== 'lines')
    throw new LogqlError(
      'type',
      { from: 0, to: query.text.length },
      'This query answers with numbers, not with lines.',
    )
  const { matchers, stages } = query.selector
  const run = joinStages(stages)
  const labels = new LineLabels(undefined)
  const breath = new Breath(options)
  breath.check()
  let looked = 0
  for (const [stream, row] of inOrderOfTime(store.select(matchers), range)) {
    if (++looked % linesPerBreath === 0) await breath.work(linesPerBreath * samplesPerLine)
    labels.begin(stream, row)
    const text = run(stream.text(row), labels)
    if (text !== undefined) yield { timeNs: stream.times[row], text, ...labels.sorted() }
  }
}

/** The rows of all streams by their times; those of one nanosecond stream by stream. */
function* inOrderOfTime(
  streams: readonly LogStream[],
  { fromNs, toNs, direction }: LineRange,
): Generator<readonly [stream: LogStream, row: number]> {
  const step = direction === 'forward' ? 1 : -1
  const cursors = streams.flatMap((stream) => {
    const [from, to] = rowsBetween(stream, fromNs, toNs)
    if (from === to) return []
    return [step > 0 ? { stream, next: from, end: to } : { stream, next: to - 1, end: from - 1 }]
  })
  while (cursors.length > 0) {
    let first = 0
    for (let at = 1; at < cursors.length; at++) {
      const [one, other] = [cursors[first], cursors[at]]
      if (step * (other.stream.times[other.next] - one.stream.times[one.next]) < 0) first = at
    }
    const cursor = cursors[first]
    yield [cursor.stream, cursor.next]
    cursor.next += step
    if (cursor.next === cursor.end) cursors.splice(first, 1)
  }
}
