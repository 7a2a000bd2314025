/**
 * The stretch of rows that the scrolling list holds. A browser ends elements at some 33 million pixels of the screen (`ui/tallest.ts`): a
 * million rows on a fine screen are more. Then the list holds as many rows as fit, and which ones follows the scroll bar: far along it
 * in proportion, so that its ends are the ends of the trace; near by (a wheel, a key) row by row, and when the wheel comes to the end of
 * the stretch, the stretch is moved under the rows in view, which stay where they are.
 */
import { rowHeightPx } from './list-position'

export interface Stretch {
  /** Rows in all. */
  readonly count: number
  /** Rows the list holds at most. */
  readonly most: number
  /** The first row it holds. */
  readonly from: number
}

/** Where the list is, px. */
export interface ListScroll {
  readonly topPx: number
  readonly heightPx: number
}

/** Another first row, and how far the list is to be scrolled then. */
export interface StretchMove {
  readonly from: number
  readonly topPx: number
}

/** The first row that can be: the last stretch ends with the last row. */
export function lastFrom({ count, most }: Pick<Stretch, 'count' | 'most'>): number {
  return Math.max(0, count - most)
}

/** What scrolling does to the stretch; `jumped` by the scroll bar, or else near by. Undefined when it stays. */
export function moveOfScroll(
  stretch: Stretch,
  { topPx, heightPx }: ListScroll,
  jumped: boolean,
): StretchMove | undefined {
  const last = lastFrom(stretch)
  if (last === 0) return undefined
  const roomPx = stretch.most * rowHeightPx - heightPx
  if (jumped) {
    const from = Math.round(last * (topPx / roomPx))
    return from === stretch.from ? undefined : { from, topPx }
  }
  const isAtStart = topPx < heightPx && stretch.from > 0
  const isAtEnd = topPx > roomPx - heightPx && stretch.from < last
  return isAtStart || isAtEnd ? moveUnder(stretch, stretch.from * rowHeightPx + topPx, heightPx) : undefined
}

/** What brings a row (its position among all) into the stretch, in the middle of the list. Undefined when it is there. */
export function moveToRow(stretch: Stretch, at: number, heightPx: number): StretchMove | undefined {
  if (at >= stretch.from && at < stretch.from + stretch.most) return undefined
  const wholePx = stretch.count * rowHeightPx - heightPx
  const wantedPx = at * rowHeightPx - (heightPx - rowHeightPx) / 2
  return moveUnder(stretch, Math.min(Math.max(wantedPx, 0), wholePx), heightPx)
}

/** The stretch that has what is at `atPx` of all rows in its middle: then it need not move again soon. */
function moveUnder(stretch: Stretch, atPx: number, heightPx: number): StretchMove {
  const beforePx = (stretch.most * rowHeightPx - heightPx) / 2
  const from = Math.min(Math.max(Math.round((atPx - beforePx) / rowHeightPx), 0), lastFrom(stretch))
  return { from, topPx: atPx - from * rowHeightPx }
}
