/**
 * Which spans are waits: nothing was worked on, something was waited for. OpenTelemetry has no attribute that says so, so the name
 * must; names are interned, so each is read once however many spans bear it.
 */
import { SpanFlag, SpanKind, type SpanIndex, type Trace } from '#shared/trace/table'

/** What a name says about waiting. */
export const Waiting = {
  no: 0,
  yes: 1,
  /** A word like `queue`, which a message broker's own spans bear too: a wait only if the span is internal and no messaging. */
  ifInternal: 2,
} as const

const waitWords = new Set(
  `wait waits waiting waited await awaiting acquire acquiring acquired lock locking mutex semaphore
  sleep sleeping backoff throttle throttled throttling delay delayed blocked parked queued queueing queuing idle`.split(
    /\s+/u,
  ),
)

/** Getting hold of something that others may hold: `getConnection`, `checkout from pool`. */
const gettingWords = new Set(['get', 'obtain', 'borrow', 'checkout', 'lease', 'connect', 'take'])
const heldWords = new Set(['pool', 'connection'])

/** Routes, addresses and statements say what is asked for, not what is done: `GET /locks/acquire`, `SELECT delay`. */
const requested =
  /^(?:(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|HTTP)\b|(?:SELECT|INSERT|UPDATE|MERGE|WITH|CREATE|ALTER|DROP)\b|\/|https?:)/u

/** One of `Waiting` per name. Cost: names. */
export function waitingNames(names: readonly string[]): Uint8Array {
  return Uint8Array.from(names, waitingName)
}

function waitingName(name: string): number {
  if (requested.test(name)) return Waiting.no
  const words = name
    .replace(/([a-z\d])([A-Z])/gu, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/u)
  if (words.some((word) => waitWords.has(word))) return Waiting.yes
  if (words.includes('back') && words.includes('off')) return Waiting.yes
  if (words.some((word) => gettingWords.has(word)) && words.some((word) => heldWords.has(word)))
    return Waiting.yes
  return words.includes('queue') ? Waiting.ifInternal : Waiting.no
}

/** Whether a row is a wait: a leaf whose name says so (`waiting` from `waitingNames`). */
export function isWaiting(trace: Trace, waiting: Uint8Array, row: SpanIndex): boolean {
  const { childCount, name, kind, flags } = trace.spans
  if (childCount[row] > 0) return false
  const says = waiting[name[row]]
  if (says !== Waiting.ifInternal) return says === Waiting.yes
  return (
    (kind[row] === SpanKind.internal || kind[row] === SpanKind.unspecified) &&
    (flags[row] & SpanFlag.messaging) === 0
  )
}
