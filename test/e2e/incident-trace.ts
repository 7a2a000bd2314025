/** Traces as a Jaeger answers with them: the incident of the look (a checkout that waits for a connection), one that needs every repair, a long one. */

interface Log {
  readonly atMs: number
  readonly fields: Readonly<Record<string, string | number>>
}

interface Drawn {
  readonly id: string
  readonly service: string
  readonly name: string
  readonly startMs: number
  readonly durationMs: number
  readonly parent?: string
  readonly tags?: Readonly<Record<string, string | number | boolean>>
  readonly logs?: readonly Log[]
  readonly links?: readonly { readonly traceID: string; readonly spanID: string }[]
  readonly warnings?: readonly string[]
}

const epochUs = 1_793_000_000_000_000

const fieldOf = ([key, value]: readonly [string, string | number | boolean]) => ({
  key,
  type: typeof value === 'number' ? 'int64' : typeof value === 'boolean' ? 'bool' : 'string',
  value,
})

/** A Jaeger v1 answer with one trace. */
export function jaegerDocument(traceID: string, spans: readonly Drawn[]): string {
  const services = [...new Set(spans.map((span) => span.service))]
  const processes = Object.fromEntries(
    services.map((serviceName, index) => [
      `p${index}`,
      {
        serviceName,
        tags: [
          fieldOf(['service.version', '2.14.0']),
          fieldOf(['k8s.pod.name', `${serviceName}-7c9f4d`]),
          fieldOf(['telemetry.sdk.language', 'java']),
        ],
      },
    ]),
  )
  const document = {
    data: [
      {
        traceID,
        processes,
        spans: spans.map((span) => ({
          traceID,
          spanID: span.id,
          operationName: span.name,
          startTime: epochUs + Math.round(span.startMs * 1000),
          duration: Math.round(span.durationMs * 1000),
          processID: `p${services.indexOf(span.service)}`,
          warnings: span.warnings ?? null,
          references: [
            ...(span.parent === undefined ? [] : [{ refType: 'CHILD_OF', traceID, spanID: span.parent }]),
            ...(span.links ?? []).map((link) => ({ refType: 'FOLLOWS_FROM', ...link })),
          ],
          tags: Object.entries(span.tags ?? {}).map(fieldOf),
          logs: (span.logs ?? []).map(({ atMs, fields }) => ({
            timestamp: epochUs + Math.round(atMs * 1000),
            fields: Object.entries(fields).map(fieldOf),
          })),
        })),
      },
    ],
  }
  return JSON.stringify(document)
}

const id = (number: number): string => number.toString(16).padStart(16, '0')

/** When the incident began and ended, milliseconds since 1970. */
export const incidentTime = { startMs: epochUs / 1000, endMs: epochUs / 1000 + 6_870 }
export const incidentId = '4be1f0c2a9d84e7fb6c3d1e2f3a49a7e'
export const poolId = id(0xf2)
export const publishId = id(0xd0)
/** A trace that a span of the incident links to. */
export const linkedId = 'aaaabbbbccccddddeeeeffff00001111'

const failed = { error: true, 'http.request.method': 'POST', 'http.response.status_code': 503 } as const
const stack = [
  'com.shop.payment.PoolTimeoutException: connection pool exhausted',
  '\tat com.shop.payment.db.Pool.acquire(Pool.java:118)',
  '\tat com.shop.payment.ChargeHandler.charge(ChargeHandler.java:88)',
  '\tat org.springframework.web.servlet.DispatcherServlet.doDispatch(DispatcherServlet.java:1072)',
].join('\n')

