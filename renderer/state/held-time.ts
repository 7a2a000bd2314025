/**
 * The time of what Clew holds itself, the demo shop and opened files: it stands still while the hours go by, so that `now` is its end
 * to every page that asks nothing else.
 */
import type { QueryClient } from '@tanstack/react-query'
import type { Source } from '#shared/api/contract'
import { type TimeRange, windowOf } from '#shared/derive/time-range'
import { isServer, sourcesQuery } from './sources'
import type { SearchWindow } from './trace-search'

/** From when to when a source is, where Clew holds it itself and something in it has a time. */
function heldWindow(source: Source): SearchWindow | undefined {
  return isServer(source) || source.startMs <= 0 ? undefined : source
}

/** What `now` means to a source. */
export function nowOf(source: Source | undefined, nowMs: number): number {
  return (source && heldWindow(source)?.endMs) ?? nowMs
}

/** The stretch of time that a range means to a source at this moment. */
export const windowIn = (source: Source, range: TimeRange): SearchWindow =>
  windowOf(range, nowOf(source, Date.now()))

/** What `now` means to a source, by its id. */
export const nowBy = (client: QueryClient, id: string): number =>
  nowOf(
    client.getQueryData(sourcesQuery.queryKey)?.find((source) => source.id === id),
    Date.now(),
  )

/** Why time does not go on in a source; undefined where it does. */
export function standsBecause(source: Source | undefined): string | undefined {
  if (!source || isServer(source)) return undefined
  return source.kind === 'files'
    ? `${source.name} is read to its end: nothing more will come.`
    : `The run of ${source.name} has ended: nothing more will come.`
}

/**
 * The stretch of time that a range means to those that are asked together. Where all of them stand still, `the last hour` is the last
 * of theirs, and fixed; beside a server it is what the clock says, to all alike.
 */
export function rangeAmong(sources: readonly Source[], range: TimeRange): TimeRange {
  const held = sources.flatMap((source) => heldWindow(source) ?? [])
  if (held.length === 0 || held.length < sources.length || !isRelative(range)) return range
  const { startMs, endMs } = windowOf(range, Math.max(...held.map((one) => one.endMs)))
  return { from: startMs, to: endMs }
}

const isRelative = ({ from, to }: TimeRange): boolean => typeof from === 'string' || typeof to === 'string'

/** The time of all that Clew holds itself of these sources; undefined where it holds nothing, or all of it lies within the window. */
export function heldBeyond(sources: readonly Source[], window: SearchWindow): SearchWindow | undefined {
  const held = sources.flatMap((source) => heldWindow(source) ?? [])
  const startMs = Math.min(...held.map((one) => one.startMs))
  const endMs = Math.max(...held.map((one) => one.endMs))
  const isWithin = window.startMs <= startMs && endMs <= window.endMs
  return held.length === 0 || isWithin ? undefined : { startMs, endMs }
}
