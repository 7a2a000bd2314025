/**
 * Traces for TraceQL to be compared over, the same from the same moment on: every kind of value in every scope, errors, events and links,
 * several roots, parents that never arrived. An attribute has one type, but `mixed`; a span has no two events that know the same attribute,
 * and a trace one list at most: beyond that Tempo mixes things up (`shared/query/traceql/subset.md`).
 */
import type {
  OtlpAttribute,
  OtlpResourceSpans,
  OtlpTraceSpan,
  OtlpValue,
} from '../../builders/otlp-trace-spans.ts'
import { Random } from '../story/span.ts'

export const traceCount = 240
/** How long it takes from the first trace to the last. */
export const spanMs = 480_000

const services = ['frontend', 'checkout', 'stock', 'mail'] as const
const names = ['GET /', 'POST /orders', 'SELECT stock', 'cache get', 'send mail']

/** What a trace server gets, in several requests. */
export function writeTraces(startMs: number): readonly (readonly OtlpResourceSpans[])[] {
  const random = new Random(11)
  const requests: OtlpResourceSpans[][] = []
  const ids: { readonly traceId: string; readonly spanId: string }[] = []
  for (let trace = 0; trace < traceCount; trace++) {
    const startNs =
      BigInt(startMs + Math.floor((trace * spanMs) / traceCount)) * 1_000_000n +
      BigInt(Math.floor(random.between(0, 1e9)))
    if (trace % 60 === 0) requests.push([])
    requests[requests.length - 1].push(...writeTrace(random, startNs, ids))
  }
  return requests
}

interface Written {
  readonly service: number
  readonly span: OtlpTraceSpan
}

function writeTrace(
  random: Random,
  startNs: bigint,
  ids: { readonly traceId: string; readonly spanId: string }[],
): OtlpResourceSpans[] {
  const traceId = random.hex(32)
  const written: Written[] = []
  const count = Math.floor(random.between(1, 14))
  const roots = random.next() < 0.1 ? 2 : 1
  for (let at = 0; at < count; at++) {
    const parent = at < roots ? undefined : written[Math.floor(random.between(0, at))].span
    const isLost = parent !== undefined && random.next() < 0.05
    const span = writeSpan(random, traceId, startNs + BigInt(at * 1_000_000), {
      parentSpanId: isLost ? random.hex(16) : parent?.spanId,
      link: random.next() < 0.1 && ids.length > 0 ? random.pick(ids) : undefined,
      hasList: at === 0 && random.next() < 0.2,
    })
    ids.push({ traceId, spanId: span.spanId })
    written.push({ service: at === 0 ? 0 : Math.floor(random.between(0, services.length)), span })
  }
  return [...Map.groupBy(written, ({ service }) => service)].map(([service, own]) => ({
    resource: { attributes: resourceOf(service) },
    scopeSpans: [
      {
        scope: {
          name: service < 2 ? 'http' : 'db',
          version: `1.${service}`,
          attributes: [attribute('level', whole(service)), attribute('stable', { boolValue: service !== 3 })],
        },
        spans: own.map(({ span }) => span),
      },
    ],
  }))
}

function resourceOf(service: number): OtlpAttribute[] {
  return [
    attribute('service.name', text(services[service])),
    attribute('region', text(service % 2 === 0 ? 'eu' : 'us')),
    attribute('replica', whole(service + 1)),
    ...(service === 1 ? [attribute('load', { doubleValue: 0.5 })] : []),
  ]
}

function writeSpan(
  random: Random,
  traceId: string,
  startNs: bigint,
  {
    parentSpanId,
    link,
    hasList,
  }: {
    readonly parentSpanId: string | undefined
    readonly link: { readonly traceId: string; readonly spanId: string } | undefined
    readonly hasList: boolean
  },
): OtlpTraceSpan {
  const chance = (probability: number): boolean => random.next() < probability
  const lengthNs = Math.floor(10 ** random.between(2, 9.6))
  const code = chance(0.2) ? 2 : chance(0.2) ? 1 : 0
  const attributes = [attribute('http.method', text(random.pick(['GET', 'POST', 'PUT'])))]
  const maybe = (probability: number, key: string, value: () => OtlpValue): void => {
    if (chance(probability)) attributes.push(attribute(key, value()))
  }
  maybe(0.7, 'http.status_code', () => whole(random.pick([200, 201, 404, 500, 503])))
  maybe(0.8, 'size', () => whole(Math.floor(10 ** random.between(0, 5))))
  maybe(0.6, 'ratio', () => ({ doubleValue: Math.round(random.next() * 1000) / 1000 + 0.0005 }))
  maybe(0.6, 'cached', () => ({ boolValue: chance(0.5) }))
  maybe(0.5, 'customer', () => text(random.pick(['ann', 'bob', 'Zoë', 'c "quoted"', ''])))
  maybe(0.2, 'region', () => text(random.pick(['eu', 'asia'])))
  maybe(0.3, 'mixed', () => random.pick([whole(7), { doubleValue: 7.5 }, text('7'), { boolValue: true }]))
  maybe(0.2, 'odd name', () => text('odd'))
  if (hasList) attributes.push(attribute('list', { arrayValue: { values: [text('red'), text('green')] } }))
  return {
    traceId,
    spanId: random.hex(16),
    ...(parentSpanId !== undefined && { parentSpanId }),
    name: random.pick(names),
    kind: Math.floor(random.between(0, 6)),
    startTimeUnixNano: String(startNs),
    endTimeUnixNano: String(startNs + BigInt(lengthNs)),
    attributes,
    events: eventsOf(random, startNs, lengthNs),
    links:
      link === undefined
        ? []
        : [{ ...link, attributes: [attribute('reason', text(random.pick(['retry', 'batch'])))] }],
    status: code === 2 ? { code, message: random.pick(['timeout', 'refused', 'no stock']) } : { code },
  }
}

function eventsOf(random: Random, startNs: bigint, lengthNs: number): OtlpTraceSpan['events'] {
  const events: NonNullable<OtlpTraceSpan['events']>[number][] = []
  const add = (probability: number, name: string, attributes: () => readonly OtlpAttribute[]): void => {
    if (random.next() >= probability) return
    const timeUnixNano = String(startNs + BigInt(Math.floor(random.next() * lengthNs)))
    events.push({ name, timeUnixNano, attributes: attributes() })
  }
  add(0.2, 'exception', () => [attribute('exception.type', text(random.pick(['IOError', 'Timeout'])))])
  add(0.2, 'retry', () => [attribute('attempt', whole(Math.floor(random.between(1, 5))))])
  return events
}

function attribute(key: string, value: OtlpValue): OtlpAttribute {
  return { key, value }
}

function text(stringValue: string): OtlpValue {
  return { stringValue }
}

function whole(value: number): OtlpValue {
  return { intValue: String(value) }
}
