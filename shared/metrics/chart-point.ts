/** What can be pointed at in a chart: the points of its lines, or the cells of its heatmap. */
import { type Frame, type Point, stacked } from './frame'
import type { Heatmap } from './heatmap'

/** What is pointed at: moments by their number, from the first to the last of a stretch, and a line or row of cells. */
export interface Pointed {
  readonly from: number
  readonly to: number
  /** -1 for all that is drawn there. */
  readonly row: number
  /** The lowest value that is meant; undefined where it is not known, or has no bound. */
  readonly least: number | undefined
  /** The highest that is meant, likewise; of a point there is none, what was slower is meant too. */
  readonly most?: number | undefined
}

export interface Pointable {
  /** Seconds since 1970, a step apart. */
  readonly times: readonly number[]
  /** Its rows are cells with bounds, not lines. */
  readonly hasCells: boolean
  /** How many lines there are, or rows of cells from the lowest up. */
  readonly rows: number
  /** Where a row is on the value axis at a moment; undefined where it has a gap. */
  readonly placeOf: (row: number, at: number) => number | undefined
  /** The row that is meant by a place on the value axis; -1 where there is none. */
  readonly rowAt: (at: number, value: number) => number
  /** The row that is meant by a rectangle; -1 where there is none. */
  readonly rowWithin: (from: number, to: number, low: number, high: number) => number
  /** The lowest value of a row within a stretch. */
  readonly leastOf: (row: number, from: number, to: number) => number | undefined
  /** The highest value that a rectangle means whose upper edge is there; undefined where it has no bound. */
  readonly mostBelow: (high: number) => number | undefined
  /** A row at a moment in words: `order-service 480 ms`. */
  readonly wordsOf: (row: number, at: number) => string
}

/** Where a place in a chart leads. */
export interface ChartWay {
  /** What it finds: `order-service, 250 ms and longer, 13:00 – 13:06`. */
  readonly title: string
  /** The query it will run. */
  readonly query: string
  readonly run: (inNewTab: boolean) => void
}

/** What can be pointed at, and where that leads. */
export interface ChartWays {
  readonly points: Pointable
  readonly wayOf: (pointed: Pointed) => ChartWay
  /** What has to be known for the ways is worth asking for now. */
  readonly onNear: () => void
}

/** The latest moment at which there is something, and the row that is meant there by a value; the last moment where there is nothing. */
export function latestPoint(
  { times, rowAt, placeOf }: Pick<Pointable, 'times' | 'rowAt' | 'placeOf'>,
  value: number,
): { readonly at: number; readonly row: number } {
  const known = times.findLastIndex((_, at) => placeOf(rowAt(at, value), at) !== undefined)
  const at = known < 0 ? times.length - 1 : known
  return { at, row: rowAt(at, value) }
}

/** The points of lines. `shown`: the columns that are drawn, by number; rows are as many. */
export function pointsOfLines(
  { times, columns }: Pick<Frame, 'times' | 'columns'>,
  shown: readonly number[],
  isStacked: boolean,
  wordsOf: (column: number, value: Point) => string,
): Pointable {
  const own = shown.map((column) => columns[column])
  const drawn = isStacked ? stacked(own) : own
  const nearest = (at: number, value: number): number => {
    let found = -1
    let least = Infinity
    drawn.forEach((points, row) => {
      const distance = Math.abs((points[at] ?? Infinity) - value)
      if (distance >= least) return
      least = distance
      found = row
    })
    return found
  }
  // What lies below the upper line of a part of a stack is that part; the lowest comes first.
  const rowAt = (at: number, value: number): number => {
    if (!isStacked) return nearest(at, value)
    const below = drawn.findIndex((points) => (points[at] ?? -Infinity) >= value)
    return below >= 0 ? below : drawn.findLastIndex((points) => (points[at] ?? null) !== null)
  }
  return {
    times,
    hasCells: false,
    rows: drawn.length,
    placeOf: (row, at) => drawn[row]?.[at] ?? undefined,
    rowAt,
    rowWithin: (from, to, low, high) => {
      const inside = drawn.map(
        (points) =>
          points.slice(from, to + 1).filter((value) => value !== null && value >= low && value <= high)
            .length,
      )
      const most = Math.max(0, ...inside)
      return most > 0 ? inside.indexOf(most) : rowAt(Math.round((from + to) / 2), (low + high) / 2)
    },
    leastOf: (row, from, to) => {
      const values = own[row]?.slice(from, to + 1).filter((value) => value !== null) ?? []
      return values.length === 0 ? undefined : Math.min(...values)
    },
    // A line tells of a quantile or an average: single requests lie above it.
    mostBelow: () => undefined,
    wordsOf: (row, at) => wordsOf(shown[row], own[row]?.[at] ?? null),
  }
}

/** The cells of a heatmap; `edges` are those that are drawn, all of them finite. */
export function pointsOfCells(
  { times, edges: bounds, counts }: Pick<Heatmap, 'times' | 'edges' | 'counts'>,
  edges: readonly number[],
  wordsOf: (low: number, high: number, count: number) => string,
): Pointable {
  const rows = Math.max(0, edges.length - 1)
  const rowAt = (_at: number, value: number): number => {
    if (rows === 0) return -1
    const above = edges.findIndex((edge) => edge > value)
    return Math.min(rows - 1, Math.max(0, (above < 0 ? edges.length : above) - 1))
  }
  const leastOf = (row: number): number | undefined =>
    row >= 0 && Number.isFinite(bounds[row]) ? bounds[row] : undefined
  return {
    times,
    hasCells: true,
    rows,
    placeOf: (row) => (row >= 0 && row < rows ? (edges[row] + edges[row + 1]) / 2 : undefined),
    rowAt,
    rowWithin: (from, _to, low) => rowAt(from, low),
    leastOf,
    mostBelow: (high) => {
      // All of the cell that the edge lies in; one that lies on a bound takes nothing of the next.
      const bound = bounds[edges.findIndex((edge) => edge >= high)]
      return Number.isFinite(bound) ? bound : undefined
    },
    wordsOf: (row, at) => wordsOf(bounds[row], bounds[row + 1], counts[at * rows + row] ?? 0),
  }
}

/** The number of the moment nearest to a time, seconds since 1970. */
export function momentAt(times: readonly number[], time: number): number {
  if (times.length < 2) return 0
  const at = Math.round((time - times[0]) / (times[1] - times[0]))
  return Math.min(times.length - 1, Math.max(0, at))
}
