/** From where in a log line the id of a trace was read, for when there is no such trace. */
import type { TraceNaming } from '#shared/api/contract'
import type { LogLine } from '#shared/logs/batch'
import { otherIdsIn, placeOfTrace } from '#shared/logs/trace-of-line'

/** An id, and where it stood: `request in the line`. */
interface ReadId {
  readonly id: string
  readonly where: string
}

export interface TraceReading {
  /** Where the id stood: `traceid in metadata`. */
  readonly where: string
  /** Other ids in the same line. */
  readonly others: readonly ReadId[]
}

function whereWords({ in: where, name }: TraceNaming): string {
  if (where === 'metadata') return `${name} in metadata`
  return where === 'field' ? `${name} in the line` : 'the text of the line'
}

/** How a line's trace was read; undefined where the line does not hold the id as it is. */
export function readingOf(line: LogLine, traceId: string): TraceReading | undefined {
  const place = placeOfTrace(line, traceId)
  return (
    place && {
      where: whereWords(place),
      others: otherIdsIn(line, traceId).map((one) => ({ id: one.id, where: whereWords(one.place) })),
    }
  )
}
