/** Where lines that were found name their trace, when that was not known of their source. */
import type { TraceNaming } from '#shared/api/contract'
import type { LogFacts } from '#shared/correlate/log-facts'
import type { LogLine } from '#shared/logs/batch'
import { placeOfTrace } from '#shared/logs/trace-of-line'

/** Where a line names this trace; undefined where the facts say so already, and for a line that does not name it. */
export function unknownPlace(line: LogLine, traceId: string, facts: LogFacts): TraceNaming | undefined {
  const place = placeOfTrace(line, traceId)
  return place === undefined || isKnown(place, facts) ? undefined : place
}

function isKnown({ in: where, name }: TraceNaming, { places, naming }: LogFacts): boolean {
  if (where === 'metadata') return places.some((place) => place.kind === 'beside' && place.trace === name)
  // Any field is known where nobody said that it is a certain one.
  return places.some(({ kind }) => kind === 'inside') && (naming?.in !== 'field' || naming.name === name)
}

/** `metadata trace_id`, `the field request`, `the text`. */
export function placeWords({ in: where, name }: TraceNaming): string {
  const words = {
    metadata: `metadata ${name}`,
    field: `the field ${name}`,
    text: 'the text',
    nowhere: 'no place',
  }
  return words[where]
}
