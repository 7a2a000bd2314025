/**
 * The incident of the product's story: p99 of order-service passes 500 ms because payment-service waits for a database connection.
 *
 * ```
 * 0                                                             4.87 s        6.88 s
 * edge-gateway POST /api/checkout ████████████████████████████████ 503
 *   web-bff POST /checkout          ██████████████████████████████
 *     auth, cart, catalog × 14      ▌
 *     order-service POST /orders     █████████████████████████████
 *       inventory SELECT × 200       ██        (its clock is 12 ms behind)
 *       payment-service charge         ███████████████████████████ 503
 *         pool.acquire                 ░░░░░ 4.50 s, waiting ░░░░
 *       order-events publish                                      ▌
 *         notification process                                        ██████
 * ```
 * 247 spans, 10 services, 8 of the spans failed.
 */
import { type FedLink, type FedTrace, type Random, TraceWriter } from './span.ts'

/** How far the clock of inventory-service differs: its spans seem to start before those that called them. */
const inventoryClockMs = -12

export function writeIncident(traceId: string, startNs: bigint, random: Random, firstTry: FedLink): FedTrace {
  const trace = new TraceWriter(traceId, startNs, random)
  const unavailable = 'Service Unavailable'

  const edge = trace.add({
    service: 'edge-gateway', name: 'POST /api/checkout', kind: 'server', atMs: 0, forMs: 4870,
    attributes: {
      'http.request.method': 'POST', 'http.route': '/api/checkout', 'url.path': '/api/checkout', 'url.scheme': 'https',
      'http.response.status_code': 503, 'user_agent.original': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156',
      'http.request.header.accept': ['application/json', 'text/plain'], 'client.address': '203.0.113.24', 'network.protocol.version': '2',
    },
    links: [firstTry], error: unavailable,
  }) // prettier-ignore
  trace.add({
    parent: edge,
    name: 'ratelimit.check',
    atMs: 0.4,
    forMs: 0.7,
    attributes: { 'ratelimit.remaining': 41, 'ratelimit.allowed': true },
  })
  const toBff = trace.add({
    parent: edge,
    name: 'POST',
    kind: 'client',
    atMs: 1.6,
    forMs: 4865.7,
    error: unavailable,
    attributes: {
      'http.request.method': 'POST',
      'server.address': 'web-bff',
      'server.port': 8080,
      'http.response.status_code': 503,
    },
  })
  const bff = trace.add({
    parent: toBff,
    service: 'web-bff',
    name: 'POST /checkout',
    kind: 'server',
    atMs: 2.1,
    forMs: 4864.9,
    error: unavailable,
    attributes: {
      'http.request.method': 'POST',
      'http.route': '/checkout',
      'http.response.status_code': 503,
      'enduser.id': 'u-20417',
    },
  })

  const auth = trace.add({
    parent: bff,
    service: 'auth-service',
    name: 'Auth/VerifyToken',
    kind: 'server',
    atMs: 3,
    forMs: 11,
    attributes: {
      'rpc.system': 'grpc',
      'rpc.service': 'Auth',
      'rpc.method': 'VerifyToken',
      'rpc.grpc.status_code': 0,
    },
  })
  trace.add({ parent: auth, name: 'jwt.decode', atMs: 3.4, forMs: 1.2 })
  trace.add({
    parent: auth,
    name: 'GET session:*',
    kind: 'client',
    atMs: 5,
    forMs: 3.1,
    attributes: redis('GET session:8f14e45f', 'GET'),
  })
  trace.add({
    parent: auth,
    name: 'policy.evaluate',
    atMs: 9,
    forMs: 1.7,
    attributes: { 'policy.rules': 18, 'policy.score': 0.9375 },
  })

  const cart = trace.add({
    parent: bff,
    service: 'cart-service',
    name: 'GET /carts/{cartId}',
    kind: 'server',
    atMs: 15,
    forMs: 24,
    attributes: {
      'http.request.method': 'GET',
      'http.route': '/carts/{cartId}',
      'http.response.status_code': 200,
    },
  })
  trace.add({
    parent: cart,
    name: 'HGETALL cart:*',
    kind: 'client',
    atMs: 18,
    forMs: 3,
    attributes: redis('HGETALL cart:20417', 'HGETALL'),
  })
  for (let item = 0; item < 14; item++)
    trace.add({
      parent: bff,
      service: 'catalog-service',
      name: 'Catalog/GetItem',
      kind: 'server',
      atMs: 40 + item * 1.15,
      forMs: 1.1,
      attributes: {
        'rpc.system': 'grpc',
        'rpc.service': 'Catalog',
        'rpc.method': 'GetItem',
        'catalog.item': `SKU-${1000 + item}`,
      },
    })

  const toOrder = trace.add({
    parent: bff,
    name: 'POST',
    kind: 'client',
    atMs: 57,
    forMs: 4808.5,
    error: unavailable,
    attributes: {
      'http.request.method': 'POST',
      'server.address': 'order-service',
      'server.port': 8080,
      'http.response.status_code': 503,
    },
  })
  const order = trace.add({
    parent: toOrder, service: 'order-service', name: 'POST /orders', kind: 'server', atMs: 57.6, forMs: 4807.2,
    attributes: { 'http.request.method': 'POST', 'http.route': '/orders', 'http.response.status_code': 503, 'app.order.id': 81347, 'app.order.total': 219.9 },
    events: [
      { name: 'order.validated', atMs: 64, attributes: { 'app.order.items': 14 } },
      exception(4858, 'order.PaymentUnavailableError', 'charge failed: 503 from payment-service, order 81347 set to PAYMENT_FAILED', [
        'OrderHandler.placeOrder(order-handler.ts:118)', 'OrderHandler.handle(order-handler.ts:41)',
      ]),
    ],
    error: 'charge failed: 503 from payment-service',
  }) // prettier-ignore
  trace.add({
    parent: order,
    name: 'validateOrder',
    atMs: 58,
    forMs: 6,
    attributes: { 'code.function.name': 'validateOrder', 'code.file.path': 'src/order-handler.ts' },
  })

  const toInventory = trace.add({
    parent: order,
    name: 'Inventory/Reserve',
    kind: 'client',
    atMs: 65,
    forMs: 219,
    attributes: {
      'rpc.system': 'grpc',
      'rpc.service': 'Inventory',
      'rpc.method': 'Reserve',
      'server.address': 'inventory-service',
    },
  })
  const inventory = trace.add({
    parent: toInventory,
    service: 'inventory-service',
    name: 'Inventory/Reserve',
    kind: 'server',
    atMs: 65.5 + inventoryClockMs,
    forMs: 218,
    attributes: { 'rpc.system': 'grpc', 'rpc.service': 'Inventory', 'rpc.method': 'Reserve' },
  })
  for (let row = 0; row < 200; row++)
    trace.add({
      parent: inventory, name: 'SELECT stock_levels', kind: 'client', atMs: 68 + inventoryClockMs + row * 1.05, forMs: 0.9,
      attributes: {
        'db.system.name': 'postgresql', 'db.operation.name': 'SELECT', 'db.collection.name': 'stock_levels',
        'db.query.text': 'SELECT sku, on_hand, reserved FROM stock_levels WHERE sku = $1 AND warehouse = $2', 'db.query.parameter.0': `SKU-${1000 + row}`,
      },
    }) // prettier-ignore

  const toPricing = trace.add({
    parent: order,
    name: 'POST /quote',
    kind: 'client',
    atMs: 286,
    forMs: 31,
    attributes: {
      'http.request.method': 'POST',
      'server.address': 'pricing-service',
      'http.response.status_code': 200,
    },
  })
  const pricing = trace.add({
    parent: toPricing,
    service: 'pricing-service',
    name: 'POST /quote',
    kind: 'server',
    atMs: 286.8,
    forMs: 29.6,
    attributes: { 'http.request.method': 'POST', 'http.route': '/quote', 'http.response.status_code': 200 },
  })
  trace.add({ parent: pricing, name: 'rules.load', atMs: 288, forMs: 9 })
  trace.add({
    parent: pricing,
    name: 'quote.compute',
    atMs: 298,
    forMs: 6.7,
    attributes: { 'pricing.currency': 'EUR', 'pricing.note': 'Größe „L“ — 折扣 10 %' },
  })
  trace.add({
    parent: order,
    name: 'INSERT orders',
    kind: 'client',
    atMs: 319,
    forMs: 4.4,
    attributes: {
      'db.system.name': 'postgresql',
      'db.operation.name': 'INSERT',
      'db.collection.name': 'orders',
    },
  })

  const toPayment = trace.add({
    parent: order,
    name: 'POST /payments/charge',
    kind: 'client',
    atMs: 325,
    forMs: 4523,
    error: unavailable,
    attributes: {
      'http.request.method': 'POST',
      'server.address': 'payment-service',
      'server.port': 8080,
      'http.response.status_code': 503,
    },
  })
  const payment = trace.add({
    parent: toPayment,
    service: 'payment-service',
    name: 'POST /payments/charge',
    kind: 'server',
    atMs: 326,
    forMs: 4521,
    error: 'connection pool exhausted',
    attributes: {
      'http.request.method': 'POST',
      'http.route': '/payments/charge',
      'http.response.status_code': 503,
      'payment.method': 'card',
    },
  })
  const fraud = trace.add({
    parent: payment,
    name: 'fraud.score',
    atMs: 327,
    forMs: 4.6,
    attributes: { 'fraud.score': 0.02 },
  })
  for (const [check, name] of ['velocity', 'address', 'device'].entries())
    trace.add({ parent: fraud, name: `fraud.${name}`, atMs: 327.2 + check * 1.4, forMs: 1.3 })
  trace.add({
    parent: payment, name: 'payments-db pool.acquire', kind: 'internal', atMs: 332, forMs: 4500,
    attributes: {
      'db.system.name': 'postgresql', 'db.client.connection.pool.name': 'payments-db', 'db.client.connection.state': 'used 20 of 20',
      'db.client.connection.pending': 37, 'db.client.connection.max': 20, 'server.address': 'payments-db-0.payments.svc', 'server.port': 5432,
    },
    events: [
      { name: 'pool.wait', atMs: 332, attributes: { waiters: 37, max: 20 } },
      exception(4832, 'PoolTimeoutError', 'connection pool exhausted, waited 4500ms for available connection', [
        'Pool.acquire(pool.ts:204)', 'Ledger.open(ledger.ts:57)', 'ChargeHandler.handle(charge.ts:33)',
      ]),
    ],
    error: 'connection pool exhausted, waited 4500ms for available connection',
  }) // prettier-ignore
  trace.add({
    parent: payment,
    name: 'ledger.void',
    kind: 'client',
    atMs: 4838,
    forMs: 3,
    attributes: { 'db.system.name': 'postgresql', 'db.operation.name': 'UPDATE' },
  })
  trace.add({
    parent: order,
    name: 'UPDATE orders',
    kind: 'client',
    atMs: 4850,
    forMs: 5,
    attributes: {
      'db.system.name': 'postgresql',
      'db.operation.name': 'UPDATE',
      'db.collection.name': 'orders',
    },
  })
  const publish = trace.add({
    parent: order,
    name: 'order-events publish',
    kind: 'producer',
    atMs: 4859,
    forMs: 4,
    attributes: {
      'messaging.system': 'kafka',
      'messaging.operation.type': 'send',
      'messaging.destination.name': 'order-events',
      'messaging.destination.partition.id': '7',
    },
  })
  const process = trace.add({
    parent: publish,
    service: 'notification-service',
    name: 'order-events process',
    kind: 'consumer',
    atMs: 5933,
    forMs: 949,
    attributes: {
      'messaging.system': 'kafka',
      'messaging.operation.type': 'process',
      'messaging.destination.name': 'order-events',
      'messaging.consumer.group.name': 'notify',
    },
    links: [{ traceId, spanId: publish.spanId, attributes: { 'messaging.message.offset': 991_204 } }],
  })
  trace.add({ parent: process, name: 'template.render', atMs: 5936, forMs: 38 })
  trace.add({
    parent: process,
    name: 'smtp.send',
    kind: 'client',
    atMs: 5976,
    forMs: 871,
    attributes: { 'server.address': 'smtp.internal', 'server.port': 587 },
  })
  return trace
}

function redis(text: string, operation: string) {
  return { 'db.system.name': 'redis', 'db.operation.name': operation, 'db.query.text': text }
}

function exception(atMs: number, type: string, message: string, frames: readonly string[]) {
  return {
    name: 'exception',
    atMs,
    attributes: {
      'exception.type': type,
      'exception.message': message,
      'exception.stacktrace': [`${type}: ${message}`, ...frames.map((frame) => `    at ${frame}`)].join('\n'),
    },
  }
}
