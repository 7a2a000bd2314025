/** How a span compared with others of its operation, as it was seen when an investigation was saved: the traces in the file cannot tell, for others were there. */
import * as z from 'zod/mini'
import type { PeerSubject, PeerWindow } from '#shared/correlate/peers'
import type { Durations } from '#shared/correlate/spread'
import { longest } from '#shared/thread/thread'
import { spanKindNames } from '#shared/trace/table'

// As in shared/api/schemas: without this zod tries `new Function`.
z.config({ jitless: true })

/** One answer; spans of one operation, kind and hour have the same. */
export interface SavedPeers extends PeerSubject, PeerWindow {
  /** Of whose span it was asked. */
  readonly traceId: string
  /** Name of the source that told. */
  readonly source: string
  /** Name of the histogram; undefined where traces were searched. */
  readonly metric?: string | undefined
  readonly query: string
  /** There were more than were looked at. */
  readonly isSample: boolean
  /** That source was opened files. */
  readonly isOfFiles: boolean
  readonly notes: readonly string[]
  /** Undefined where nothing of the operation was there. */
  readonly durations?: Durations | undefined
}

/** A search finds a few hundred traces, each with some spans of the operation. */
const mostDurations = 20_000
const mostNotes = 20
/** As wide as time is; and more spans than anyone counts. */
const longestNs = 1e18
const mostHeld = 1e15

const text = (most: number) => z.string().check(z.maxLength(most))
const time = z.number().check(z.minimum(-8.64e15), z.maximum(8.64e15))
const numbers = (most: number) =>
  z.array(z.number().check(z.minimum(0), z.maximum(most))).check(z.maxLength(mostDurations))

const durations = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('single'), ns: numbers(longestNs) }),
  z
    .object({
      kind: z.literal('buckets'),
      bounds: numbers(longestNs),
      held: numbers(mostHeld),
      isOpen: z.boolean(),
    })
    .check(
      z.refine(({ bounds, held }) => bounds.length === held.length + 1),
      // They stand on an axis of powers.
      z.refine(({ bounds }) => bounds.every((bound, at) => bound > (at === 0 ? 0 : bounds[at - 1]))),
    ),
])

/** One whose numbers cannot be drawn is none: its span is compared with what is in the file. */
export const savedPeersSchema: z.ZodMiniType<SavedPeers> = z.object({
  service: text(longest.title),
  operation: text(longest.title),
  kind: z.enum(spanKindNames),
  startMs: time,
  endMs: time,
  traceId: text(longest.title),
  source: text(longest.source),
  metric: z.optional(text(longest.title)),
  query: text(longest.query),
  isSample: z.boolean(),
  isOfFiles: z.boolean(),
  notes: z.array(text(longest.note)).check(z.maxLength(mostNotes)),
  durations: z.optional(durations),
})

/**
 * What was kept of a span's peers: by service, operation, kind and beginning of the window. Of several, that of its own trace, or else the
 * one that there is: figures of one system must not be taken for another's.
 */
export function peersAmong(
  all: readonly SavedPeers[],
  { service, operation, kind }: PeerSubject,
  startMs: number,
  traceId: string,
): SavedPeers | undefined {
  const same = all.filter(
    (one) =>
      one.service === service && one.operation === operation && one.kind === kind && one.startMs === startMs,
  )
  const own = same.find((one) => one.traceId === traceId)
  return own ?? (new Set(same.map(({ source }) => source)).size === 1 ? same[0] : undefined)
}
