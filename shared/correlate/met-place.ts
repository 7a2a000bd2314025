/** Where lines that were found name their trace, when that was not known of their source. */
import type { TraceNaming } from '#shared/api/contract'
import type { LogFacts } from '#shared/correlate/log-facts'

/** Whether the facts say already that a line names its trace there. */
export function isKnownPlace({ in: where, name }: TraceNaming, { places, naming }: LogFacts): boolean {
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