/** 20 spans, 5 levels, 4 errors: a checkout fails after 4.5 s of waiting for a database connection. */
export const incident: readonly Drawn[] = [
  {
    id: id(1),
    service: 'edge-gateway',
    name: 'POST /api/checkout',
    startMs: 0,
    durationMs: 4871,
    tags: { ...failed, 'span.kind': 'server', 'http.route': '/api/checkout' },
  },
  {
    id: id(2),
    service: 'order-service',
    name: 'POST /orders',
    startMs: 48,
    durationMs: 4814,
    parent: id(1),
    tags: { ...failed, 'span.kind': 'server' },
  },
  {
    id: id(3),
    service: 'inventory-service',
    name: 'Inventory/Reserve',
    startMs: 56,
    durationMs: 218,
    parent: id(2),
    tags: { 'rpc.system': 'grpc', 'rpc.method': 'Reserve' },
  },
  ...Array.from({ length: 11 }, (_, index): Drawn => ({
    id: id(0x100 + index),
    service: 'inventory-service',
    name: 'SELECT stock_levels',
    startMs: 58 + index * 7,
    durationMs: 6.5,
    parent: id(3),
    tags: {
      'span.kind': 'client',
      'db.system.name': 'postgresql',
      'db.query.text': 'SELECT quantity\nFROM stock_levels\nWHERE sku = $1',
    },
  })),
  {
    id: id(0xf0),
    service: 'payment-service',
    name: 'POST /payments/charge',
    startMs: 320,
    durationMs: 4518,
    parent: id(2),
    tags: { ...failed, 'span.kind': 'server' },
  },
  {
    id: id(0xf1),
    service: 'payment-service',
    name: 'fraud.score',
    startMs: 322,
    durationMs: 9,
    parent: id(0xf0),
    tags: { 'fraud.features': '{"amount":129.9,"country":"DE"}' },
  },
  {
    id: poolId,
    service: 'payment-service',
    name: 'payments-db pool.acquire',
    startMs: 332,
    durationMs: 4500,
    parent: id(0xf0),
    tags: {
      error: true,
      'db.system.name': 'postgresql',
      'db.client.connection.pool.name': 'payments-db',
      'otel.status_description': 'connection pool exhausted, waited 4500ms for available connection',
    },
    logs: [
      { atMs: 332, fields: { event: 'pool.wait', waiters: 37 } },
      {
        atMs: 4832,
        fields: {
          event: 'exception',
          'exception.type': 'com.shop.payment.PoolTimeoutException',
          'exception.message': 'connection pool exhausted',
          'exception.stacktrace': stack,
        },
      },
    ],
    warnings: ['the server had something to say'],
  },
  {
    id: publishId,
    service: 'order-service',
    name: 'order-events publish',
    startMs: 4850,
    durationMs: 4,
    parent: id(2),
    tags: { 'span.kind': 'producer', 'messaging.system': 'kafka', 'messaging.destination.name': 'orders' },
  },
  {
    id: id(0xd1),
    service: 'notification-service',
    name: 'order-events process',
    startMs: 5921,
    durationMs: 949,
    parent: publishId,
    tags: { 'span.kind': 'consumer', 'messaging.system': 'kafka' },
    links: [
      { traceID: incidentId, spanID: poolId },
      { traceID: linkedId, spanID: id(1) },
    ],
  },
  {
    id: id(0xd2),
    service: 'notification-service',
    name: 'smtp.send',
    startMs: 5971,
    durationMs: 871,
    parent: id(0xd1),
  },
]

export const brokenId = 'bbbb0000bbbb0000bbbb0000bbbb0000'

/** Orphans of a parent that never came, several roots, a clock 500 ms behind, two spans of one id, one that ends before it begins. */
export const broken: readonly Drawn[] = [
  { id: id(1), service: 'edge', name: 'GET /', startMs: 0, durationMs: 100, tags: { 'span.kind': 'server' } },
  {
    id: id(2),
    service: 'edge',
    name: 'call stock',
    startMs: 10,
    durationMs: 50,
    parent: id(1),
    tags: { 'span.kind': 'client' },
  },
  {
    id: id(3),
    service: 'stock',
    name: 'GET /stock',
    startMs: -490,
    durationMs: 40,
    parent: id(2),
    tags: { 'span.kind': 'server' },
  },
  { id: id(4), service: 'edge', name: 'orphan one', startMs: 40, durationMs: 10, parent: 'dead00000000beef' },
  { id: id(5), service: 'edge', name: 'orphan two', startMs: 55, durationMs: 20, parent: 'dead00000000beef' },
  { id: id(6), service: 'edge', name: 'second root', startMs: 70, durationMs: 20 },
  { id: id(7), service: 'edge', name: 'twin', startMs: 20, durationMs: 5, parent: id(1) },
  { id: id(7), service: 'edge', name: 'other twin', startMs: 30, durationMs: 9, parent: id(1) },
  { id: id(8), service: 'edge', name: 'backwards', startMs: 50, durationMs: -5, parent: id(1) },
]

export const linked: readonly Drawn[] = [
  { id: id(1), service: 'batch', name: 'nightly import', startMs: 0, durationMs: 60_000 },
]

export const longId = 'c0ffee00c0ffee00c0ffee00c0ffee00'

/** A root with 9,999 children, every thousandth of them failed. */
export const long: readonly Drawn[] = [
  { id: id(1), service: 'batch', name: 'import', startMs: 0, durationMs: 10_000 },
  ...Array.from({ length: 9_999 }, (_, index): Drawn => ({
    id: id(index + 2),
    service: index % 3 === 0 ? 'store' : 'batch',
    name: `row ${index + 1}`,
    startMs: index,
    durationMs: 0.9,
    parent: id(1),
    tags: { 'row.number': index + 1, ...(index % 1000 === 999 ? { error: true } : {}) },
  })),
]
