/** The stretch of a trace's time that is in view: zooming, panning and framing as pure functions. Nanoseconds from the epoch. */
export interface TimeWindow {
  readonly from: number
  readonly to: number
}

/** The closest anyone can zoom: below this, bars say nothing that the duration column does not. */
export const shortestWindowNs = 100

/** All of a trace; a trace without duration still gets a window that can be divided by. */
export const wholeWindow = (durationNs: number): TimeWindow => ({
  from: 0,
  to: Math.max(durationNs, 1),
})

export const isWhole = (window: TimeWindow, durationNs: number): boolean =>
  window.from <= 0 && window.to >= Math.max(durationNs, 1)

/** The nearest window that lies inside the trace and is neither empty nor absurdly short. */
export function clampWindow(window: TimeWindow, durationNs: number): TimeWindow {
  const whole = wholeWindow(durationNs)
  const shortest = Math.min(shortestWindowNs, whole.to)
  const length = Math.min(Math.max(window.to - window.from, shortest), whole.to)
  const from = Math.min(Math.max(window.from, 0), whole.to - length)
  return { from, to: from + length }
}

/** Zooms so that the moment `atNs` stays under the pointer; a factor below 1 shows less time. */
export function zoomAt(window: TimeWindow, atNs: number, factor: number, durationNs: number): TimeWindow {
  const length = window.to - window.from
  const share = length > 0 ? (atNs - window.from) / length : 0.5
  const shortest = Math.min(shortestWindowNs, Math.max(durationNs, 1))
  const next = Math.max(length * factor, shortest)
  const from = atNs - share * next
  return clampWindow({ from, to: from + next }, durationNs)
}

/** Moves the window by a share of its own length; it stops at the ends of the trace. */
export function panBy(window: TimeWindow, share: number, durationNs: number): TimeWindow {
  const by = (window.to - window.from) * share
  return clampWindow({ from: window.from + by, to: window.to + by }, durationNs)
}

/** A span with some room on both sides, so that its ends and what surrounds them can be seen. */
export function frameSpan(startNs: number, spanNs: number, durationNs: number): TimeWindow {
  const room = Math.max(spanNs * 0.06, shortestWindowNs / 2)
  const from = Math.max(0, startNs - room)
  const to = Math.min(Math.max(durationNs, 1), startNs + spanNs + room)
  return clampWindow({ from, to }, durationNs)
}

/** The window between two moments, whichever came first. */
export const betweenMoments = (a: number, b: number, durationNs: number): TimeWindow =>
  clampWindow({ from: Math.min(a, b), to: Math.max(a, b) }, durationNs)

/** What is drawn, in one place: the window and the width it is drawn into. */
export interface Timeline {
  readonly window: TimeWindow
  readonly widthPx: number
}

/** Where a moment stands; below 0 or beyond the width when it is out of view. */
export function positionOf(timeNs: number, { window, widthPx }: Timeline): number {
  return ((timeNs - window.from) / (window.to - window.from)) * widthPx
}

/** The moment under a position, in a drawing `widthPx` wide that shows `window`. */
export const momentAt = (xPx: number, widthPx: number, window: TimeWindow): number =>
  widthPx > 0 ? window.from + (xPx / widthPx) * (window.to - window.from) : window.from

/** The window moved as little as needed to show a span, or framing it when it is longer than the window. */
export function windowShowing(
  window: TimeWindow,
  startNs: number,
  spanNs: number,
  durationNs: number,
): TimeWindow {
  const end = startNs + spanNs
  if (end >= window.from && startNs <= window.to) return window
  const length = window.to - window.from
  if (spanNs > length) return frameSpan(startNs, spanNs, durationNs)
  const from = startNs + spanNs / 2 - length / 2
  return clampWindow({ from, to: from + length }, durationNs)
}
