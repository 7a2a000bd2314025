/** Makes large traces that look like real ones, the same ones every time, in each format; as chunks, because they do not fit a string. */
import { joinedBytes } from '#shared/base/joined-bytes'

export interface GeneratedTrace {
  readonly spanCount: number
  readonly seed: number
}

/** One span of a generated trace; its times are nanoseconds from the start of the trace. */
export interface GeneratedSpan {
  readonly index: number
  readonly parent: number
  readonly service: number
  readonly name: string
  readonly kind: number
  readonly startNs: number
  readonly durationNs: number
  readonly isError: boolean
  readonly attributes: readonly (readonly [string, string | number | boolean])[]
  /** Offset from the span's start; undefined for most. */
  readonly eventNs: number | undefined
}

const SERVICES = [
  'frontend',
  'order-service',
  'payment-service',
  'inventory-service',
  'shipping-service',
  'user-service',
  'cart-service',
  'search-service',
  'email-service',
  'ledger-service',
  'price-service',
  'gateway',
]
const EPOCH_NS = 1_793_000_000_123_456_000n
/** Of every generated trace. */
export const GENERATED_TRACE_ID = '5b8efff798038103d269b633813fc60c'
const CHUNK_BYTES = 256 * 1024

/** Numbers from 0 to 1 that follow from the seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let value = Math.imul(state ^ (state >>> 15), state | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The spans in an order in which a server might give them: parents mostly, but not always, before children. */
export function* generateSpans({ spanCount, seed }: GeneratedTrace): Generator<GeneratedSpan> {
  const random = seededRandom(seed)
  const pick = (below: number): number => Math.floor(random() * below)
  // A ring of recent spans to hang children below, so that the tree is some 30 levels deep and memory stays small.
  const recent: { index: number; start: number; duration: number; service: number }[] = []
  for (let index = 0; index < spanCount; index++) {
    const above = index === 0 ? undefined : recent[random() < 0.02 ? 0 : pick(recent.length)]
    const service = above === undefined ? 0 : random() < 0.5 ? above.service : pick(SERVICES.length)
    const duration =
      above === undefined
        ? 60_000_000_000
        : Math.max(1_000, Math.floor((above.duration * (0.1 + random() * 0.6)) / 1_000) * 1_000)
    const room = above === undefined ? 0 : above.duration - duration
    const start = above === undefined ? 0 : above.start + Math.floor((random() * room) / 1_000) * 1_000
    const span: GeneratedSpan = {
      index,
      parent: above?.index ?? -1,
      service,
      name: OPERATIONS[pick(OPERATIONS.length)],
      kind: index === 0 ? 2 : 1 + pick(5),
      startNs: start,
      durationNs: duration,
      isError: random() < 0.01,
      attributes: attributesOf(index, pick),
      eventNs: random() < 0.2 ? Math.floor((random() * duration) / 1_000) * 1_000 : undefined,
    }
    const entry = { index, start, duration, service }
    if (recent.length < 64) recent.push(entry)
    else if (duration > 1_000_000 || random() < 0.1) recent[1 + pick(63)] = entry
    yield span
  }
}

const OPERATIONS = [
  'GET /api/v1/orders/{id}',
  'POST /api/v1/orders',
  'SELECT orders.order_items',
  'UPDATE inventory.stock',
  'redis GET',
  'payment.authorize',
  'kafka publish order-events',
  'kafka process order-events',
  'grpc.inventory.Reserve',
  'render checkout page',
]

function attributesOf(index: number, pick: (below: number) => number): GeneratedSpan['attributes'] {
  const id = (index * 2_654_435_761) % 1_000_003
  return [
    ['http.request.method', pick(2) === 0 ? 'GET' : 'POST'],
    ['url.path', `/api/v1/orders/${id}/items`],
    ['http.response.status_code', 200 + pick(4) * 100],
    ['server.address', `10.${pick(255)}.${pick(255)}.17`],
    ['server.port', 8_080],
    ['thread.name', `http-nio-8080-exec-${pick(200)}`],
    ['code.function.name', 'com.example.shop.order.OrderController.placeOrder'],
    ['db.query.text', `SELECT id, sku, qty FROM order_items WHERE order_id = ${id}`],
    ['app.cached', pick(2) === 0],
    ['user.id', `user-${pick(50_000)}`],
  ]
}

function hex16(index: number): string {
  return (
    (((index + 1) * 0x9e3779b1) >>> 0).toString(16).padStart(8, '0') +
    (index + 1).toString(16).padStart(8, '0')
  )
}

function microseconds(ns: number): string {
  return String((EPOCH_NS + BigInt(ns)) / 1_000n)
}

