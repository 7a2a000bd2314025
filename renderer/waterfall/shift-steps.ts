import { panBy, type TimeWindow, zoomAt } from '#shared/derive/time-window'

/** Shift and an arrow in the grid: plain arrows walk the tree there. */
export const shiftSteps: Readonly<Record<string, (now: TimeWindow, durationNs: number) => TimeWindow>> = {
  ArrowLeft: (now, durationNs) => panBy(now, -0.1, durationNs),
  ArrowRight: (now, durationNs) => panBy(now, 0.1, durationNs),
  ArrowUp: (now, durationNs) => zoomAt(now, (now.from + now.to) / 2, 0.75, durationNs),
  ArrowDown: (now, durationNs) => zoomAt(now, (now.from + now.to) / 2, 1 / 0.75, durationNs),
}
