/**
 * The room between the boxes of a map, and ways through it for calls. Walls stand where boxes begin and end, a little outside of them; between
 * two walls lie cells, one above the other, which no box reaches into. A line that keeps to cells crosses no box.
 *
 *        wall      wall      wall
 *         │ cell    │         │
 *         ├─────────┤         │
 *    ─────│─box─────│─ cell ──│──▶
 *         ├─────────┤         │
 *         │ cell    │         │
 */
import type { Box } from '#shared/map/layout-graph'

/** What lines keep away from boxes, px at a scale of 1; boxes that lie nearer than twice that have no way between them. */
export const clearPx = 7
/** Lines that pass the same box lie so far apart, where there is room; they go no further from it than `lanesPx`. */
const lanePx = 3
const lanesPx = 24
/** What turning round costs, beside a px of going up or down; of two ways, about as long as each other, the one below is taken. */
const turnCost = { below: 40, above: 70 }
const acrossCost = 0.1

export interface FreeSpace {
  /** Where walls stand, from left to right. */
  readonly walls: readonly number[]
  /** The number of the first cell left of each wall, then that right of the last wall, then how many cells there are. */
  readonly firstCells: readonly number[]
  /** Of each cell; those between the same walls follow each other from top to bottom. */
  readonly tops: readonly number[]
  readonly bottoms: readonly number[]
}

/** A place on a wall where a way goes through, and between which heights it may as well. */
export interface Crossing {
  readonly x: number
  readonly y: number
  readonly top: number
  readonly bottom: number
}

export const wallLeftOf = ({ x }: Box): number => Math.floor(x - clearPx)
export const wallRightOf = ({ x, width }: Box): number => Math.ceil(x + width + clearPx)

/** Cost: boxes × different edges of boxes. */
export function freeSpaceOf(boxes: Iterable<Box>): FreeSpace {
  const all = [...boxes].toSorted((one, other) => one.y - other.y)
  const walls = [...new Set(all.flatMap((box) => [wallLeftOf(box), wallRightOf(box)]))].sort((a, b) => a - b)
  const [firstCells, tops, bottoms]: [number[], number[], number[]] = [[], [], []]
  for (let slab = 0; slab <= walls.length; slab++) {
    const [left, right] = [walls[slab - 1] ?? -Infinity, walls[slab] ?? Infinity]
    firstCells.push(tops.length)
    let free = -Infinity
    for (const box of all) {
      if (wallLeftOf(box) >= right || wallRightOf(box) <= left) continue
      if (box.y - clearPx > free) {
        tops.push(free)
        bottoms.push(box.y - clearPx)
      }
      free = Math.max(free, box.y + box.height + clearPx)
    }
    tops.push(free)
    bottoms.push(Infinity)
  }
  firstCells.push(tops.length)
  return { walls, firstCells, tops, bottoms }
}

/** The first of `values[from … to]`, which ascend, that is not less than so much; `to` where all are. */
function firstFrom(values: readonly number[], from: number, to: number, least: number): number {
  let [low, high] = [from, to]
  while (low < high) {
    const middle = (low + high) >> 1
    if (values[middle] >= least) high = middle
    else low = middle + 1
  }
  return low
}

const wallAt = ({ walls }: FreeSpace, x: number): number => firstFrom(walls, 0, walls.length, x)

/** The cell that a height lies in, left of a wall; undefined where there is a box. */
function cellAt({ firstCells, tops, bottoms }: FreeSpace, slab: number, y: number): number | undefined {
  const end = firstCells[slab + 1]
  const cell = firstFrom(bottoms, firstCells[slab], end, y)
  return cell < end && tops[cell] <= y ? cell : undefined
}

/** Whether what rises or falls steadily from one wall to another at the right keeps to cells; its height by x. */
export function isFree(
  space: FreeSpace,
  fromX: number,
  toX: number,
  heightAt: (x: number) => number,
): boolean {
  const last = wallAt(space, toX)
  for (let wall = wallAt(space, fromX); wall < last; wall++) {
    const cell = cellAt(space, wall + 1, heightAt(space.walls[wall]))
    if (cell === undefined || cell !== cellAt(space, wall + 1, heightAt(space.walls[wall + 1]))) return false
  }
  return true
}

