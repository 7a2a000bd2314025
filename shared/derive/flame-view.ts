/** What of a flame graph is seen: boxes in view, with those narrower than a pixel put together; and the way from box to box by keys. */
import type { BoxIndex, Flame } from '#shared/derive/flame'
import { momentAt, positionOf, type Timeline } from '#shared/derive/time-window'

/** Boxes `first` to `last` (half open, of one lane) between two positions; more than one where each alone would not be seen. */
export type DrawBoxes = (first: BoxIndex, last: BoxIndex, fromPx: number, toPx: number) => void

/** Narrower boxes are put together with their neighbours. */
const narrowestPx = 1

/** Calls back for what is in view of one lane, from left to right. Cost: per pixel of width a halving, however many boxes there are. */
export function boxesInView(flame: Flame, lane: number, timeline: Timeline, draw: DrawBoxes): void {
  const { from, to, laneStart } = flame
  const { window, widthPx } = timeline
  const end = laneStart[lane + 1]
  let box = firstEndingAfter(flame, laneStart[lane], end, window.from)
  while (box < end && from[box] <= window.to) {
    const left = positionOf(from[box], timeline)
    const right = positionOf(to[box], timeline)
    if (right - left >= narrowestPx) {
      draw(box, box + 1, Math.max(left, -2), Math.min(right, widthPx + 2))
      box += 1
      continue
    }
    const pixel = Math.floor(left)
    const next = Math.max(box + 1, firstEndingAfter(flame, box, end, momentAt(pixel + 1, widthPx, window)))
    draw(box, next, pixel, pixel + 1)
    box = next
  }
}

/** The first box of `first .. end` that ends later than a moment; those of one lane end in order. */
function firstEndingAfter({ to }: Flame, first: number, end: number, moment: number): BoxIndex {
  let low = first
  let high = end
  while (low < high) {
    const middle = (low + high) >>> 1
    if (to[middle] > moment) high = middle
    else low = middle + 1
  }
  return low
}

/** How far below the top a box is, which its lane is not: 1 without a caller. */
export function levelOfBox({ parent }: Flame, box: BoxIndex): number {
  let level = 1
  for (let above = parent[box]; above >= 0; above = parent[above]) level++
  return level
}

/** The box of a lane under a position, or the nearest within `nearPx` of it; -1 for none. */
export function boxAt(flame: Flame, lane: number, xPx: number, timeline: Timeline, nearPx: number): BoxIndex {
  if (!(lane >= 0 && lane < flame.laneCount)) return -1
  const { from, to, laneStart } = flame
  const end = laneStart[lane + 1]
  const moment = momentAt(xPx, timeline.widthPx, timeline.window)
  const after = firstEndingAfter(flame, laneStart[lane], end, moment)
  let best = -1
  let bestPx = nearPx
  for (const box of [after - 1, after]) {
    if (box < laneStart[lane] || box >= end) continue
    const left = positionOf(from[box], timeline)
    const right = positionOf(to[box], timeline)
    const awayPx = Math.max(left - xPx, xPx - right, 0)
    if (awayPx > bestPx) continue
    best = box
    bestPx = awayPx
  }
  return best
}

/** Where a key leads from a box: up to its caller, down to the longest it called, left and right along its lane; -1 or the box itself at an end. */
export function nextBox(flame: Flame, box: BoxIndex, key: string): BoxIndex | undefined {
  if (flame.length === 0) return undefined
  const at = box < 0 || box >= flame.length ? 0 : box
  switch (key) {
    case 'ArrowUp':
      return flame.parent[at] < 0 ? at : flame.parent[at]
    case 'ArrowDown':
      return longestChild(flame, at)
    case 'ArrowLeft':
      return Math.max(flame.laneStart[flame.lane[at]], at - 1)
    case 'ArrowRight':
      return Math.min(flame.laneStart[flame.lane[at] + 1] - 1, at + 1)
    case 'Home':
      return 0
    case 'End':
      return flame.length - 1
    default:
      return undefined
  }
}

/** The longest box called from this one; the box itself where there is none. Cost: one walk over the boxes after it. */
function longestChild({ parent, from, to, length }: Flame, box: BoxIndex): BoxIndex {
  let best = box
  let longest = -1
  for (let at = box + 1; at < length; at++) {
    if (parent[at] !== box || to[at] - from[at] <= longest) continue
    best = at
    longest = to[at] - from[at]
  }
  return best
}

/** Per box, how many of the boxes before it are marked; one entry more than boxes. So a stretch of boxes is asked at once. */
export function marksBefore(flame: Flame, isMarked: (box: BoxIndex) => boolean): Int32Array {
  const before = new Int32Array(flame.length + 1)
  for (let box = 0; box < flame.length; box++) before[box + 1] = before[box] + (isMarked(box) ? 1 : 0)
  return before
}

/** Per box, 1 = a row of it matches. */
export function matchingBoxes(flame: Flame, matches: Uint8Array): Uint8Array {
  const matching = new Uint8Array(flame.length)
  for (let row = 0; row < matches.length; row++)
    if (matches[row] === 1 && flame.boxOfRow[row] >= 0) matching[flame.boxOfRow[row]] = 1
  return matching
}
