/** The whole trace in a strip: what stands where, at the resolution of the screen. */
import type { Trace } from '#shared/trace/table'

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
  /** ServiceIndex: of the lane's last (deepest) row there, as if all had been painted in order. */
  readonly barService: Int32Array
  /** Spans running in each column. */
  readonly density: Uint32Array
  /** Failed spans that ended in each column. */
  readonly errors: Uint32Array
}

/** Cost: one walk over the spans. */
export function minimap(trace: Trace, widthPx: number, lanes: number): Minimap {
  void trace
  void widthPx
  void lanes
  throw new Error('not yet')
}
