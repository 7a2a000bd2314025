/** Where the samples come from: anything that finds series by their labels, and one such thing in memory. */
import { getOrSet } from '#shared/base/get-or-set'
import type { Histogram } from './histogram.ts'
import { type Labels, labelKey } from './labels.ts'
import { type Matcher, matchesAll } from './matcher.ts'

/** One series as columns, a row per sample, in order of time. */
export interface Series {
  readonly labels: Labels
  /** Milliseconds since 1970, each greater than the one before. */
  readonly times: Float64Array
  /** The value of the sample; of no meaning where it is a histogram or the series ended. */
  readonly values: Float64Array
  /** Native histograms by row; undefined where the sample is a number. Left out where all are. */
  readonly histograms?: readonly (Histogram | undefined)[]
  /** 1 where the series is said to have ended (a staleness marker). Left out where it never is. */
  readonly ended?: Uint8Array
}

/** What queries are asked of. */
export interface SeriesStore {
  /** The series that match, each with its samples in order of time; those before `fromMs` or after `toMs` may be left out. */
  select(matchers: readonly Matcher[], fromMs: number, toMs: number): readonly Series[]
}

/** A store of series in memory. No two may have the same labels. */
export function createSeriesStore(series: readonly Series[]): SeriesStore {
  const keys = new Set(series.map(({ labels }) => labelKey(labels)))
  if (keys.size !== series.length) throw new Error('two series have the same labels')
  const byLabel = new Map<string, Map<string, Series[]>>()
  for (const one of series)
    for (const [name, value] of one.labels) {
      const values = getOrSet(byLabel, name, () => new Map<string, Series[]>())
      getOrSet(values, value, (): Series[] => []).push(one)
    }
  return {
    select(matchers) {
      const candidates = matchers
        .filter(({ op, value }) => op === '=' && value !== '')
        .map(({ name, value }) => byLabel.get(name)?.get(value) ?? [])
      const fewest = candidates.reduce((one, other) => (other.length < one.length ? other : one), series)
      return fewest.filter(({ labels }) => matchesAll(matchers, labels))
    },
  }
}
