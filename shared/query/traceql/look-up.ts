/** Fields as functions that find their value at a span. */
import { type Field, type Intrinsic, type ItemIntrinsic, itemScopeOf } from './expression.ts'
import type { TraceAtHand } from './trace-at-hand.ts'
import type { EventItem, LinkItem, SpanItem } from './traces.ts'
import type { Value } from './value.ts'

export type LookUp = (trace: TraceAtHand, span: number) => Value | undefined

const text = (value: string): Value => ({ type: 'string', value })
const duration = (value: number): Value => ({ type: 'duration', value })
const whole = (value: number): Value => ({ type: 'int', value })

const intrinsics: Readonly<Record<Exclude<Intrinsic, ItemIntrinsic>, LookUp>> = {
  duration: ({ spans }, span) => duration(spans.durationNs(span)),
  name: ({ spans }, span) => text(spans.name(span)),
  status: ({ spans }, span) => ({ type: 'status', value: spans.status(span) }),
  statusMessage: ({ spans }, span) => text(spans.statusMessage(span)),
  kind: ({ spans }, span) => ({ type: 'kind', value: spans.kind(span) }),
  rootName: ({ spans, rootSpan }) => text(rootSpan < 0 ? '' : spans.name(rootSpan)),
  rootServiceName({ spans, rootSpan }) {
    const service = rootSpan < 0 ? undefined : spans.resourceAttribute(rootSpan, 'service.name')
    return service?.type === 'string' ? service : text('')
  },
  traceDuration: (trace) => duration(trace.durationNs),
  nestedSetLeft: ({ structure }, span) => whole(structure.left[span]),
  nestedSetRight: ({ structure }, span) => whole(structure.right[span]),
  nestedSetParent({ structure }, span) {
    const parent = structure.parents[span]
    // An orphan has no numbers, its parent's neither; a root says so by its own sign.
    return whole(structure.left[span] === 0 ? 0 : parent < 0 ? -1 : structure.left[parent])
  },
  'trace:id': ({ spans }) => text(spans.traceId),
  'span:id': ({ spans }, span) => text(spans.spanId(span)),
  'span:parentID': ({ spans }, span) => text(spans.parentId(span)),
  'instrumentation:name': ({ spans }, span) => text(spans.scopeName(span)),
  'instrumentation:version': ({ spans }, span) => text(spans.scopeVersion(span)),
}

/** Finds what a field is at a span; of events and links, what the first of them has that has it. */
export function compileField(field: Field): LookUp {
  const scope = itemScopeOf(field)
  if (scope !== undefined) {
    const ofItem = compileItemField(field)
    const itemsOf = itemsIn(scope)
    return (trace, span) => {
      for (const item of itemsOf(trace, span)) {
        const value = ofItem(item)
        if (value !== undefined) return value
      }
      return undefined
    }
  }
  if (field.intrinsic !== undefined) return intrinsics[field.intrinsic as Exclude<Intrinsic, ItemIntrinsic>]
  const { name } = field
  switch (field.scope) {
    case 'span':
      return ({ spans }, span) => spans.attribute(span, name)
    case 'resource':
      return ({ spans }, span) => spans.resourceAttribute(span, name)
    case 'instrumentation':
      return ({ spans }, span) => spans.scopeAttribute(span, name)
    default:
      return ({ spans }, span) => spans.attribute(span, name) ?? spans.resourceAttribute(span, name)
  }
}

export type ItemsOf = (trace: TraceAtHand, span: number) => readonly SpanItem[]

export function itemsIn(scope: 'event' | 'link'): ItemsOf {
  return scope === 'event' ? ({ spans }, span) => spans.events(span) : ({ spans }, span) => spans.links(span)
}

/** Finds what a field is at an event or link. */
export function compileItemField(field: Field): (item: SpanItem) => Value | undefined {
  if (field.intrinsic === undefined) return (item) => item.attribute(field.name)
  // An item is what its field's scope says.
  switch (field.intrinsic as ItemIntrinsic) {
    case 'event:name':
      return (item) => text((item as EventItem).name)
    case 'event:timeSinceStart':
      return (item) => duration((item as EventItem).timeSinceStartNs)
    case 'link:traceID':
      return (item) => text((item as LinkItem).traceId)
    default:
      return (item) => text((item as LinkItem).spanId)
  }
}
