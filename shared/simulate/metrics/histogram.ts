import type { HistogramInstrument } from './instruments.ts'
import type { Observation } from './observations.ts'

/** Growth of exponential buckets: eight for each doubling. */
const scale = 3
const perDoubling = 2 ** scale

/** A distribution that fills as observations come; counts are from the beginning on. */
export class Histogram {
  count = 0
  sum = 0
  min = Infinity
  max = -Infinity
  /** Undefined for exponential buckets. */
  readonly bounds: readonly number[] | undefined
  /** Counts of the buckets from the first to the last that holds something, and what is between. */
  readonly #counts: number[]
  /** The index of the first of exponential buckets: bucket i holds what is over 2^(i/8), up to 2^((i+1)/8). */
  #offset = 0
  /** Of the observations since `takeExemplars`, the last of each bucket. */
  readonly #exemplars = new Map<number, Observation>()

  constructor({ bounds }: HistogramInstrument) {
    this.bounds = bounds
    this.#counts = bounds === undefined ? [] : Array.from({ length: bounds.length + 1 }, () => 0)
  }

  get scale(): number {
    return scale
  }

  get offset(): number {
    return this.#offset
  }

  get counts(): readonly number[] {
    return this.#counts
  }

  add(observation: Observation): void {
    const { seconds } = observation
    this.count++
    this.sum += seconds
    this.min = Math.min(this.min, seconds)
    this.max = Math.max(this.max, seconds)
    const bucket =
      this.bounds === undefined ? this.#exponential(seconds) : this.#explicit(this.bounds, seconds)
    this.#exemplars.set(bucket, observation)
  }

  /** An example of each bucket that got something since it was asked last. */
  takeExemplars(): readonly Observation[] {
    const exemplars = [...this.#exemplars.values()]
    this.#exemplars.clear()
    return exemplars
  }

  #explicit(bounds: readonly number[], seconds: number): number {
    let bucket = 0
    while (bucket < bounds.length && seconds > bounds[bucket]) bucket++
    this.#counts[bucket]++
    return bucket
  }

  #exponential(seconds: number): number {
    const index = Math.ceil(Math.log2(seconds) * perDoubling) - 1
    if (this.#counts.length === 0) this.#offset = index
    for (; index < this.#offset; this.#offset--) this.#counts.unshift(0)
    while (this.#offset + this.#counts.length <= index) this.#counts.push(0)
    this.#counts[index - this.#offset]++
    // An example for each doubling is plenty.
    return index >> scale
  }
}
