/**
 * A source that promises no order gives any of what matches once there is more than the limit, so nothing can be left out of what is
 * asked next. It is asked in parts (a service, a stretch of time), and a part that reached its limit is asked again as two halves.
 */
import type { TraceQuery } from '#shared/api/contract'

export interface Part {
  readonly query: TraceQuery
  /** `due`: to be asked; `full`: its answer reached the limit; `done`: all of it is here; `left`: left for later. */
  readonly state: 'due' | 'full' | 'done' | 'left'
}

/** A source is asked service by service where it has at most so many. */
export const mostServices = 30
/** Under this a service's share of the limit says nothing. */
const leastLimit = 20

const due = (query: TraceQuery): Part => ({ query, state: 'due' })

/** One part for each service; they share the limit. */
export const partsOfServices = (query: TraceQuery, services: readonly string[]): readonly Part[] =>
  services.map((service) =>
    due({ ...query, service, limit: Math.max(leastLimit, Math.floor(query.limit / services.length)) }),
  )

/** The whole window as one part. */
export const wholePart = (query: TraceQuery): readonly Part[] => [due(query)]

/** A millisecond is as short as a window gets. */
const canHalve = ({ query }: Part): boolean => query.endMs - query.startMs > 1

/** Its limit was reached, and its window can be made no shorter. */
export const isStuck = (part: Part): boolean => part.state === 'full' && !canHalve(part)

/** There may be more, and asking again reaches it. */
export const hasMore = (part: Part): boolean =>
  part.state === 'left' || part.state === 'due' || (part.state === 'full' && canHalve(part))

/** Newer first, so that what is asked first is what is looked at first; the halves share a millisecond, and nothing falls between. */
function halves({ query }: Part): readonly Part[] {
  const middleMs = Math.floor((query.startMs + query.endMs) / 2)
  return [due({ ...query, startMs: middleMs }), due({ ...query, endMs: middleMs })]
}

/** The newest stretch of this length is due, the rest is left for later. */
function newest(part: Part, lengthMs: number): readonly Part[] {
  const { query } = part
  const fromMs = query.endMs - Math.max(1, lengthMs)
  if (fromMs <= query.startMs) return [{ query, state: 'due' }]
  return [due({ ...query, startMs: fromMs }), { query: { ...query, endMs: fromMs }, state: 'left' }]
}

/** Only the newest stretch of each part that is due is asked now. */
export const shortened = (parts: readonly Part[], lengthMs: number): readonly Part[] =>
  parts.flatMap((part) => (part.state === 'due' ? newest(part, lengthMs) : [part]))

/** What is asked next: halves of what reached its limit, and the next stretch of what was left for later. */
export const goneOn = (parts: readonly Part[], lengthMs: number): readonly Part[] =>
  parts.flatMap((part) => {
    if (part.state === 'left') return newest(part, lengthMs)
    return part.state === 'full' && canHalve(part) ? halves(part) : [part]
  })
