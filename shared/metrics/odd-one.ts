/** The one of several like things that is far worse than all the others: an instance among those of its service. */

/** What is measured of one of them. */
export interface Measured {
  readonly name: string
  readonly value: number
}

/** The one that stands out. */
export interface OddOne extends Measured {
  /** The highest value of the others, and how many they are. */
  readonly others: number
  readonly count: number
}

/** The one whose value is at least so many times that of any other, and so much higher; undefined where there is none, or nothing to compare. */
export function oddOneOf(
  all: readonly Measured[],
  least: { readonly factor: number; readonly difference: number },
): OddOne | undefined {
  const [worst, next] = all.toSorted((one, other) => other.value - one.value)
  if (next === undefined) return undefined
  return worst.value >= next.value * least.factor && worst.value - next.value >= least.difference
    ? { ...worst, others: next.value, count: all.length - 1 }
    : undefined
}
