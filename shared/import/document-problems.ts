/** What was left out of a document, as sentences for the person who reads the trace. */
import { countOf, countText } from '#shared/base/count-text'
import { deepestBrackets } from '#shared/base/json-depth'
import type { Problem } from '#shared/trace/table'
import { DEEPEST } from './json-scanner.ts'
import type { DocumentWords } from './document-words.ts'
import type { Reading } from './reading.ts'

/** A problem of a document, and the trace that it belongs to; -1 = all that the document has spans of. */
export interface DocumentProblem {
  readonly trace: number
  readonly problem: Problem
}

/** Something that is not as it should be: how often, and where the first of it stands. */
export interface Odd {
  readonly words: string
  readonly count: number
  readonly places: readonly string[]
}

/** What is known of a document; places are in the words of `placeOf`. */
export interface DocumentFacts {
  readonly name: string
  readonly reading: Reading
  readonly words: DocumentWords
  readonly isCutOff: boolean
  /** Services that are only known by the id of their process. */
  readonly undescribed: number
  /** How many parts that are no spans could not be read, and where the first ones begin. */
  readonly broken: number
  readonly brokenAt: readonly string[]
  /** Where the first spans that could not be read begin. */
  readonly unreadableAt: readonly string[]
  /** What stands in the place of something else, in words. */
  readonly odd: readonly Odd[]
  /** Spans whose start is written and is no time; values nested too deep; bytes that are no text. */
  readonly oddTimes: Odd
  readonly deep: Odd | undefined
  readonly garbled: Odd
  /** Objects of which no key is known. */
  readonly unknown: Odd | undefined
  /** Events that are no spans. */
  readonly leftOut: number
  readonly tooLarge: number
}

