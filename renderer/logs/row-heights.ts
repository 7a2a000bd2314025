/** Where rows of unequal height stand. react-window guesses what it has not drawn yet; a scroll bar over 100,000 lines must not jump. */

/** Heights of rows, summed up. */
export interface RowHeights {
  readonly count: number
  readonly totalPx: number
  /** Where a row begins; `count` is the end of the last one. */
  topOf(row: number): number
  /** The row at a height; the first or last one outside. */
  rowAt(px: number): number
}

/** `own` are heights of single rows that differ from the rest, by row. */
export function evenHeights(
  count: number,
  rowPx: number,
  own: ReadonlyMap<number, number> = new Map(),
): RowHeights {
  const rows = [...own.keys()].filter((row) => row < count).sort((a, b) => a - b)
  const topOf = (row: number): number => {
    let top = row * rowPx
    for (const one of rows) {
      if (one >= row) break
      top += (own.get(one) ?? rowPx) - rowPx
    }
    return top
  }
  return withRowAt(count, topOf)
}

/** `heights` of all rows, in order. */
export function unevenHeights(heights: Float64Array): RowHeights {
  const tops = new Float64Array(heights.length + 1)
  for (let row = 0; row < heights.length; row++) tops[row + 1] = tops[row] + heights[row]
  return withRowAt(heights.length, (row) => tops[row])
}

function withRowAt(count: number, topOf: (row: number) => number): RowHeights {
  return {
    count,
    totalPx: topOf(count),
    topOf,
    rowAt(px) {
      let [low, high] = [0, Math.max(0, count - 1)]
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if (topOf(middle) <= px) low = middle
        else high = middle - 1
      }
      return low
    },
  }
}
