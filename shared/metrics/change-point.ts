/** Where a series went up and stayed up for a while: circular binary segmentation by least squares (Olshen and others, 2004). */
import type { Point } from './frame'

/** A step upwards. */
export interface Rise {
  /** Place of the first point that belongs to the higher level. */
  readonly at: number
  /** Median of the points from the change before it on, and of those up to the next change. */
  readonly before: number
  readonly after: number
}

/** What is too little to be told of. */
export interface Least {
  /** The higher level is at least so many times the lower one. */
  readonly factor: number
  /** The levels are at least so far apart. */
  readonly difference: number
  /**
   * Each point measures as much time as lies between so many; 0 where it stands for itself. One slow request is then seen by as many of
   * them: a rise is told only if it lasts longer, or goes on to the end. And the first points of a series that begins measure less.
   */
  readonly overlap?: number
}

/** White noise of 60 points has a stretch that gains some 15 somewhere; this is no chance. */
const leastGain = 25
/** A level of one point is a spike. */
const fewestPoints = 2

/** Sums of values and of their squares, so that the spread of any stretch takes a few subtractions. */
interface Sums {
  readonly values: Float64Array
  readonly squares: Float64Array
}

function sumsOf(numbers: readonly number[]): Sums {
  const values = new Float64Array(numbers.length + 1)
  const squares = new Float64Array(numbers.length + 1)
  for (const [index, value] of numbers.entries()) {
    values[index + 1] = values[index] + value
    squares[index + 1] = squares[index] + value * value
  }
  return { values, squares }
}

/** Places where the level changes, in order: the ends of the stretch that stands out most, and those within its three parts. */
function changesOf(sums: Sums, from: number, to: number): readonly number[] {
  const count = to - from
  const sum = sums.values[to] - sums.values[from]
  // How far values lie from the mean, squared and summed.
  const whole = Math.max(0, sums.squares[to] - sums.squares[from] - (sum * sum) / count)
  let best = 0
  let [start, end] = [from, to]
  // A stretch may touch one end: that is a single step.
  for (let left = from; left <= to - fewestPoints; left++)
    for (let right = left + fewestPoints; right <= to; right++) {
      const inside = right - left
      if (count - inside < fewestPoints) continue
      const sumInside = sums.values[right] - sums.values[left]
      const sumOutside = sum - sumInside
      const less = sumInside ** 2 / inside + sumOutside ** 2 / (count - inside) - sum ** 2 / count
      if (less > best) [best, start, end] = [less, left, right]
    }
  const gain = (best * count) / Math.max(whole - best, whole * 1e-9)
  if (best === 0 || gain < leastGain) return []
  return [
    ...(start > from ? [...changesOf(sums, from, start), start] : []),
    ...changesOf(sums, start, end),
    ...(end < to ? [end, ...changesOf(sums, end, to)] : []),
  ]
}

/** The middle one, the lower of two: half of the values are at least as high. */
const levelOf = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[(values.length - 1) >> 1]

/** The first rise of a series that is more than chance and more than too little; gaps are passed over. Takes n² steps for each change. */
export function firstRise(points: readonly Point[], least: Least): Rise | undefined {
  const { overlap = 0 } = least
  const known = points.flatMap((point, place) => (point === null ? [] : [place]))
  const places = points.at(0) === null ? known.slice(overlap) : known
  const values = places.map((place) => points[place] ?? 0)
  const bounds = [0, ...changesOf(sumsOf(values), 0, values.length), values.length]
  const level = (stretch: number): number => levelOf(values.slice(bounds[stretch], bounds[stretch + 1]))
  const stretches = bounds.length - 1
  for (let index = 1; index < stretches; index++) {
    const before = level(index - 1)
    const isHigh = (stretch: number): boolean =>
      level(stretch) >= before * least.factor && level(stretch) - before >= least.difference
    let end = index
    while (end < stretches && isHigh(end)) end++
    if (end > index && (end === stretches || bounds[end] - bounds[index] > overlap))
      return { at: places[bounds[index]], before, after: level(index) }
  }
  return undefined
}
