/**
 * The whole trace in a strip: what stands where, at the resolution of the screen. Rows are spread over the lanes from top to bottom and
 * painted over one another in order, as a canvas would if it painted every span; but each cell of the strip is written once, so that
 * a million spans cost no more than a walk.
 */
import { SpanFlag, type Trace } from '#shared/trace/table'

/** Column x stands for the time from x / width to (x + 1) / width of the trace. */
export interface Minimap {
  readonly widthPx: number
  /** Lanes in use, at most as many as were asked for; rows are spread over them evenly, first row on top. */
  readonly laneCount: number
  /** Bars, by lane, then from left to right, not overlapping within a lane. */
  readonly barCount: number
  readonly barLane: Uint16Array
  /** First column, and the column after the last. */
  readonly barFrom: Uint16Array
  readonly barTo: Uint16Array
  /** Class of the lane's last (deepest) row there, as if all had been painted in order; ServiceIndex unless told otherwise. */
  readonly barClass: Int32Array
  /** Spans that run at any time within each column, one after the other too. */
  readonly density: Uint32Array
  /** Failed spans that ended in each column. */
  readonly errors: Uint32Array
}

/** Draws the strip; missing rows are left out. `classOf`: what rows are coloured by. Cost: one walk over the spans, and lanes × width. */
export function minimap(
  trace: Trace,
  widthPx: number,
  lanes: number,
  classOf: Int32Array | Uint8Array = trace.spans.service,
): Minimap {
  const { spans, durationNs } = trace
  const width = Math.min(0xffff, Math.max(1, Math.floor(widthPx)))
  const laneCount = Math.min(spans.length, Math.max(1, Math.floor(lanes)))
  const change = new Int32Array(width + 1)
  const errors = new Uint32Array(width)
  const strip = new Strip(width)
  const scale = durationNs > 0 ? width / durationNs : 0
  let lane = laneCount - 1
  // From the last row to the first, the first to reach a cell keeps it: it is the one painted last.
  for (let row = spans.length - 1; row >= 0; row--) {
    const rowLane = Math.floor((row * laneCount) / spans.length)
    for (; lane > rowLane; lane--) strip.finishLane(lane)
    if ((spans.flags[row] & SpanFlag.missing) !== 0) continue
    const end = spans.start[row] + spans.duration[row]
    const from = Math.min(width - 1, Math.floor(spans.start[row] * scale))
    const to = scale === 0 ? width : Math.min(width, Math.max(from + 1, Math.ceil(end * scale)))
    strip.paint(from, to, classOf[row])
    change[from]++
    change[to]--
    if ((spans.flags[row] & SpanFlag.error) !== 0) errors[Math.min(width - 1, Math.floor(end * scale))]++
  }
  for (; lane >= 0; lane--) strip.finishLane(lane)
  const density = new Uint32Array(width)
  for (let x = 0, running = 0; x < width; x++) density[x] = running += change[x]
  return { widthPx: width, laneCount, ...strip.bars(), density, errors }
}

/** One lane being painted, and the bars of those that are done. */
class Strip {
  readonly #width: number
  readonly #class: Int32Array
  /** The nearest cell at or after each that is not painted; shortened as it is walked, so that no painted cell is passed twice. */
  readonly #free: Int32Array
  /** (lane, from, to, class) per bar, right to left within a lane, last lane first. */
  readonly #bars: number[] = []

  constructor(width: number) {
    this.#width = width
    this.#class = new Int32Array(width).fill(-1)
    this.#free = Int32Array.from({ length: width + 1 }, (_, x) => x)
  }

  paint(from: number, to: number, rowClass: number): void {
    const free = this.#free
    let x = this.#firstFree(from)
    while (x < to) {
      this.#class[x] = rowClass
      free[x] = x + 1
      x = this.#firstFree(x + 1)
    }
  }

  #firstFree(from: number): number {
    const free = this.#free
    let x = from
    while (free[x] !== x) x = free[x] = free[free[x]]
    return x
  }

  finishLane(lane: number): void {
    const classes = this.#class
    for (let to = this.#width; to > 0;) {
      let from = to - 1
      while (from > 0 && classes[from - 1] === classes[from]) from--
      if (classes[from] >= 0) this.#bars.push(lane, from, to, classes[from])
      to = from
    }
    classes.fill(-1)
    for (let x = 0; x <= this.#width; x++) this.#free[x] = x
  }

  bars(): Pick<Minimap, 'barCount' | 'barLane' | 'barFrom' | 'barTo' | 'barClass'> {
    const barCount = this.#bars.length / 4
    const column = (part: number) => (_: unknown, bar: number) => this.#bars[(barCount - 1 - bar) * 4 + part]
    const each = { length: barCount }
    return {
      barCount,
      barLane: Uint16Array.from(each, column(0)),
      barFrom: Uint16Array.from(each, column(1)),
      barTo: Uint16Array.from(each, column(2)),
      barClass: Int32Array.from(each, column(3)),
    }
  }
}
