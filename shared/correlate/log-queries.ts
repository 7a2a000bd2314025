/** Pivots to log lines that need no ladder: their query is known to find something. */
import { withNameOrText } from '#shared/correlate/lines-naming'
import { type LogFacts, selectAll, selectServices } from '#shared/correlate/log-facts'
import type { Rung } from '#shared/correlate/log-ladder'
import { withoutZeros } from '#shared/correlate/trace-spellings'
import type { LineTrace } from '#shared/logs/trace-of-line'
import { withLineFilter } from '#shared/query/logql/query'

/** A query of logs over a window, milliseconds since 1970. */
export type LogQuestion = Pick<Rung, 'query' | 'startMs' | 'endMs'>

/** A request seldom lasts longer on either side of one of its lines. */
const requestMs = 900_000
const aroundMs = 30_000

/** The lines that name the trace which a line names: as this one does, as others of its source do, or in their text. */
export function linesOfSameTrace({ traceId, beside }: LineTrace, ms: number, facts: LogFacts): LogQuestion {
  const [all] = selectAll(facts)
  const text = withoutZeros(traceId)
  const others = facts.places.flatMap((place) => (place.kind === 'beside' ? place.trace : []))
  const named = [
    ...(beside ? [beside] : []),
    ...others.filter((name) => name !== beside?.name).map((name) => ({ name, value: traceId })),
  ]
  return {
    query: named.length === 0 ? withLineFilter(all, '|=', text) : withNameOrText(all, named, text),
    startMs: ms - requestMs,
    endMs: ms + requestMs,
  }
}

/** All a service wrote around a moment, or over a window. */
export function linesOfService(
  service: string,
  window: { readonly startMs: number; readonly endMs: number },
  facts: LogFacts,
): LogQuestion & { readonly why: string } {
  const [{ selector, why }] = selectServices(facts, [service])
  return { query: selector, why, startMs: window.startMs - aroundMs, endMs: window.endMs + aroundMs }
}
