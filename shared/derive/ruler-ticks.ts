/** Which times the ruler over the bars names. */
import { type Tick, timeTicks } from '#shared/derive/time-ticks'
import { positionOf, type Timeline } from '#shared/derive/time-window'

/** About this far apart stand the marks. */
const tickEveryPx = 80
/** Room a label takes to the right of its mark. */
const labelPx = 34
/** Fewer do not tell how long anything is. */
const fewest = 3
/** Finer steps than this change nothing any more. */
const mostSteps = 12

/** Whether there is room for the label of a mark. */
export const hasLabel = (tick: Tick, timeline: Timeline): boolean =>
  positionOf(tick.at, timeline) <= timeline.widthPx - labelPx

/** Marks about 80 px apart, and closer where fewer than three labels would fit. */
export function rulerTicks(timeline: Timeline): readonly Tick[] {
  const { window, widthPx } = timeline
  for (let steps = Math.max(1, Math.floor(widthPx / tickEveryPx)); ; steps++) {
    const ticks = timeTicks(window.from, window.to, steps)
    if (steps >= mostSteps || ticks.filter((tick) => hasLabel(tick, timeline)).length >= fewest) return ticks
  }
}
