/** Series that are put together from samples in any order, of any number of files. */
import type { Exemplar, MetricMetadata } from '#shared/api/metrics'
import { getOrSet } from '#shared/base/get-or-set'
import type { Histogram } from '#shared/query/promql/histogram'
import { type Labels, labelKey } from '#shared/query/promql/labels'
import type { Series } from '#shared/query/promql/series-store'

/** A series with the measurements that were kept with it. */
export interface KeptSeries extends Series {
  readonly exemplars: readonly Exemplar[]
}

/** So many samples are kept: some 500 MB. */
const mostSamples = 20_000_000

interface Draft {
  readonly labels: Labels
  readonly times: number[]
  readonly values: number[]
  /** By place in `times`; left out while there is none. */
  histograms: Map<number, Histogram> | undefined
  /** Places at which it is said to have ended. */
  ended: Set<number> | undefined
  /** Each sample says what came since the one before. */
  isDelta: boolean
  readonly exemplars: Exemplar[]
}

export class GatheredSeries {
  readonly #drafts = new Map<string, Draft>()
  readonly #since = new Set<Draft>()
  readonly #metadata = new Map<string, MetricMetadata>()
  #last: { readonly labels: Labels; readonly draft: Draft } | undefined
  #samples = 0
  /** There were more samples than are kept. */
  isCut = false

  /** Series of which something came since this was asked last. */
  takeCount(): number {
    const { size } = this.#since
    this.#since.clear()
    this.#last = undefined
    return size
  }

  /** A sample; `times` are milliseconds since 1970, of which whole ones count. */
  add(labels: Labels, timeMs: number, value: number, isDelta = false): void {
    const draft = this.#at(labels, timeMs)
    if (draft === undefined) return
    draft.values.push(value)
    draft.isDelta ||= isDelta
  }

  addHistogram(labels: Labels, timeMs: number, histogram: Histogram): void {
    const draft = this.#at(labels, timeMs)
    if (draft === undefined) return
    draft.values.push(0)
    draft.histograms ??= new Map()
    draft.histograms.set(draft.times.length - 1, histogram)
  }

  /** The series is said to have ended. */
  addEnd(labels: Labels, timeMs: number): void {
    const draft = this.#at(labels, timeMs)
    if (draft === undefined) return
    draft.values.push(Number.NaN)
    draft.ended ??= new Set()
    draft.ended.add(draft.times.length - 1)
  }

  addExemplars(labels: Labels, exemplars: readonly Exemplar[]): void {
    if (exemplars.length > 0) this.#of(labels).exemplars.push(...exemplars)
  }

  describe(metadata: MetricMetadata): void {
    this.#metadata.set(metadata.name, metadata)
  }

  metadata(): readonly MetricMetadata[] {
    return [...this.#metadata.values()]
  }

  /** In order of time; of samples at the same millisecond the first one counts. */
  series(): readonly KeptSeries[] {
    return [...this.#drafts.values()].map(seriesOf)
  }

  #of(labels: Labels): Draft {
    // Samples of a series come together: to find it anew for each takes most of the time.
    if (this.#last?.labels === labels) return this.#last.draft
    const draft = getOrSet(this.#drafts, labelKey(labels), (): Draft => ({
      labels,
      times: [],
      values: [],
      histograms: undefined,
      ended: undefined,
      isDelta: false,
      exemplars: [],
    }))
    this.#last = { labels, draft }
    this.#since.add(draft)
    return draft
  }

  #at(labels: Labels, timeMs: number): Draft | undefined {
    // Nobody can ask for what lies before 1970.
    if (!(timeMs >= 0 && timeMs < Infinity)) return undefined
    if (this.#samples >= mostSamples) {
      this.isCut = true
      return undefined
    }
    this.#samples++
    const draft = this.#of(labels)
    draft.times.push(Math.floor(timeMs))
    return draft
  }
}

function seriesOf({ labels, times, values, histograms, ended, isDelta, exemplars }: Draft): KeptSeries {
  const kept = placesInOrder(times)
  const sorted = Float64Array.from(kept, (place) => values[place])
  if (isDelta) for (let at = 1; at < sorted.length; at++) sorted[at] += sorted[at - 1]
  return {
    labels,
    times: Float64Array.from(kept, (place) => times[place]),
    values: sorted,
    ...(histograms && { histograms: kept.map((place) => histograms.get(place)) }),
    ...(ended && { ended: Uint8Array.from(kept, (place) => (ended.has(place) ? 1 : 0)) }),
    exemplars: exemplars.toSorted((one, other) => one.time - other.time),
  }
}

/** Nearly all come in order already. */
function placesInOrder(times: readonly number[]): readonly number[] {
  const order = times.map((_, place) => place)
  if (order.every((place) => place === 0 || times[place - 1] < times[place])) return order
  order.sort((one, other) => times[one] - times[other] || one - other)
  return order.filter((place, at) => at === 0 || times[place] !== times[order[at - 1]])
}
