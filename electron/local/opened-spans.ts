/** Traces of opened files as TraceQL asks them: columns and numbers, what is seldom asked decoded from the bytes. */
import { IdTable } from '#shared/base/id-table'
import { documentDetail, type DocumentDetail, spanDocument } from '#shared/import/detail'
import type { TraceImport } from '#shared/import/index'
import { visitBytes } from '#shared/import/visit'
import { type ArrivedTrace, arrivedTraces } from '#shared/import/summaries'
import { type EventItem, type LinkItem, orphan, root, type TraceSpans } from '#shared/query/traceql/traces'
import type { KindName, StatusName, Value } from '#shared/query/traceql/value'
import type { Attribute, AttributeValue, SpanEvent } from '#shared/trace/detail'
import { spanIdText } from '#shared/trace/dump'
import { SpanFlag, spanKindNames, type TraceSummary } from '#shared/trace/table'
import { SpanAttributes } from './span-attributes.ts'

type Values = ReadonlyMap<string, Value>

/** What spans have in common that came together. */
interface ScopeValues {
  readonly resource: Values
  readonly own: Values
  readonly name: string
  readonly version: string
}

/** All spans of an import, with what they say. */
export class OpenedSpans {
  readonly source: TraceImport
  readonly attributes = new SpanAttributes()
  /** What the times of its traces are told from: whole seconds since 1970. */
  readonly epochSeconds: number
  readonly #scopes: (ScopeValues | undefined)[] = []

  /** Reads every span once; `rest` is awaited now and then. */
  static async read(source: TraceImport, rest: () => Promise<void>): Promise<OpenedSpans> {
    const all = new OpenedSpans(source)
    const { spans, scopes, store } = source.arrived
    for (let row = 0; row < spans.length; row++) {
      const from = spans.byteStart[row]
      visitBytes(store, scopes[spans.scope[row]].format, from, from + spans.byteLength[row], all.attributes)
      all.attributes.endSpan()
      // oxlint-disable-next-line no-await-in-loop -- one thread reads them all
      if (row % spansPerRest === spansPerRest - 1) await rest()
    }
    return all
  }

  private constructor(source: TraceImport) {
    this.source = source
    const { spans } = source.arrived
    let first = Infinity
    for (let row = 0; row < spans.length; row++)
      if (spans.startSeconds[row] < first) first = spans.startSeconds[row]
    this.epochSeconds = Number.isFinite(first) ? first : 0
  }

  /** Its traces, newest first. */
  traces(): readonly OpenedTrace[] {
    return arrivedTraces(this.source.arrived).map((trace) => new OpenedTrace(this, trace))
  }

  /** Keys of the attributes of all resources. */
  resourceKeys(): Iterable<string> {
    const keys = new Set<string>()
    for (let scope = 0; scope < this.source.arrived.scopes.length; scope++)
      for (const key of this.scope(scope).resource.keys()) keys.add(key)
    return keys
  }

  scope(index: number): ScopeValues {
    return (this.#scopes[index] ??= this.#readScope(index))
  }

  /** What the document says of a span, by its number among all. */
  detail(row: number): DocumentDetail {
    const { spans, scopes, store } = this.source.arrived
    const from = spans.byteStart[row]
    const { format } = scopes[spans.scope[row]]
    return documentDetail(
      store,
      scopes[spans.scope[row]],
      spanDocument(store, format, from, from + spans.byteLength[row]),
    )
  }

  #readScope(index: number): ScopeValues {
    const { scopes, services, store } = this.source.arrived
    const info = scopes[index]
    const { resource, scope } = documentDetail(store, info, {})
    const own = valuesOf(resource)
    // Some formats name it beside the attributes.
    if (!own.has('service.name'))
      own.set('service.name', { type: 'string', value: services.texts[info.service] })
    return {
      resource: own,
      own: valuesOf(scope?.attributes ?? []),
      name: scope?.name ?? '',
      version: scope?.version ?? '',
    }
  }
}

const spansPerRest = 2_000

/** One of the traces. */
export class OpenedTrace implements TraceSpans {
  readonly summary: TraceSummary
  /** When its first span started and its last one ended, nanoseconds from the epoch of all. */
  readonly beganNs: number
  readonly #all: OpenedSpans
  readonly #rows: Int32Array

  constructor(all: OpenedSpans, { rows, summary }: ArrivedTrace) {
    this.#all = all
    this.#rows = rows
    this.summary = summary
    this.beganNs = Number(BigInt(summary.startNs) - BigInt(all.epochSeconds) * 1_000_000_000n)
  }

  get traceId(): string {
    return withoutZeros(this.summary.traceId)
  }

  get length(): number {
    return this.#rows.length
  }

