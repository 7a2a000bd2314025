/** What a fact that a person is about to say would find, in words: pure, from what its source was asked. */
import type { TraceNaming } from '#shared/api/contract'
import { countOf } from '#shared/derive/quantities'
import { cutText } from '#shared/base/cut-text'
import { labelsOf, type LogLine, textOf } from '#shared/logs/batch'
import { traceOf } from '#shared/logs/trace-of-line'
import type { ExemplarSeries } from '#shared/api/metrics'
import { traceIdIn } from '#shared/metrics/exemplar-dots'
import { type ClockDifference, clockWords, slackMs } from '#shared/correlate/clocks'

export interface FactTrial {
  /** It finds something; what finds nothing may still be right. */
  readonly isFound: boolean
  readonly sentence: string
  /** A line, a trace id, a value: as it stands in the source. */
  readonly example?: string | undefined
}

const mostUnits = 300

const trial =
  (isFound: boolean) =>
  (sentence: string, example?: string): FactTrial => ({
    isFound,
    sentence,
    example: example === undefined ? undefined : cutText(example, mostUnits),
  })
const some = trial(true)
const none = trial(false)

const noLines = none('There are no lines of the last 6 hours to try it on.')
const newest = (count: number): string => (count === 1 ? 'the newest line' : `the ${count} newest lines`)

/** How lines name their trace, tried on the newest ones. */
export function trialOfNaming(naming: TraceNaming, lines: readonly LogLine[]): FactTrial {
  if (lines.length === 0) return noLines
  const isNone = naming.in === 'nowhere'
  const named = lines.flatMap((line) => {
    const trace = traceOf(line, isNone ? undefined : naming)
    return trace ? [{ line, trace }] : []
  })
  const [first] = named
  if (isNone)
    return first === undefined
      ? some(`Nor does one of ${newest(lines.length)} look as if it named a trace.`)
      : none(
          `${named.length} of ${newest(lines.length)} ${named.length === 1 ? 'looks as if it' : 'look as if they'} named one, and will lead to no trace.`,
          textOf(first.line),
        )
  if (first === undefined) return none(`No line of ${newest(lines.length)} names a trace so.`)
  return some(
    `${named.length} of ${newest(lines.length)} ${named.length === 1 ? 'names' : 'name'} a trace so, one of them ${first.trace.traceId}:`,
    textOf(first.line),
  )
}

/** A label that names services, tried on the newest lines. */
export function trialOfLabel(label: string, lines: readonly LogLine[]): FactTrial {
  if (lines.length === 0) return noLines
  const having = lines.filter((line) => (labelsOf(line)[label] ?? '') !== '')
  const [first] = having
  if (first === undefined) return none(`No line of ${newest(lines.length)} has it.`)
  return some(
    `${having.length} of ${newest(lines.length)} ${having.length === 1 ? 'has' : 'have'} it, such as ${labelsOf(first)[label]}:`,
    textOf(first),
  )
}

/** What a service is called, by the lines that this finds. `hasMore`: there are others. */
export function trialOfName(lines: readonly LogLine[], hasMore: boolean): FactTrial {
  const [first] = lines
  if (first === undefined) return none('It finds no line of the last 6 hours.')
  return some(
    `It finds ${hasMore ? 'more than ' : ''}${countOf(lines.length, 'line')} of the last 6 hours, the newest:`,
    textOf(first),
  )
}

/** A label of series that names services, or what one is called by it. */
export function trialOfValues(values: readonly string[]): FactTrial {
  return values.length === 0
    ? none('No series of the last hour has it.')
    : some(`Series of the last hour have it, with ${countOf(values.length, 'value')}, such as:`, values[0])
}

/** The clock of a service, beside what its lines told. */
export function trialOfClock(ms: number, met: ClockDifference | undefined): FactTrial {
  if (met === undefined) return none('No line of it was met beside its span yet: nothing tells of its clock.')
  const fits = met.leastMs - slackMs <= ms && ms <= met.mostMs + slackMs
  return fits
    ? some('Lines of it that were met lie in their spans by it, those of this trace among them:', met.example)
    : none(
        `Lines of it that were met do not lie in their spans by it (they tell: ${clockWords(met)}), those of this trace among them:`,
        met.example,
      )
}

/** A label of exemplars that names their trace. */
export function trialOfExemplars(label: string, series: readonly ExemplarSeries[]): FactTrial {
  const all = series.flatMap(({ exemplars }) => exemplars)
  if (all.length === 0) return none('There are no exemplars of the last hour to try it on.')
  const having = all.flatMap(({ labels }) => traceIdIn(labels, label) ?? [])
  return having.length === 0
    ? none(`None of ${countOf(all.length, 'exemplar')} of the last hour names a trace by it.`)
    : some(
        `${having.length} of ${countOf(all.length, 'exemplar')} of the last hour ${having.length === 1 ? 'names' : 'name'} a trace by it, such as:`,
        having[0],
      )
}

/** Whose traces a source holds, by the newest there is. */
export function trialOfHolding(holds: boolean, newestName: string | undefined): FactTrial {
  if (newestName === undefined) {
    const sentence = 'It has no trace of it of the last 6 hours.'
    return holds ? none(sentence) : some(sentence)
  }
  return holds
    ? some('It has traces of it, the newest:', newestName)
    : none('It has traces of it, which will not be asked for; the newest:', newestName)
}
