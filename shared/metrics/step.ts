/** How far apart the points of a chart are asked for. */

/** Steps people count in, seconds. */
const roundSeconds = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400,
]
/** Prometheus refuses an answer with more points in a series. */
export const mostPoints = 11_000
/** Points closer than this cannot be told apart. */
const pointPx = 2

export interface AskedWindow {
  readonly startMs: number
  readonly endMs: number
  readonly stepMs: number
}

/**
 * The step for a chart of this width: a round one, at least a second, that gives at most a point every other pixel. The window's start
 * goes back to a multiple of it, so that the same moments are asked for again when time goes on, and nothing jitters.
 */
export function askedWindow(
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  widthPx: number,
): AskedWindow {
  const points = Math.min(mostPoints - 1, Math.max(50, Math.floor(widthPx / pointPx)))
  const least = (endMs - startMs) / 1_000 / points
  const day = 86_400
  const step = roundSeconds.find((seconds) => seconds >= least) ?? Math.ceil(least / day) * day
  const stepMs = step * 1_000
  return { startMs: Math.floor(startMs / stepMs) * stepMs, endMs, stepMs }
}

/** A step as PromQL writes it: `15s`, `5m`, `1h`. */
export function stepText(stepMs: number): string {
  const seconds = stepMs / 1_000
  if (seconds % 86_400 === 0) return `${seconds / 86_400}d`
  if (seconds % 3_600 === 0) return `${seconds / 3_600}h`
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`
}