  get #spans() {
    return this.#all.source.arrived.spans
  }

  parents(): Int32Array {
    const { idHigh, idLow, parentHigh, parentLow } = this.#spans
    const places = new IdTable(this.length)
    for (let at = 0; at < this.length; at++) {
      const row = this.#rows[at]
      places.add(idHigh[row], idLow[row], at)
    }
    return Int32Array.from(this.#rows, (row, at) => {
      if (parentHigh[row] === 0 && parentLow[row] === 0) return root
      const parent = places.find(parentHigh[row], parentLow[row])
      return parent < 0 || parent === at ? orphan : parent
    })
  }

  name(at: number): string {
    return this.#all.source.arrived.names.texts[this.#spans.name[this.#rows[at]]]
  }

  /** A span that came without a start counts from that of its trace. */
  startNs(at: number): number {
    const row = this.#rows[at]
    const { startSeconds, startNanos } = this.#spans
    const startNs = (startSeconds[row] - this.#all.epochSeconds) * 1e9 + startNanos[row]
    return Number.isNaN(startNs) ? this.beganNs : startNs
  }

  durationNs(at: number): number {
    const duration = this.#spans.duration[this.#rows[at]]
    return duration > 0 ? duration : 0
  }

  status(at: number): StatusName {
    const flags = this.#spans.flags[this.#rows[at]]
    if ((flags & SpanFlag.error) !== 0) return 'error'
    return (flags & SpanFlag.ok) === 0 ? 'unset' : 'ok'
  }

  statusMessage(at: number): string {
    return this.#all.detail(this.#rows[at]).statusMessage ?? ''
  }

  kind(at: number): KindName {
    return spanKindNames[this.#spans.kind[this.#rows[at]]]
  }

  service(at: number): string {
    const { scopes, services } = this.#all.source.arrived
    return services.texts[scopes[this.#spans.scope[this.#rows[at]]].service]
  }

  spanId(at: number): string {
    const row = this.#rows[at]
    return spanIdText(this.#spans.idHigh[row], this.#spans.idLow[row])
  }

  parentId(at: number): string {
    const row = this.#rows[at]
    return spanIdText(this.#spans.parentHigh[row], this.#spans.parentLow[row])
  }

  scopeName(at: number): string {
    return this.#scopeOf(at).name
  }

  scopeVersion(at: number): string {
    return this.#scopeOf(at).version
  }

  attribute(at: number, name: string): Value | undefined {
    return this.#all.attributes.valueOf(this.#rows[at], name)
  }

  resourceAttribute(at: number, name: string): Value | undefined {
    return this.#scopeOf(at).resource.get(name)
  }

  scopeAttribute(at: number, name: string): Value | undefined {
    return this.#scopeOf(at).own.get(name)
  }

  events(at: number): readonly EventItem[] {
    const { eventEnd, eventOffset } = this.#spans
    const row = this.#rows[at]
    const first = row === 0 ? 0 : eventEnd[row - 1]
    if (eventEnd[row] === first) return []
    const { attributes } = this.#all
    let decoded: readonly SpanEvent[] | undefined
    const event = (index: number): SpanEvent | undefined => (decoded ??= this.#all.detail(row).events)[index]
    // Most are asked for what they do not have: only the others are decoded.
    return Array.from({ length: eventEnd[row] - first }, (_, index) => ({
      get name() {
        return event(index)?.name ?? ''
      },
      timeSinceStartNs: eventOffset[first + index],
      attribute(key) {
        if (!attributes.hasEventKey(row, key)) return undefined
        const value = event(index)?.attributes.find((one) => one.key === key)?.value
        return value === undefined ? undefined : valueOf(value)
      },
    }))
  }

  links(at: number): readonly LinkItem[] {
    const row = this.#rows[at]
    if (this.#spans.linkCount[row] === 0) return []
    return this.#all.detail(row).links.map(({ traceId, spanId, attributes }) => {
      const values = valuesOf(attributes)
      return { traceId: withoutZeros(traceId), spanId, attribute: (key) => values.get(key) }
    })
  }

  #scopeOf(at: number): ScopeValues {
    return this.#all.scope(this.#spans.scope[this.#rows[at]])
  }
}

function withoutZeros(id: string): string {
  return id.replace(/^0+/, '')
}

function valuesOf(attributes: readonly Attribute[]): Map<string, Value> {
  return new Map(
    attributes.flatMap(({ key, value }) => {
      const read = valueOf(value)
      return read === undefined ? [] : [[key, read] as const]
    }),
  )
}

/** Maps and bytes are no values of TraceQL. */
function valueOf(value: AttributeValue): Value | undefined {
  if (typeof value === 'string') return { type: 'string', value }
  if (typeof value === 'boolean') return { type: 'boolean', value }
  if (typeof value === 'bigint') return { type: 'int', value: Number(value) }
  if (typeof value === 'number') return { type: Number.isInteger(value) ? 'int' : 'float', value }
  if (!Array.isArray(value)) return undefined
  const items = (value as readonly AttributeValue[]).flatMap((item) => valueOf(item) ?? [])
  return items.length > 1 ? { type: 'list', value: items } : items[0]
}
