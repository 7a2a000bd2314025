/** One number a benchmark measures, over several runs. */
export interface Measurement {
  /** What was measured: a row of the table. */
  readonly name: string
  /** In what: a column of the table. Empty where there is only one. */
  readonly size: string
  readonly unit: 'ms' | 'MB' | '×'
  /** What it should not exceed; undefined when it is only told. */
  readonly goal: number | undefined
  readonly samples: readonly number[]
}

/** What is asked of a benchmark on the command line. */
export interface Wanted {
  readonly runs: number
  /** Sizes of traces, by name (`10k`); empty for all. */
  readonly sizes: readonly string[]
}

/** A benchmark: a name for the command line, and what it measures. */
export interface Benchmark {
  readonly name: string
  run(wanted: Wanted): Promise<readonly Measurement[]>
}

/** The middle of the samples; of an even number the mean of the two. */
export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((one, other) => one - other)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** The value that a share of the samples does not exceed. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
}

/** Whether the median reaches the goal. */
export function reachesGoal({ goal, samples }: Measurement): boolean {
  return goal === undefined || median(samples) <= goal
}

/** Samples of several measurements, collected run by run. */
export class Samples {
  readonly #measurements = new Map<string, Measurement & { readonly samples: number[] }>()

  add(about: Omit<Measurement, 'samples'>, value: number): void {
    const key = `${about.name}, ${about.size}`
    const known = this.#measurements.get(key)
    if (known) known.samples.push(value)
    else this.#measurements.set(key, { ...about, samples: [value] })
  }

  measurements(): readonly Measurement[] {
    return [...this.#measurements.values()]
  }
}
