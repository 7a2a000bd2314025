/** From a client span to the service it calls. */
import type { TagCondition } from '#shared/api/contract'
import { namesOf } from '#shared/correlate/service-names'
import { aroundPlace, type TraceQuestion } from '#shared/correlate/trace-questions'
import { answeringRow } from '#shared/derive/answering-row'
import type { Attribute } from '#shared/trace/detail'
import { type SpanIndex, SpanFlag, SpanKind, type Trace } from '#shared/trace/table'

export interface CalledService {
  readonly service: string
  /** The attribute that names it; undefined where only the span that answered tells. */
  readonly named: { readonly key: string; readonly value: string } | undefined
}

/** Attributes that name the other side of a call, the most telling first. https://opentelemetry.io/docs/specs/semconv/ */
const keys = ['service.peer.name', 'peer.service', 'server.address', 'net.peer.name']

/** Whether it asks another service, as far as its columns tell: a database has no spans, lines or page of its own. */
export const isCall = ({ spans }: Trace, row: SpanIndex): boolean =>
  spans.kind[row] === SpanKind.client && (spans.flags[row] & (SpanFlag.missing | SpanFlag.database)) === 0

/**
 * Whom a client span calls: the service whose span answered it, or else the one that its attributes name; undefined where neither tells.
 * `attributes`: of the span, none until they are read. `known`: names of services; an address that is none of them is no service.
 */
export function calledService(
  trace: Trace,
  row: SpanIndex,
  attributes: readonly Attribute[],
  known: readonly string[],
): CalledService | undefined {
  if (!isCall(trace, row)) return undefined
  const { spans, services } = trace
  const answering = answeringRow(trace, row)
  if (answering < 0) return namedService(attributes, known, services[spans.service[row]])
  const service = services[spans.service[answering]]
  // An address that is another's is that of a proxy.
  const named = namedService(attributes, [service], '')?.named
  return { service, named }
}

function namedService(
  attributes: readonly Attribute[],
  known: readonly string[],
  own: string,
): CalledService | undefined {
  for (const key of keys) {
    const value = attributes.find((one) => one.key === key)?.value
    if (typeof value !== 'string') continue
    // In a cluster an address is a name with its namespace behind it: `search-service.shop.svc`.
    for (const name of [value, value.split('.', 1)[0]]) {
      const [service] = namesOf(name, known)
      if (service !== undefined && service !== own) return { service, named: { key, value } }
    }
  }
  return undefined
}

/** Whether it answered or not: those who are asked again and again are asked in vain. Undefined where no attribute names it. */
export function tracesOfCalls(
  place: { readonly service: string; readonly startMs: number; readonly endMs: number },
  { named }: CalledService,
): { readonly question: TraceQuestion; readonly tags: readonly TagCondition[] } | undefined {
  if (!named) return undefined
  return {
    question: {
      service: place.service,
      operation: '',
      minDurationNs: undefined,
      maxDurationNs: undefined,
      kind: 'client',
      errorsOnly: false,
      ...aroundPlace(place),
    },
    tags: [named],
  }
}