/**
 * Looks for a way from the right side of one box to the left side of another, short in going up and down, and tells it by the walls that it
 * crosses: the first is that right of the one, the last that left of the other, and where two lie on the same wall it turns round between
 * them. Undefined where boxes lie so near that there is none. Ways that were found before it lie apart from it.
 */
export type WayFinder = (from: Place, to: Place) => readonly Crossing[] | undefined

interface Place {
  readonly x: number
  readonly y: number
}

/** Cost of a way: the cells it may go through at most, as A* (Hart, Nilsson, Raphael 1968) takes them. */
export function wayFinder(space: FreeSpace): WayFinder {
  const { walls, firstCells, tops, bottoms } = space
  // A state is a cell and the side that it is entered from: 2 × cell, and 1 more for its right side. The last one is the end of a way.
  const goal = 2 * tops.length
  const costs = new Float64Array(goal + 1)
  const heights = new Float64Array(goal + 1)
  const before = new Int32Array(goal + 1)
  const isDone = new Uint8Array(goal + 1)
  const slabOf = new Int32Array(tops.length)
  for (let slab = 0; slab <= walls.length; slab++) slabOf.fill(slab, firstCells[slab], firstCells[slab + 1])
  const ways = new Int32Array(tops.length)
  const apartIn = (cell: number, roomPx: number): number =>
    (ways[cell] % (1 + Math.floor(Math.min(lanesPx, roomPx) / lanePx))) * lanePx
  const heightOf = (cell: number): number => bottoms[cell] - tops[cell]
  const entryOf = (state: number): number => walls[slabOf[state >> 1] - 1 + (state & 1)]
  const between = (cell: number, next: number) => ({
    top: Math.max(tops[cell], tops[next]),
    bottom: Math.min(bottoms[cell], bottoms[next]),
  })

  const open = new LeastFirst()

  /** Straight on to the right, each time by the cell that lies nearest to the line to the end: undefined where that leads nowhere. */
  const straightOn = (from: Place, to: Place, startCell: number, endCell: number): Crossing[] | undefined => {
    const way: Crossing[] = [{ ...from, ...between(startCell, startCell) }]
    const cells = [startCell]
    let [cell, { x, y }] = [startCell, from]
    for (let slab = slabOf[startCell]; slab < slabOf[endCell]; slab++) {
      const wall = walls[slab]
      const wished = y + ((to.y - y) * (wall - x)) / (to.x - x)
      const [first, past] = [firstCells[slab + 1], firstCells[slab + 2]]
      const below = Math.min(past - 1, firstFrom(bottoms, first, past, wished))
      const isAbove = below > first && wished - bottoms[below - 1] < tops[below] - wished
      const next = slab + 1 === slabOf[endCell] ? endCell : isAbove ? below - 1 : below
      const { top, bottom } = between(cell, next)
      if (top >= bottom) return undefined
      const isNarrower = heightOf(next) < heightOf(cell)
      const kept = apartIn(isNarrower ? next : cell, (bottom - top) / 2)
      y = Math.min(bottom - kept, Math.max(top + kept, isNarrower ? wished : y))
      ;[x, cell] = [wall, next]
      way.push({ x, y, top, bottom })
      cells.push(cell)
    }
    for (const passed of cells) ways[passed]++
    return [...way, { ...to, ...between(endCell, endCell) }]
  }

  return (from, to) => {
    const [startSlab, endSlab] = [wallAt(space, from.x) + 1, wallAt(space, to.x)]
    const [startCell, endCell] = [cellAt(space, startSlab, from.y), cellAt(space, endSlab, to.y)]
    if (startCell === undefined || endCell === undefined) return undefined
    const straight = from.x < to.x ? straightOn(from, to, startCell, endCell) : undefined
    if (straight) return straight
    costs.fill(Infinity)
    isDone.fill(0)
    open.clear()
    const reach = (state: number, cost: number, y: number, last: number): void => {
      if (cost >= costs[state]) return
      costs[state] = cost
      heights[state] = y
      before[state] = last
      const left = state === goal ? 0 : Math.abs(to.y - y) + Math.abs(to.x - entryOf(state)) * acrossCost
      open.put(state, cost + left)
    }
    reach(2 * startCell, 0, from.y, -1)
    for (let state = open.take(); state !== undefined && state !== goal; state = open.take()) {
      if (isDone[state] === 1) continue
      isDone[state] = 1
      const [cell, side, y, cost] = [state >> 1, state & 1, heights[state], costs[state]]
      const slab = slabOf[cell]
      if (cell === endCell) {
        const turning = side === 0 ? 0 : y < to.y ? turnCost.above : turnCost.below
        reach(goal, cost + Math.abs(to.y - y) + turning, to.y, state)
      }
      const width = walls[slab] - walls[slab - 1]
      const across = width > 0 ? width * acrossCost : 0
      for (let out = 0; out <= 1; out++) {
        const nextSlab = slab + (out === 0 ? -1 : 1)
        if (nextSlab < 0 || nextSlab > walls.length) continue
        const past = firstCells[nextSlab + 1]
        let next = firstFrom(bottoms, firstCells[nextSlab], past, tops[cell])
        for (; next < past && tops[next] < bottoms[cell]; next++) {
          const top = Math.max(tops[cell], tops[next])
          const bottom = Math.min(bottoms[cell], bottoms[next])
          const reached = 2 * next + 1 - out
          const nearest = Math.max(top - y, y - bottom, 0)
          if (top >= bottom || cost + nearest >= costs[reached]) continue
          const kept = apartIn(heightOf(next) < heightOf(cell) ? next : cell, (bottom - top) / 2)
          const at = Math.min(bottom - kept, Math.max(top + kept, y))
          if (out !== side) reach(reached, cost + across + Math.abs(at - y), at, state)
          // At the same height it would run back along itself.
          else if (at !== y)
            reach(reached, cost + Math.abs(at - y) + (at < y ? turnCost.above : turnCost.below), at, state)
        }
      }
    }
    if (costs[goal] === Infinity) return undefined
    const way: Crossing[] = [{ ...to, ...between(endCell, endCell) }]
    for (let state = before[goal]; state >= 0; state = before[state]) {
      const [cell, last] = [state >> 1, before[state] >> 1]
      ways[cell]++
      way.push({ x: entryOf(state), y: heights[state], ...between(cell, before[state] < 0 ? cell : last) })
    }
    return way.toReversed()
  }
}

/** States by what they cost; a binary heap. One may be in it several times. */
class LeastFirst {
  readonly #states: number[] = []
  readonly #costs: number[] = []

  clear(): void {
    this.#states.length = 0
    this.#costs.length = 0
  }

  put(state: number, cost: number): void {
    let at = this.#states.length
    for (let above = (at - 1) >> 1; at > 0 && this.#costs[above] > cost; above = (at - 1) >> 1) {
      this.#set(at, this.#states[above], this.#costs[above])
      at = above
    }
    this.#set(at, state, cost)
  }

  take(): number | undefined {
    const first = this.#states.at(0)
    const [state, cost] = [this.#states.pop(), this.#costs.pop()]
    const { length } = this.#states
    if (state === undefined || cost === undefined || length === 0) return first
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below + 1 < length && this.#costs[below + 1] < this.#costs[below]) below++
      if (below >= length || this.#costs[below] >= cost) break
      this.#set(at, this.#states[below], this.#costs[below])
      at = below
    }
    this.#set(at, state, cost)
    return first
  }

  #set(at: number, state: number, cost: number): void {
    this.#states[at] = state
    this.#costs[at] = cost
  }
}
