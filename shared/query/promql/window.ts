/** What a function of a range looks at. */
import type { Histogram } from './histogram.ts'
import type { TextRange } from '#shared/query/query-error'

/** The samples of a series within a range: numbers from `from` to `to`, histograms from `fromHistogram` to `toHistogram`. */
export interface Window {
  readonly times: Float64Array
  readonly values: Float64Array
  from: number
  to: number
  readonly histogramTimes: Float64Array
  readonly histograms: readonly Histogram[]
  fromHistogram: number
  toHistogram: number
  /** The range: after `startMs`, up to and with `endMs`. */
  startMs: number
  endMs: number
  readonly rangeMs: number
  /** The moment of evaluation. */
  timeMs: number
  readonly metricName: string
  readonly parameters: number[]
  /** What is told of is about this part of the query. */
  readonly range: TextRange
  readonly warn: (words: string) => void
  readonly inform: (words: string) => void
}

/** A value from a range that holds at least one sample; undefined where there is none to give. */
export type RangeFunction = (window: Window) => number | Histogram | undefined

/** Words for a range that holds numbers and histograms, of which no sum can be made. */
export function mixedWords(metricName: string): string {
  return `encountered a mix of histograms and floats for metric name ${JSON.stringify(metricName)}`
}
