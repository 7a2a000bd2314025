/** How the clock by which a service writes its lines differs from that of its spans, as far as lines of known spans tell. */
import { formatDuration } from '#shared/derive/durations'

/** So many milliseconds the lines come after their spans: somewhere from `leastMs` to `mostMs`, which includes 0 where nothing differs. */
export interface ClockDifference {
  readonly leastMs: number
  readonly mostMs: number
  /** How often it was seen; 0 where a person said so. */
  readonly met: number
  /** How often lines were looked at, where some told otherwise. */
  readonly of?: number | undefined
  /** The id of a trace whose lines tell it. */
  readonly example?: string | undefined
}

interface Stretch {
  readonly startMs: number
  readonly endMs: number
}

/** What the lines of one span tell, which lie from `firstMs` to `lastMs`: any difference by which they would all lie within the span. */
export function clockOf(
  { startMs, endMs }: Stretch,
  { firstMs, lastMs }: { readonly firstMs: number; readonly lastMs: number },
): ClockDifference {
  const [leastMs, mostMs] = [lastMs - endMs, firstMs - startMs].toSorted((one, other) => one - other)
  return { leastMs, mostMs, met: 1 }
}

/** With what was met since: what both allow; where they contradict one another, a clock was put right, and the newer one holds. */
export function metAgain(before: ClockDifference | undefined, now: ClockDifference): ClockDifference {
  if (before === undefined) return now
  const leastMs = Math.max(before.leastMs, now.leastMs)
  const mostMs = Math.min(before.mostMs, now.mostMs)
  if (leastMs > mostMs) return now
  const seen = (one: ClockDifference): number => one.of ?? one.met
  return {
    leastMs,
    mostMs,
    met: before.met + now.met,
    of: seen(before) + seen(now),
    example: now.example ?? before.example,
  }
}

/** Loggers write after the fact: less than this is no difference. */
export const slackMs = 1_000

/** The least difference that explains what was met; 0 where none is needed. */
export function differenceMs({ leastMs, mostMs }: ClockDifference): number {
  if (leastMs <= slackMs && mostMs >= -slackMs) return 0
  return leastMs > 0 ? leastMs : mostMs
}

/** Where the lines of a span are to be looked for; where none of its services has a clock of its own, within the span. */
export function linesWithin(
  { startMs, endMs }: Stretch,
  clocks: readonly (ClockDifference | undefined)[],
): Stretch {
  const differ = clocks.map((clock) =>
    clock === undefined || differenceMs(clock) === 0 ? { leastMs: 0, mostMs: 0 } : clock,
  )
  if (differ.length === 0) return { startMs, endMs }
  return {
    startMs: startMs + Math.min(...differ.map(({ leastMs }) => leastMs)),
    endMs: endMs + Math.max(...differ.map(({ mostMs }) => mostMs)),
  }
}

/** `2 min behind`, `3.00 s ahead`; undefined where nothing differs. */
export function clockWords(clock: ClockDifference): string | undefined {
  const ms = differenceMs(clock)
  if (ms === 0) return undefined
  return `${formatDuration(Math.abs(ms) * 1e6)} ${ms > 0 ? 'ahead' : 'behind'}`
}
