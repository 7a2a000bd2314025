/** The calls between services within one trace. */
import { answeringRow } from '#shared/derive/answering-row'
import type { AttributeColumn } from '#shared/derive/attribute-column'
import { textAt } from '#shared/base/text-list'
import { SpanFlag, SpanKind, type Trace } from '#shared/trace/table'
import { CallCounter, callOfService, sentTo, takenFrom, type Call } from '#shared/map/call-counter'
import type { NodeKind, ToldCall } from '#shared/map/graph'

/** Names the queue or topic of a span that sends or takes a message. */
export const destinationKey = 'messaging.destination.name'

/** Attributes that name whom a client span called, the most telling first. https://opentelemetry.io/docs/specs/semconv/ */
export const peerKeys = [
  'peer.service',
  'db.namespace',
  'db.name',
  destinationKey,
  'db.system.name',
  'db.system',
  'server.address',
] as const

/** Attributes of a resource that name a service's namespace, the most telling first. */
export const namespaceKeys = ['service.namespace', 'k8s.namespace.name', 'namespace'] as const

/** By service, as its first span says it. `columns`: of `namespaceKeys`, in any number and that order. */
export function namespacesOfTrace(
  { spans, services }: Trace,
  columns: readonly AttributeColumn[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (let row = 0; row < spans.length; row++) {
    const service = services[spans.service[row]]
    const said = found.has(service) ? undefined : firstOf(columns, row)
    if (said !== undefined) found.set(service, said)
  }
  return found
}

/**
 * Counts the calls of a trace: a span in another service than its parent; a message sent to a queue or taken from it; and a call of a database or
 * other service that recorded no span, as its caller's span tells it. `peers`: columns of `peerKeys`, in any number and that order.
 */
export function countCalls(counter: CallCounter, trace: Trace, peers: readonly AttributeColumn[]): void {
  const { spans, services } = trace
  const count = (call: Call, row: number) =>
    counter.add(call, spans.duration[row], (spans.flags[row] & SpanFlag.error) !== 0)
  const destinations = peers.filter(({ key }) => key === destinationKey)
  for (let row = 0; row < spans.length; row++) {
    if (spans.flags[row] & SpanFlag.missing) continue
    const service = services[spans.service[row]]
    const parent = spans.parent[row]
    const kind = spans.kind[row]
    const queue =
      kind === SpanKind.producer || kind === SpanKind.consumer ? firstOf(destinations, row) : undefined
    if (parent >= 0 && !(spans.flags[parent] & SpanFlag.missing)) {
      const caller = services[spans.service[parent]]
      // Taking a message may be several spans, one within the other.
      if (caller === service && kind === SpanKind.consumer && spans.kind[parent] === kind) continue
      if (caller !== service && (kind !== SpanKind.consumer || queue === undefined))
        count(callOfService(caller, service), row)
    }
    if (queue !== undefined) {
      count(kind === SpanKind.producer ? sentTo(queue, service) : takenFrom(queue, service), row)
      continue
    }
    if (kind !== SpanKind.client && kind !== SpanKind.producer) continue
    if (answeringRow(trace, row) >= 0) continue
    const peer = firstOf(peers, row)
    if (peer !== undefined && peer !== service)
      count({ ...callOfService(service, peer), childKind: peerKindOf(spans.flags[row]) }, row)
  }
}

/** The calls of one trace, as `countCalls` counts them. */
export function callsOfTrace(trace: Trace, peers: readonly AttributeColumn[]): readonly ToldCall[] {
  const counter = new CallCounter()
  countCalls(counter, trace, peers)
  return counter
    .calls()
    .map(({ parent, child, parentKind, childKind, count: calls, failed, p50, p95, p99 }) => ({
      parent,
      child,
      parentKind,
      childKind,
      figures: { rate: undefined, calls, errors: failed / calls, p50, p95, p99 },
    }))
}

function firstOf(columns: readonly AttributeColumn[], row: number): string | undefined {
  for (const { valueOf, values } of columns) if (valueOf[row] >= 0) return textAt(values, valueOf[row])
  return undefined
}

const peerKindOf = (flags: number): NodeKind =>
  flags & SpanFlag.database ? 'database' : flags & SpanFlag.messaging ? 'queue' : 'outside'
