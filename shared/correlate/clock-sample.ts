/** What a few recent traces and the lines that name them tell of clocks, before anybody has opened one: which to read, what to ask, what follows. */
import { type ClockDifference, slackMs } from '#shared/correlate/clocks'
import type { MetLines } from '#shared/correlate/learn-log-facts'
import { type LogFacts, selectAll, type TracePlace } from '#shared/correlate/log-facts'
import { ownersOf, tellingLines, type ToldLine } from '#shared/correlate/met-lines'
import { spellingsOf } from '#shared/correlate/trace-spellings'
import { getOrSet } from '#shared/base/get-or-set'
import { keyOfLine, type LogBatch, type LogLine } from '#shared/logs/batch'
import { traceOf } from '#shared/logs/trace-of-line'
import { withChoice, withLineFilter } from '#shared/query/logql/query'
import type { Trace, TraceSummary } from '#shared/trace/table'

/** So many traces are read of one source. */
const mostTraces = 6
/** Not every trace has lines: a service is looked at in so many. */
const tracesEach = 3
/** Longer ones tell no more, and take long to read. */
const mostSpans = 5_000

const servicesIn = ({ services, rootService }: TraceSummary): readonly string[] =>
  services.length > 0 ? services.map(({ name }) => name) : [rootService]

/** The fewest traces that show each service a few times, those first that show most. */
export function tracesToSample(found: readonly TraceSummary[]): readonly TraceSummary[] {
  const shown = new Map<string, number>()
  const gainOf = (trace: TraceSummary): number =>
    servicesIn(trace).filter((service) => (shown.get(service) ?? 0) < tracesEach).length
  const left = new Set(found.filter(({ spanCount = 0 }) => spanCount <= mostSpans))
  const chosen: TraceSummary[] = []
  while (chosen.length < mostTraces) {
    let best: TraceSummary | undefined
    for (const trace of left) if (gainOf(trace) > (best ? gainOf(best) : 0)) best = trace
    if (!best) break
    left.delete(best)
    chosen.push(best)
    for (const service of servicesIn(best)) shown.set(service, (shown.get(service) ?? 0) + 1)
  }
  return chosen
}

/** Those of the services that none of the traces shows; some sources write names in lower case. */
export function unseenServices(
  services: readonly string[],
  found: readonly TraceSummary[],
): readonly string[] {
  const seen = new Set(found.flatMap(servicesIn).map((name) => name.toLowerCase()))
  return services.filter((service) => !seen.has(service.toLowerCase()))
}

/** The queries that find the lines of all these traces at once: at most four. */
export function sampleQueries(facts: LogFacts, traceIds: readonly string[]): readonly string[] {
  const spelled = traceIds.map((id) => spellingsOf(id).filter(({ kind }) => kind !== 'short'))
  const all = spelled.flatMap((ids) => ids.map(({ id }) => id))
  // An id without its zeros is found in the whole one too.
  const inside = spelled.map((ids) => ids[ids.length - 1].id).join('|')
  const asked = (selector: string, place: TracePlace): string =>
    place.kind === 'beside'
      ? withChoice(selector, { kind: 'metadata', name: place.trace }, all)
      : withLineFilter(selector, '|~', inside)
  const ways = ['beside', 'inside'].map((way) => facts.places.find(({ kind }) => kind === way))
  return ways
    .filter((place) => place !== undefined)
    .flatMap((place) => selectAll(facts).map((selector) => asked(selector, place)))
}

/** What lines tell of the services of the traces that they name; a line may be in several of the batches. */
export function metInSample(
  traces: readonly Trace[],
  batches: readonly LogBatch[],
  facts: LogFacts,
): readonly MetLines[] {
  const byService = new Map<string, ToldLine[]>()
  for (const trace of traces) {
    const seen = new Set<string>()
    const isMeant = (line: LogLine): boolean => {
      const key = keyOfLine(line)
      if (traceOf(line, facts.naming)?.traceId !== trace.traceId || seen.has(key)) return false
      seen.add(key)
      return true
    }
    for (const batch of batches) {
      const own = ownersOf(trace, batch, facts, isMeant)
      for (const told of tellingLines(trace, batch, own))
        getOrSet(byService, told.service, (): ToldLine[] => []).push(told)
    }
  }
  return [...byService].flatMap(([service, told]) => {
    const clock = agreed(told)
    const stream = told.find((one) => Object.keys(one.stream).length > 0)?.stream ?? {}
    return clock ? [{ service, clock, stream }] : []
  })
}

/**
 * The difference by which most lines lie in their spans, to the second: loggers write after the fact.
 *
 *     span    ├────────┤            one line allows any difference by which it lies in the span;
 *     lines     ×    ×         ×    the third, written late, allows none that the others do
 *
 * Undefined where less than half of the lines agree, or those of one trace alone tell of a difference: one line may be late.
 */
function agreed(told: readonly ToldLine[]): ClockDifference | undefined {
  const half = slackMs / 2
  const bounds = told.flatMap(({ clock }) => [clock.leastMs - half, clock.mostMs + half])
  // Where there is nothing to choose, no difference is likelier than one.
  const candidates = [0, ...bounds]
  let best: readonly ToldLine[] = []
  for (const ms of candidates) {
    const agree = told.filter(({ clock }) => clock.leastMs - half <= ms && ms <= clock.mostMs + half)
    if (agree.length > best.length) best = agree
  }
  if (best.length * 2 <= told.length) return undefined
  const [leastMs, mostMs] = [
    Math.max(...best.map(({ clock }) => clock.leastMs)),
    Math.min(...best.map(({ clock }) => clock.mostMs)),
  ].toSorted((one, other) => one - other)
  const isNone = leastMs <= slackMs && mostMs >= -slackMs
  const traces = new Set(best.map(({ traceId }) => traceId))
  if (!isNone && traces.size < 2) return undefined
  return { leastMs, mostMs, met: best.length, of: told.length, example: best[0].traceId }
}
