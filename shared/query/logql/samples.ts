/** Numbers out of lines: what the functions of a range are of. */
import { countOf } from '#shared/base/count-text'
import type { Breath } from '#shared/query/breath'
import { readGoDuration } from '#shared/query/durations'
import type { TextRange } from '#shared/query/query-error'
import { type Labels, labelKey, labelsText } from '#shared/query/promql/labels'
import { readGoFloat } from '#shared/query/promql/literals'
import type { RangeAggregation, Unwrap } from './expression.ts'
import { byteLength, readBytes } from './go-values.ts'
import { errorLabel, LineLabels, type Wanted } from './line-labels.ts'
import { type StreamStore, rowsBetween } from './log-streams.ts'
import { LogqlError } from './logql-error.ts'
import { joinStages } from './stage.ts'

/** The numbers of one series, in order of time. */
export interface LogSamples {
  readonly labels: Labels
  /** Milliseconds since the epoch of the store, with their nanoseconds behind the point. */
  readonly times: Float64Array
  readonly values: Float64Array
  /** What is wrong with its lines, in words; undefined where nothing is. */
  readonly error: string | undefined
}

/** As many samples take about as long as this line: each stage, such as a regular expression, looks at every letter. */
export function workOf(line: string, stages: readonly unknown[]): number {
  return (10 + line.length / 4) * Math.max(1, stages.length)
}

/** The numbers after `fromNs`, up to and with `toNs`, by series. Nanoseconds are those of the store. */
export async function samplesOf(
  aggregation: RangeAggregation,
  store: StreamStore,
  { fromNs, toNs }: { readonly fromNs: number; readonly toNs: number },
  breath: Breath,
): Promise<readonly LogSamples[]> {
  const { selector } = aggregation
  const valueOf = compileValue(aggregation)
  const collection = new Collection(aggregation)
  const labels = new LineLabels(wantedBy(aggregation))
  const run = joinStages(selector.stages)
  for (const stream of store.select(selector.matchers)) {
    const [from, to] = rowsBetween(stream, fromNs + 1, toNs + 1)
    for (let row = from; row < to; row++) {
      const text = stream.text(row)
      const pause = breath.work(workOf(text, selector.stages))
      if (pause !== undefined) await pause
      labels.begin(stream, row)
      const line = run(text, labels)
      const value = line === undefined ? undefined : valueOf(line, labels)
      if (value !== undefined) collection.add(labels, stream.times[row] / 1e6, value)
    }
  }
  return collection.finish()
}

/** What readers must look for; undefined where they take all there is. */
function wantedBy({ selector, unwrap, grouping }: RangeAggregation): Wanted | undefined {
  if (grouping === undefined || grouping.without) return undefined
  const names = [
    ...selector.stages.flatMap((stage) => stage.names),
    ...(unwrap?.conditions.flatMap((condition) => condition.names) ?? []),
    ...grouping.names,
    ...(unwrap === undefined ? [] : [unwrap.name]),
  ]
  return { names: new Set(names.flatMap((name) => [name, name.replace(/_extracted$/u, '')])) }
}

type ValueOf = (line: string, labels: LineLabels) => number | undefined

function compileValue({ name, unwrap }: RangeAggregation): ValueOf {
  if (unwrap !== undefined) return compileUnwrap(unwrap)
  return name.startsWith('bytes_') ? byteLength : () => 1
}

const readers: Readonly<Record<Unwrap['conversion'], (text: string) => number | undefined>> = {
  number: readGoFloat,
  bytes: readBytes,
  duration(text) {
    const ns = readGoDuration(text)
    return ns === undefined ? undefined : ns / 1e9
  },
}

/** A line without the label is passed over; one whose value is no number has an error. */
function compileUnwrap({ name, conversion, conditions }: Unwrap): ValueOf {
  const read = readers[conversion]
  return (_, labels) => {
    const text = labels.get(name) ?? ''
    if (text === '') return undefined
    const value = read(text)
    if (value === undefined) {
      labels.error = 'SampleExtractionErr'
      labels.errorDetails = `“${text}” is not to be taken for a number.`
    }
    return conditions.every(({ test }) => test(labels)) ? (value ?? 0) : undefined
  }
}

interface Draft {
  readonly labels: Labels
  readonly error: string | undefined
  readonly times: number[]
  readonly values: number[]
}

/** A template can make a name of millions for every line. */
const mostLetters = 100_000_000

/** Puts numbers together by the labels that count. */
class Collection {
  readonly #names: ReadonlySet<string>
  readonly #without: boolean
  readonly #drafts = new Map<string, Draft>()
  readonly #range: TextRange
  #letters = 0

  constructor({ grouping, unwrap, from, to }: RangeAggregation) {
    this.#range = { from, to }
    this.#without = grouping === undefined || grouping.without
    const names = new Set(grouping?.names)
    if (this.#without && unwrap !== undefined) names.add(unwrap.name)
    this.#names = names
  }

  add(labels: LineLabels, timeMs: number, value: number): void {
    const draft = this.#draftOf(labels)
    draft.times.push(timeMs)
    draft.values.push(value)
  }

  #draftOf(labels: LineLabels): Draft {
    let key = ''
    const isGrouped = !this.#without && labels.error === ''
    // Without making labels for each line: most of the time of a count goes here.
    if (isGrouped) for (const name of this.#names) key += `${labels.get(name) ?? ''}\ud800`
    const series = isGrouped ? undefined : this.#labelsOf(labels)
    if (series !== undefined) key = `\ud800${labelKey(series)}`
    let draft = this.#drafts.get(key)
    if (draft === undefined) {
      const own = series ?? this.#labelsOf(labels)
      const isRefused = labels.error !== '' && !labels.keepsError
      const error = isRefused
        ? `${labels.error} of ${labelsText(own.filter(([name]) => name !== errorLabel))}`
        : undefined
      this.#letters += labelsText(own).length
      if (this.#letters > mostLetters)
        throw new LogqlError(
          'limit',
          this.#range,
          `The names of these series have more than ${countOf(mostLetters, 'letter')} together.`,
        )
      draft = { labels: own, error, times: [], values: [] }
      this.#drafts.set(key, draft)
    }
    return draft
  }

  /** An error would be lost in a group: with it, all labels stay. */
  #labelsOf(labels: LineLabels): Labels {
    const all = { names: new Set<string>(), without: true }
    return labels.series(labels.error === '' ? { names: this.#names, without: this.#without } : all)
  }

  finish(): readonly LogSamples[] {
    return [...this.#drafts.values()].map(({ labels, error, times, values }) => ({
      labels,
      error,
      ...inOrderOfTime(times, values),
    }))
  }
}

/** Several streams may have come together in a series. */
function inOrderOfTime(
  times: readonly number[],
  values: readonly number[],
): { readonly times: Float64Array; readonly values: Float64Array } {
  if (times.every((time, at) => at === 0 || times[at - 1] <= time))
    return { times: Float64Array.from(times), values: Float64Array.from(values) }
  // Where lines are counted all numbers are 1, and times can be sorted without them: in a tenth of the time.
  if (values.every((value) => value === values[0]))
    return { times: Float64Array.from(times).sort(), values: Float64Array.from(values) }
  const order = times.map((_, at) => at).sort((one, other) => times[one] - times[other] || one - other)
  return {
    times: Float64Array.from(order, (at) => times[at]),
    values: Float64Array.from(order, (at) => values[at]),
  }
}
