/**
 * From a span to its peers, the spans with its service, name and kind around its time: how long they took, as a histogram counted them or
 * as a search of traces finds them, and which of them are worth a look.
 */
import type { Source, TraceQuery } from '#shared/api/contract'
import type { Labels } from '#shared/api/logs'
import { kindMeasured } from '#shared/correlate/measured-kind'
import type { MeasuredService } from '#shared/correlate/service-panels'
import type { Spread } from '#shared/correlate/spread'
import { allOf, heatmapQuery, oneOf, operationName, rateQuery, type RedFamily } from '#shared/metrics/red'
import { stepText } from '#shared/metrics/step'
import type { SpanKindName, TraceSummary } from '#shared/trace/table'

/** Whose peers are meant. */
export interface PeerSubject {
  readonly service: string
  readonly operation: string
  readonly kind: SpanKindName
}

/** Milliseconds since 1970. */
export interface PeerWindow {
  readonly startMs: number
  readonly endMs: number
}

const aroundMs = 30 * 60_000
const minuteMs = 60_000

/** The hour around a moment, in whole minutes: spans of one trace share the answer. It ends where time does. */
export function peerWindow(atMs: number, nowMs: number): PeerWindow {
  const minute = Math.floor(atMs / minuteMs) * minuteMs
  const endMs = Math.min(minute + aroundMs, Math.floor(nowMs / minuteMs) * minuteMs)
  return { startMs: minute - aroundMs, endMs: Math.max(endMs, minute + minuteMs) }
}

/** A family with its series for spans of a kind; undefined where it has none: servers are measured by most, the rest by span metrics alone. */
export function familyOfKind(family: RedFamily, kind: SpanKindName): RedFamily | undefined {
  if (family.operation.length === 0) return undefined
  if (family.served !== '')
    return { ...family, served: oneOf('span_kind', `SPAN_KIND_${kind.toUpperCase()}`) }
  return kind === (kindMeasured(family.metric) ?? 'server') ? family : undefined
}

const rangeOf = ({ startMs, endMs }: PeerWindow): string => stepText(endMs - startMs)

/** Which operations of a service a histogram knows. */
export const operationsQuery = ({ family, label, value }: MeasuredService, window: PeerWindow): string =>
  rateQuery(family, family.operation.join(', '), { range: rangeOf(window) }, oneOf(label, value))

/** Lets through the series of an operation, by the groups that query answers with; undefined where it is not among them. */
export function operationMatcher(
  { family }: MeasuredService,
  groups: readonly Labels[],
  operation: string,
): string | undefined {
  const group = groups.find((labels) => operationName(family, labels) === operation)
  return group && allOf(family.operation, group)
}

/** Its durations over the window, as a rate of each bucket. */
export const durationsQuery = (
  { family, label, value }: MeasuredService,
  matcher: string,
  window: PeerWindow,
): string => heatmapQuery(family, `${oneOf(label, value)}, ${matcher}`, rangeOf(window))

/** Which of the peers are looked for. */
export type PeerChoice = 'all' | 'typical' | 'slow' | 'failed'

/** Servers that send whole traces send megabytes for each hundred. */
const mostTraces = { spans: 200, whole: 50 }
const mostChosen = 20

/** The search that finds them in a source of traces. `boundsOf`: between which a quantile of what they take lies, nanoseconds, where some are chosen by that. */
export function peerSearch(
  { service, operation, kind }: PeerSubject,
  choice: PeerChoice,
  window: PeerWindow,
  { traceql }: Pick<Source['capabilities'], 'traceql'>,
  boundsOf?: Spread['boundsOf'],
): TraceQuery {
  const [least, most] =
    choice === 'typical' ? [0.4, 0.6] : choice === 'slow' ? [0.95, undefined] : [undefined, undefined]
  const low = least === undefined ? 0 : Math.floor(boundsOf?.(least)[0] ?? 0)
  const high = most === undefined ? Infinity : Math.ceil(boundsOf?.(most)[1] ?? Infinity)
  return {
    service,
    operation,
    tags: [],
    spanKind: kind,
    minDurationNs: low > 0 ? low : undefined,
    maxDurationNs: high < Infinity ? high : undefined,
    errorsOnly: choice === 'failed',
    ...window,
    limit: choice === 'all' ? (traceql ? mostTraces.spans : mostTraces.whole) : mostChosen,
    traceql: '',
  }
}

/** So many stretches of the time stand for all of it where there are more than one search gives. */
const stretches = 6

/** The same search of each part of its time, for a share of its limit: servers give the newest, or any, and those do not speak for the hour. */
export function searchesOver(query: TraceQuery): readonly TraceQuery[] {
  const { startMs, endMs, limit } = query
  const at = (part: number): number => Math.round(startMs + ((endMs - startMs) * part) / stretches)
  return Array.from({ length: stretches }, (_, part) => ({
    ...query,
    startMs: at(part),
    endMs: at(part + 1),
    limit: Math.ceil(limit / stretches),
  }))
}

/** Bounds as if quantiles were exact: of counted durations they are a guess within a bucket. */
export const exactly =
  ({ quantile }: Pick<Spread, 'quantile'>): Spread['boundsOf'] =>
  (q) => [quantile(q), quantile(q)]

/** A span of another trace. */
export interface Peer {
  readonly traceId: string
  readonly spanId: string
  readonly durationNs: number
}

/** The spans that a search found, less those of the trace they are compared with. */
export const peersIn = (traces: readonly TraceSummary[], but?: string): readonly Peer[] =>
  traces
    .filter(({ traceId }) => traceId !== but)
    .flatMap(({ traceId, spans = [] }) =>
      spans.map(({ spanId, durationNs }) => ({ traceId, spanId, durationNs })),
    )

/** Each once: searches of stretches that meet may both find one. */
export const distinctPeers = (peers: readonly Peer[]): readonly Peer[] => [
  ...new Map(peers.map((peer) => [`${peer.traceId} ${peer.spanId}`, peer])).values(),
]

/** The one to open: the middle of the typical, the slowest of the slow, and of the failed the one that took most like the span itself. */
export function chosenPeer(
  peers: readonly Peer[],
  choice: PeerChoice,
  spread: Pick<Spread, 'quantile'>,
  ownNs: number,
): Peer | undefined {
  const wanted = { all: ownNs, typical: spread.quantile(0.5), slow: Infinity, failed: ownNs }[choice]
  const off = ({ durationNs }: Peer): number =>
    wanted === Infinity ? -durationNs : Math.abs(durationNs - wanted)
  return peers.reduce<Peer | undefined>(
    (best, peer) => (best === undefined || off(peer) < off(best) ? peer : best),
    undefined,
  )
}

/** The source of traces to ask: one that this trace came from, and of those one that answers for single spans. */
export function peerSource(sources: readonly Source[], cameFrom: readonly string[]): Source | undefined {
  const held = sources.filter(({ id }) => cameFrom.includes(id))
  const candidates = held.length > 0 ? held : sources
  return candidates.find(({ capabilities }) => capabilities.traceql) ?? candidates.at(0)
}
