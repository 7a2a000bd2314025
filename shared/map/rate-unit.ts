import type { CallFigures } from '#shared/map/graph'

/** What the rates of a map are counted by: calls in so many seconds. */
export interface RateUnit {
  readonly seconds: number
  readonly word: string
}

const units: readonly RateUnit[] = [
  { seconds: 1, word: 's' },
  { seconds: 60, word: 'min' },
  { seconds: 3_600, word: 'h' },
  { seconds: 86_400, word: 'day' },
]

/**
 * One unit for all rates of a map, so that they can be compared: the shortest in which half of them are 1 or more, and none longer than the
 * stretch of time in which calls were counted. Undefined where all of them were counted one by one: then counts are said.
 */
export function rateUnitOf(figures: readonly CallFigures[], windowMs: number): RateUnit | undefined {
  const known = figures.filter(({ rate, calls }) => rate !== undefined || calls !== undefined)
  if (known.every(({ calls }) => calls !== undefined)) return undefined
  const rates = known
    .map(({ rate = 0 }) => rate)
    .filter((rate) => rate > 0 && Number.isFinite(rate))
    .sort((one, other) => one - other)
  const middle = rates[Math.floor(rates.length / 2)] ?? 1
  const within = units.filter(({ seconds }) => seconds * 1_000 <= Math.max(1_000, windowMs))
  return within.find(({ seconds }) => middle * seconds >= 1) ?? within.at(-1)
}
