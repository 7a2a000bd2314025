/**
 * The flame graph in order of time: each span at its time, below its parent. Siblings that do not overlap share a track; those that do
 * get tracks of their own, each as high as the highest subtree in it, so that nothing is hidden.
 *
 * ```
 * root |──────────────────|        lane 0
 *   a    |─────|  c |───|          lane 1
 *     a1  |──|                     lane 2
 *   b      |──────|                lane 3: overlaps a, whose track is two lanes high
 * ```
 */
import { byLane, type Flame, type InView, withCallers } from '#shared/derive/flame'
import type { Trace } from '#shared/trace/table'

/** Lays out every span in view. Cost: n log of the widest overlap. */
export function flameInTime(trace: Trace, { included, keepsCallers }: InView): Flame {
  const { spans, durationNs } = trace
  const { length, parent, start, duration } = spans
  const kept = included && keepsCallers ? withCallers(spans, included) : included
  const { below, laneCount } = stack(trace, kept)
  const lanes = new Int32Array(length).fill(-1)
  /** The nearest caller in view. */
  const caller = new Int32Array(length)
  for (let row = 0; row < length; row++) {
    const direct = parent[row]
    const above = (caller[row] = direct < 0 || kept?.[direct] !== 0 ? direct : caller[direct])
    if (kept?.[row] === 0) continue
    lanes[row] = above < 0 ? below[row] : lanes[above] + 1 + below[row]
  }
  const { laneStart, order } = byLane(lanes, laneCount)
  const boxOfRow = new Int32Array(length).fill(-1)
  for (let box = 0; box < order.length; box++) boxOfRow[order[box]] = box
  return {
    length: order.length,
    laneCount,
    laneStart,
    lane: order.map((row) => lanes[row]),
    from: Float64Array.from(order, (row) => start[row]),
    to: Float64Array.from(order, (row) => start[row] + duration[row]),
    parent: order.map((row) => (caller[row] < 0 ? -1 : boxOfRow[caller[row]])),
    row: order,
    boxOfRow,
    extentNs: Math.max(durationNs, 1),
    merged: undefined,
  }
}

/** Per row: how many lanes are between it and its caller. From the last row up: children are stacked before their parent is. */
function stack(
  { spans }: Trace,
  kept: Uint8Array | undefined,
): { readonly below: Int32Array; readonly laneCount: number } {
  const { length, subtreeEnd, start, duration } = spans
  const below = new Int32Array(length)
  const track = new Int32Array(length)
  const height = new Int32Array(length)
  // A subtree takes the time of all that is in it: what goes on after its caller must not meet the next sibling.
  const first = new Float64Array(length)
  const last = new Float64Array(length)
  const tracks = new Tracks()
  let laneCount = 0
  for (let row = length - 1; row >= -1; row--) {
    if (row >= 0 && kept?.[row] === 0) continue
    const end = row < 0 ? length : subtreeEnd[row]
    tracks.clear()
    let from = row < 0 ? 0 : start[row]
    // A span without duration still takes room: two of them at one moment must both be seen.
    let to = row < 0 ? 0 : start[row] + Math.max(duration[row], 1)
    // What is below a row that is out of view is met once, by its nearest caller in view.
    for (let child = row + 1; child < end; child = kept?.[child] === 0 ? child + 1 : subtreeEnd[child]) {
      if (kept?.[child] === 0) continue
      track[child] = tracks.place(first[child], last[child], height[child])
      from = Math.min(from, first[child])
      to = Math.max(to, last[child])
    }
    const lanes = tracks.stack()
    for (let child = row + 1; child < end; child = kept?.[child] === 0 ? child + 1 : subtreeEnd[child])
      if (kept?.[child] !== 0) below[child] = tracks.top(track[child])
    if (row < 0) laneCount = lanes
    else {
      first[row] = from
      last[row] = to
      height[row] = 1 + lanes
    }
  }
  return { below, laneCount }
}

/** Tracks for siblings: each goes to the first track that is free again. The earliest end of every half, quarter and so on is kept. */
class Tracks {
  #size = 1
  /** A heap-shaped tree: node 1 is the whole, leaf `size + t` is when track t is free. */
  #freeAt = new Float64Array(2).fill(Infinity)
  #height: number[] = []
  #top: number[] = []

  clear(): void {
    this.#size = 1
    this.#freeAt[1] = Infinity
    this.#height = []
  }

  place(from: number, to: number, height: number): number {
    const freeAt = this.#freeAt
    let node = 1
    if (freeAt[1] > from) return this.#open(to, height)
    while (node < this.#size) node = freeAt[2 * node] <= from ? 2 * node : 2 * node + 1
    const track = node - this.#size
    this.#height[track] = Math.max(this.#height[track], height)
    this.#setEnd(track, to)
    return track
  }

  /** Puts the tracks under one another; gives the number of lanes. */
  stack(): number {
    let lanes = 0
    this.#top = this.#height.map((height) => (lanes += height) - height)
    return lanes
  }

  top(track: number): number {
    return this.#top[track]
  }

  #open(to: number, height: number): number {
    const track = this.#height.push(height) - 1
    if (track >= this.#size) this.#grow()
    this.#setEnd(track, to)
    return track
  }

  #grow(): void {
    const size = this.#size
    if (this.#freeAt.length < 4 * size) {
      const more = new Float64Array(8 * size)
      more.set(this.#freeAt)
      this.#freeAt = more
    }
    this.#freeAt.copyWithin(2 * size, size, 2 * size)
    this.#freeAt.fill(Infinity, 3 * size, 4 * size)
    this.#size = 2 * size
    for (let node = this.#size - 1; node >= 1; node--)
      this.#freeAt[node] = Math.min(this.#freeAt[2 * node], this.#freeAt[2 * node + 1])
  }

  #setEnd(track: number, to: number): void {
    const freeAt = this.#freeAt
    let node = this.#size + track
    freeAt[node] = to
    for (node >>= 1; node >= 1; node >>= 1) freeAt[node] = Math.min(freeAt[2 * node], freeAt[2 * node + 1])
  }
}