function nanoseconds(ns: number): string {
  return String(EPOCH_NS + BigInt(ns))
}

/** Jaeger's JSON, as its query service writes it: processes after the spans. About 1.07 KB a span. */
export function* jaegerJson(trace: GeneratedTrace): Generator<Uint8Array> {
  yield* textChunks(jaegerText(trace))
}

const KIND_WORDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer']

function* jaegerText(trace: GeneratedTrace): Generator<string> {
  yield `{"data":[{"traceID":"${GENERATED_TRACE_ID}","spans":[`
  for (const span of generateSpans(trace)) {
    const tags = span.attributes.map(([key, value]) => jaegerTag(key, value))
    tags.push(jaegerTag('span.kind', KIND_WORDS[span.kind]))
    if (span.isError) tags.push(jaegerTag('error', true))
    const reference =
      span.parent < 0
        ? ''
        : `{"refType":"CHILD_OF","traceID":"${GENERATED_TRACE_ID}","spanID":"${hex16(span.parent)}"}`
    const log =
      span.eventNs === undefined
        ? ''
        : `{"timestamp":${microseconds(span.startNs + span.eventNs)},"fields":[${jaegerTag('event', 'cache.miss')},${jaegerTag('attempt', 1)}]}`
    yield (
      (span.index === 0 ? '' : ',') +
        `{"traceID":"${GENERATED_TRACE_ID}","spanID":"${hex16(span.index)}","operationName":"${span.name}","references":[${reference}],` +
        `"startTime":${microseconds(span.startNs)},"duration":${span.durationNs / 1_000},"tags":[${tags.join()}],"logs":[${log}],` +
        `"processID":"p${span.service + 1}","warnings":null}`
    )
  }
  const processes = SERVICES.map(
    (service, index) =>
      `"p${index + 1}":{"serviceName":"${service}","tags":[{"key":"host.name","type":"string","value":"${service}-7d9c"}]}`,
  )
  yield `],"processes":{${processes.join()}},"warnings":null}],"total":0,"limit":0,"offset":0,"errors":null}`
}

function jaegerTag(key: string, value: string | number | boolean): string {
  const type = typeof value === 'string' ? 'string' : typeof value === 'number' ? 'int64' : 'bool'
  return `{"key":"${key}","type":"${type}","value":${JSON.stringify(value)}}`
}

/** Spans of one service in a row, as a collector batches them. */
const BATCH = 100

/** OTLP in JSON, in one object. About 0.9 KB a span. */
export function* otlpJson(trace: GeneratedTrace): Generator<Uint8Array> {
  yield* textChunks(otlpText(trace))
}

/** OTLP in JSON, a batch on each line, as the collector's file exporter writes it. */
export function* otlpJsonLines(trace: GeneratedTrace): Generator<Uint8Array> {
  yield* textChunks(otlpLines(trace))
}

function* otlpText(trace: GeneratedTrace): Generator<string> {
  yield '{"resourceSpans":['
  let first = true
  for (const batch of batches(trace)) {
    yield first ? '' : ','
    first = false
    yield* otlpBatch(batch)
  }
  yield ']}'
}

function* otlpLines(trace: GeneratedTrace): Generator<string> {
  for (const batch of batches(trace)) {
    yield '{"resourceSpans":['
    yield* otlpBatch(batch)
    yield ']}\n'
  }
}

function* otlpBatch(batch: readonly GeneratedSpan[]): Generator<string> {
  const service = SERVICES[batch[0].service]
  yield (
    `{"resource":{"attributes":[${otlpAttribute('service.name', service)},${otlpAttribute('host.name', `${service}-7d9c`)}]},` +
      `"scopeSpans":[{"scope":{"name":"shop","version":"1.2.3"},"spans":[`
  )
  yield batch.map(otlpSpan).join()
  yield ']}]}'
}

function otlpAttribute(key: string, value: string | number | boolean): string {
  const wrapped =
    typeof value === 'string'
      ? `{"stringValue":${JSON.stringify(value)}}`
      : typeof value === 'number'
        ? `{"intValue":"${value}"}`
        : `{"boolValue":${value}}`
  return `{"key":"${key}","value":${wrapped}}`
}