/** Everything that was left out, or that the server said it left out. */
export function documentProblems(facts: DocumentFacts): DocumentProblem[] {
  const { name, reading, words, unreadableAt } = facts
  const found: DocumentProblem[] = []
  const add = (kind: Problem['kind'], trace: number, count: number, message: string): void => {
    found.push({ trace, problem: { kind, count, message, rows: [] } })
  }
  if (facts.isCutOff) {
    const unnamed =
      facts.undescribed > 0 ? ', nor are the names of its services: they are shown as p1, p2' : ''
    add(
      'cut-off',
      reading.lastTrace,
      1,
      `${name} ends in the middle; what comes after is not here${unnamed}.`,
    )
  }
  if (facts.broken > 0) {
    const { broken, brokenAt } = facts
    const where =
      broken === 1
        ? `A part of ${name} from ${brokenAt[0]} on`
        : `${countText(broken)} parts of ${name}, from ${placesText(brokenAt, broken)} on,`
    const were = broken === 1 ? 'was' : 'were'
    add('unreadable-span', -1, broken, `${where} could not be read and ${were} left out.`)
  }
  if (words.isPartial) {
    const quoted = words.message === '' ? '' : `: “${words.message}”`
    const count = Math.max(1, reading.spanCount)
    add('partial', -1, count, `The server says that this is only a part of the trace${quoted}.`)
  }
  if (words.serverError !== '' && reading.spanCount > 0) {
    add('partial', -1, reading.spanCount, `The server broke off with an error: “${words.serverError}”.`)
  }
  if (reading.unreadable > 0 && words.format !== '') {
    const were = reading.unreadable > 1 ? 'were' : 'was'
    add(
      'unreadable-span',
      -1,
      reading.unreadable,
      `${countOf(reading.unreadable, 'span')} of ${name} could not be read and ${were} left out, ` +
        `at ${placesText(unreadableAt, reading.unreadable)}.`,
    )
  }
  for (const { words: what, count, places } of facts.odd)
    add(
      'unreadable-span',
      -1,
      count,
      `In ${name}, ${what}, at ${placesText(places, count)}: what should be there was left out.`,
    )
  const { oddTimes, deep, garbled } = facts
  if (oddTimes.count > 0)
    add(
      'odd-value',
      -1,
      oddTimes.count,
      `The start of ${countOf(oddTimes.count, 'span')} of ${name} could not be read as a time, at ${placesText(oddTimes.places, oddTimes.count)}.`,
    )
  if (deep && deep.count > 0)
    add(
      'odd-value',
      -1,
      deep.count,
      `${countOf(deep.count, 'value')} of ${name} ${deep.count > 1 ? 'are' : 'is'} nested more than ${DEEPEST} brackets deep, ` +
        `at ${placesText(deep.places, deep.count)}; ` +
        (reading.spanCount > 0
          ? 'what is deeper is shown as text, and not searched.'
          : `logs and metrics that are nested more than ${countText(deepestBrackets)} deep are not read.`),
    )
  if (garbled.count > 0)
    add(
      'odd-value',
      -1,
      garbled.count,
      `${countOf(garbled.count, 'character')} of ${name} ${garbled.count > 1 ? 'are' : 'is'} no UTF-8, ` +
        `at ${placesText(garbled.places, garbled.count)}; shown as �.`,
    )
  if (facts.leftOut > 0) {
    add(
      'no-span',
      -1,
      facts.leftOut,
      `${countOf(facts.leftOut, 'event')} of ${name} (instants, counters, flows, ends without a beginning) ` +
        `${facts.leftOut > 1 ? 'are no spans and are' : 'is no span and is'} not shown.`,
    )
  }
  for (const [signal, count] of [
    ['logs', words.logs],
    ['metrics', words.metrics],
  ] as const) {
    if (count === 0 || reading.spanCount === 0) continue
    const what = `${countOf(count, 'object')} of ${name} ${count > 1 ? 'hold' : 'holds'} OpenTelemetry ${signal}`
    add('other-signal', -1, count, `${what}, which are no part of a trace.`)
  }
  const { unknown } = facts
  // What holds nothing that is known at all says so as a whole.
  if (unknown && unknown.count > 0 && reading.spanCount + words.logs + words.metrics > 0) {
    const many = unknown.count > 1
    add(
      'unknown-object',
      -1,
      unknown.count,
      `${countOf(unknown.count, 'object')} of ${name} ${many ? 'were' : 'was'} not understood and ${many ? 'were' : 'was'} left out, ` +
        `at ${placesText(unknown.places, unknown.count)}: ${many ? 'they hold' : 'it holds'} no spans, log lines or metrics in a form that is known.`,
    )
  }
  if (facts.tooLarge > 0) {
    const many = facts.tooLarge > 1
    add(
      'too-large',
      -1,
      facts.tooLarge,
      `${countOf(facts.tooLarge, 'span')} of ${name} ${many ? 'are' : 'is'} longer than 256 MB and ${many ? 'were' : 'was'} left out.`,
    )
  }
  if (reading.oddIds > 0) {
    add(
      'no-id',
      -1,
      reading.oddIds,
      `${countOf(reading.oddIds, 'span')} ${reading.oddIds > 1 ? 'have' : 'has'} ids that are no trace or span ids; ` +
        'they are shown with hex digits made from them.',
    )
  }
  return found
}

/** Places in order, and how many more there are of `count`: `line 3`; `lines 3, 4 and 9`; `byte 5, byte 7 and 4 more`. */
export function placesText(places: readonly string[], count: number): string {
  const lines = places.filter((place) => place.startsWith('line '))
  const areLines = lines.length === places.length && places.length > 1
  const distinct = [...new Set(areLines ? lines.map((line) => line.slice('line '.length)) : places)]
  const more = count > places.length ? [`${countText(count - places.length)} more`] : []
  const parts = [...distinct, ...more]
  const last = parts.pop() ?? ''
  const text = parts.length === 0 ? last : `${parts.join(', ')} and ${last}`
  return !areLines ? text : `${distinct.length + more.length > 1 ? 'lines' : 'line'} ${text}`
}
