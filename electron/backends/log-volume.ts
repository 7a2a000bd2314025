/** Lines over time by level, counted with a metric query: a Loki's own volume would need its index. */
import type { Labels, LogVolume } from '#shared/api/logs'
import type { TimeWindow } from './backend.ts'

/** One series of a metric query. */
export interface LogSeries {
  readonly labels: Labels
  /** Seconds since 1970, and the value as the server writes it (`NaN`, `+Inf` too). */
  readonly values: readonly (readonly [number, string])[]
}

/** Whatever answers metric queries. */
type Matrix = (query: string, window: TimeWindow, stepMs: number) => Promise<readonly LogSeries[]>

/** Counts the lines of a log query; bars begin at multiples of the step. */
export async function countVolume(
  query: string,
  window: TimeWindow,
  stepMs: number,
  matrix: Matrix,
): Promise<LogVolume> {
  // A bar holds what came after its start, up to its end, at which it is counted.
  const startMs = Math.floor(window.startMs / stepMs) * stepMs
  const endMs = Math.max(startMs + stepMs, Math.ceil(window.endMs / stepMs) * stepMs)
  // A line of its own: the query may end in a comment. Lines that a parser could not read count too.
  const counted = `sum by (detected_level, level) (count_over_time(${query}\n| drop __error__ [${stepMs / 1000}s]))`
  const series = await matrix(counted, { startMs: startMs + stepMs, endMs }, stepMs)
  return { startMs, stepMs, levels: barsByLevel(series, startMs, stepMs, (endMs - startMs) / stepMs) }
}

function barsByLevel(
  series: readonly LogSeries[],
  startMs: number,
  stepMs: number,
  bars: number,
): LogVolume['levels'] {
  const byLevel = new Map<string, number[]>()
  for (const { labels: of, values } of series) {
    // Before 3.0 Loki detects no level; then the label people use is the best there is.
    const level = of['detected_level'] ?? of['level'] ?? ''
    const counts = byLevel.get(level) ?? Array.from<number>({ length: bars }).fill(0)
    byLevel.set(level, counts)
    for (const [seconds, value] of values) {
      const at = Math.round((seconds * 1000 - startMs) / stepMs) - 1
      if (at >= 0 && at < bars) counts[at] += Number(value)
    }
  }
  return [...byLevel].map(([level, counts]) => ({ level, counts }))
}
