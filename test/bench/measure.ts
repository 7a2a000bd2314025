/** One number a benchmark measures, over several runs. */
export interface Measurement {
  readonly name: string
  readonly unit: 'ms' | 'frames/s'
  /** What it should reach: at most for times, at least for frames. Undefined when it is only told. */
  readonly goal: number | undefined
  readonly samples: readonly number[]
}

/** A benchmark: a name for the command line, and what it measures. */
export interface Benchmark {
  readonly name: string
  run(runs: number): Promise<readonly Measurement[]>
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
export function reachesGoal({ unit, goal, samples }: Measurement): boolean {
  if (goal === undefined) return true
  return unit === 'ms' ? median(samples) <= goal : median(samples) >= goal
}

/** Samples of several measurements, collected run by run. */
export class Samples {
  readonly #samples = new Map<
    string,
    { unit: Measurement['unit']; goal: number | undefined; values: number[] }
  >()

  add(name: string, unit: Measurement['unit'], goal: number | undefined, value: number): void {
    const known = this.#samples.get(name)
    if (known) known.values.push(value)
    else this.#samples.set(name, { unit, goal, values: [value] })
  }

  measurements(): readonly Measurement[] {
    return [...this.#samples].map(([name, { unit, goal, values }]) => ({ name, unit, goal, samples: values }))
  }
}
