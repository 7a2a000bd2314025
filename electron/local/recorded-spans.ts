import type { EventItem, LinkItem, TraceSpans } from '#shared/query/traceql/traces'
import { root } from '#shared/query/traceql/traces'
import type { KindName, StatusName, Value } from '#shared/query/traceql/value'
import { resourceAttributes, spanIdText, traceIdText } from '#shared/simulate/otlp/json-text'
import { scopeName } from '#shared/simulate/otlp/traces'
import type { Attributes, AttributeValue, RecordedTrace, Span } from '#shared/simulate/parts/record'
import type { Instance } from '#shared/simulate/parts/service'

/** A recorded trace as TraceQL asks it: the same as what is written of it, without writing it. Times are nanoseconds from the run's beginning, as the clocks of its instances showed them. */
export class RecordedSpans implements TraceSpans {
  readonly recorded: RecordedTrace
  /** When its first span started and its last one ended. */
  readonly beganNs: number
  readonly endedNs: number
  readonly #spans: readonly Span[]

  constructor(recorded: RecordedTrace) {
    this.recorded = recorded
    this.#spans = recorded.spans
    let [beganNs, endedNs] = [Infinity, -Infinity]
    for (const { instance, startNs, endNs } of recorded.spans) {
      beganNs = Math.min(beganNs, instance.clock(startNs))
      endedNs = Math.max(endedNs, instance.clock(endNs))
    }
    this.beganNs = beganNs
    this.endedNs = endedNs
  }

  get traceId(): string {
    return withoutZeros(traceIdText(this.recorded))
  }

  get length(): number {
    return this.#spans.length
  }

  /** What has not ended was left out with all below it, so every parent is there. */
  parents(): Int32Array {
    const places = new Map(this.#spans.map((span, at) => [span, at]))
    return Int32Array.from(this.#spans, ({ parent }) => (parent && places.get(parent)) ?? root)
  }

  name(at: number): string {
    return this.#spans[at].name
  }

  startNs(at: number): number {
    const { instance, startNs } = this.#spans[at]
    return instance.clock(startNs)
  }

  durationNs(at: number): number {
    return durationOf(this.#spans[at])
  }

  status(at: number): StatusName {
    return hasFailed(this.#spans[at]) ? 'error' : 'unset'
  }

  statusMessage(at: number): string {
    return this.#spans[at].error ?? ''
  }

  kind(at: number): KindName {
    return this.#spans[at].kind
  }

  spanId(at: number): string {
    return spanIdText(this.#spans[at])
  }

  parentId(at: number): string {
    const { parent } = this.#spans[at]
    return parent ? spanIdText(parent) : '0'.repeat(16)
  }

  scopeName(): string {
    return scopeName
  }

  scopeVersion(at: number): string {
    return this.#spans[at].instance.version
  }

  attribute(at: number, name: string): Value | undefined {
    const { own, common } = this.#spans[at]
    return valueIn(own, name) ?? valueIn(common, name)
  }

  resourceAttribute(at: number, name: string): Value | undefined {
    return valueIn(resourceOf(this.#spans[at].instance), name)
  }

  scopeAttribute(): undefined {
    return undefined
  }

  events(at: number): readonly EventItem[] {
    const { events, instance, startNs } = this.#spans[at]
    return events.map((event) => ({
      name: event.name,
      timeSinceStartNs: instance.clock(event.atNs) - instance.clock(startNs),
      attribute: (name) => valueIn(event.attributes, name),
    }))
  }

  links(at: number): readonly LinkItem[] {
    return this.#spans[at].links.map((span) => ({
      traceId: withoutZeros(traceIdText(span.trace)),
      spanId: spanIdText(span),
      attribute: () => undefined,
    }))
  }
}

function withoutZeros(id: string): string {
  return id.replace(/^0+/, '')
}

export function hasFailed({ error }: Span): boolean {
  return error !== undefined
}

/** As its own clock measured it. */
export function durationOf({ instance, startNs, endNs }: Span): number {
  return instance.clock(endNs) - instance.clock(startNs)
}

const known = new WeakMap<Instance, Attributes>()

/** What all spans of an instance have in common. */
export function resourceOf(instance: Instance): Attributes {
  let attributes = known.get(instance)
  if (attributes === undefined) known.set(instance, (attributes = resourceAttributes(instance)))
  return attributes
}

function valueIn(attributes: Attributes, name: string): Value | undefined {
  return Object.hasOwn(attributes, name) ? valueOf(attributes[name]) : undefined
}

function valueOf(value: AttributeValue): Value {
  if (typeof value === 'string') return { type: 'string', value }
  if (typeof value === 'boolean') return { type: 'boolean', value }
  return { type: Number.isInteger(value) ? 'int' : 'float', value }
}
