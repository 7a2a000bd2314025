/**
 * Bounds of durations, which are whole nanoseconds: more than 500 ms is 500 ms and one nanosecond at least. So every source can be asked
 * for what is open, and what is asked is still read as it was meant.
 */

/** What is at least this long, nanoseconds, is longer than the given. */
export const longerThan = (ns: number): number => ns + 1
/** What is at most this long, nanoseconds, is shorter than the given. */
export const shorterThan = (ns: number): number => ns - 1

/** A bound as it was meant. */
export interface DurationBound {
  /** Its own length, nanoseconds, does not belong to it. */
  readonly isOpen: boolean
  readonly ns: number
}

// Clocks count microseconds at most, and nobody writes a nanosecond more or less than one.
const isAbove = (ns: number): boolean => ns > 1_000 && ns % 1_000 === 1
const isBelow = (ns: number): boolean => ns % 1_000 === 999

export const leastBound = (ns: number): DurationBound =>
  isAbove(ns) ? { isOpen: true, ns: ns - 1 } : { isOpen: false, ns }

export const mostBound = (ns: number): DurationBound =>
  isBelow(ns) ? { isOpen: true, ns: ns + 1 } : { isOpen: false, ns }