function otlpSpan(span: GeneratedSpan): string {
  const attributes = span.attributes.map(([key, value]) => otlpAttribute(key, value)).join()
  const event =
    span.eventNs === undefined
      ? ''
      : `{"timeUnixNano":"${nanoseconds(span.startNs + span.eventNs)}","name":"cache.miss","attributes":[${otlpAttribute('attempt', 1)}]}`
  return (
    `{"traceId":"${GENERATED_TRACE_ID}","spanId":"${hex16(span.index)}","parentSpanId":"${span.parent < 0 ? '' : hex16(span.parent)}","flags":257,` +
    `"name":"${span.name}","kind":${span.kind},"startTimeUnixNano":"${nanoseconds(span.startNs)}",` +
    `"endTimeUnixNano":"${nanoseconds(span.startNs + span.durationNs)}","attributes":[${attributes}],` +
    `"events":[${event}],"status":{${span.isError ? '"code":2' : ''}}}`
  )
}

/** Consecutive spans by service, 100 at most. */
function* batches(trace: GeneratedTrace): Generator<GeneratedSpan[]> {
  const open = new Map<number, GeneratedSpan[]>()
  for (const span of generateSpans(trace)) {
    const batch = open.get(span.service)
    if (batch === undefined) open.set(span.service, [span])
    else if (batch.push(span) === BATCH) {
      yield batch
      open.delete(span.service)
    }
  }
  yield* open.values()
}

function* textChunks(pieces: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  let held: string[] = []
  let length = 0
  for (const piece of pieces) {
    held.push(piece)
    length += piece.length
    if (length < CHUNK_BYTES) continue
    yield encoder.encode(held.join(''))
    held = []
    length = 0
  }
  if (length > 0) yield encoder.encode(held.join(''))
}

/** OTLP in protobuf: one TracesData. */
export function* otlpProtobuf(trace: GeneratedTrace): Generator<Uint8Array> {
  for (const batch of batches(trace)) {
    const service = SERVICES[batch[0].service]
    const resource = message(
      field(1, attributeMessage('service.name', service)),
      field(1, attributeMessage('host.name', `${service}-7d9c`)),
    )
    const scope = message(field(1, text('shop')), field(2, text('1.2.3')))
    const spans = batch.map((span) => field(2, spanMessage(span)))
    yield field(1, message(field(1, resource), field(2, message(field(1, scope), ...spans))))
  }
}

function spanMessage(span: GeneratedSpan): Uint8Array {
  const parts = [field(1, fromHex(GENERATED_TRACE_ID)), field(2, fromHex(hex16(span.index)))]
  if (span.parent >= 0) parts.push(field(4, fromHex(hex16(span.parent))))
  parts.push(
    field(5, text(span.name)),
    varintField(6, span.kind),
    fixed64Field(7, EPOCH_NS + BigInt(span.startNs)),
    fixed64Field(8, EPOCH_NS + BigInt(span.startNs + span.durationNs)),
    ...span.attributes.map(([key, value]) => field(9, attributeMessage(key, value))),
  )
  if (span.eventNs !== undefined) {
    parts.push(
      field(
        11,
        message(
          fixed64Field(1, EPOCH_NS + BigInt(span.startNs + span.eventNs)),
          field(2, text('cache.miss')),
          field(3, attributeMessage('attempt', 1)),
        ),
      ),
    )
  }
  parts.push(field(15, span.isError ? varintField(3, 2) : new Uint8Array(0)))
  return message(...parts)
}

/** A KeyValue message. */
export function attributeMessage(key: string, value: string | number | boolean): Uint8Array {
  const any =
    typeof value === 'string'
      ? field(1, text(value))
      : typeof value === 'number'
        ? Number.isInteger(value)
          ? varintField(3, value)
          : message(Uint8Array.of((4 << 3) | 1), new Uint8Array(new Float64Array([value]).buffer))
        : varintField(2, value ? 1 : 0)
  return message(field(1, text(key)), field(2, any))
}

/** Parts one after the other. */
export function message(...parts: readonly Uint8Array[]): Uint8Array {
  return joinedBytes(parts)
}

/** A field of bytes, text or a message. */
export function field(number: number, bytes: Uint8Array): Uint8Array {
  return message(varint((number << 3) | 2), varint(bytes.length), bytes)
}

/** A field of a number. */
export function varintField(number: number, value: number | bigint): Uint8Array {
  return message(varint(number << 3), varint(value))
}

/** A field of eight bytes. */
export function fixed64Field(number: number, value: bigint): Uint8Array {
  return message(
    varint((number << 3) | 1),
    new Uint8Array(new BigUint64Array([BigInt.asUintN(64, value)]).buffer),
  )
}

function varint(value: number | bigint): Uint8Array {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  do {
    bytes.push(Number(rest & 127n) | (rest > 127n ? 128 : 0))
    rest >>= 7n
  } while (rest > 0n)
  return Uint8Array.from(bytes)
}

/** UTF-8. */
export function text(value: string): Uint8Array {
  return new TextEncoder().encode(value)
}

/** Bytes of hex digits. */
export function fromHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16),
  )
}
