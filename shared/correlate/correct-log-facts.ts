/** Facts of a source of logs with what a person said of them, which wins. */
import type { Correction, TraceNaming } from '#shared/api/contract'
import type { LogFacts, TracePlace } from '#shared/correlate/log-facts'

export function corrected(
  facts: LogFacts,
  { service, trace, names = {}, clocks = {} }: Correction,
): LogFacts {
  const services =
    service === undefined
      ? facts.services
      : [facts.services.find(({ label }) => label === service) ?? { label: service, values: [] }]
  const exact = Object.entries(clocks).map(([name, ms]) => [name, { leastMs: ms, mostMs: ms, met: 0 }])
  return {
    ...facts,
    services,
    places: trace === undefined ? facts.places : placesOf(trace, facts.places),
    naming: trace ?? facts.naming,
    names: { ...facts.names, ...names },
    clocks: { ...facts.clocks, ...(Object.fromEntries(exact) as LogFacts['clocks']) },
  }
}

function placesOf({ in: where, name }: TraceNaming, known: readonly TracePlace[]): readonly TracePlace[] {
  const inside = known.filter(({ kind }) => kind === 'inside')
  switch (where) {
    case 'metadata':
      return [
        known.find((place) => place.kind === 'beside' && place.trace === name) ?? {
          kind: 'beside',
          trace: name,
          span: undefined,
        },
      ]
    case 'field':
    case 'text':
      return inside.length > 0 ? inside : [{ kind: 'inside', hasSpan: false }]
    default:
      return []
  }
}
