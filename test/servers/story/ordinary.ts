/** Ordinary requests around the incident: small traces, some slow, some failed. */
import { type FedTrace, type Random, TraceWriter } from './span.ts'

interface Request {
  readonly name: string
  readonly route: string
  readonly service: string
  readonly table: string
  readonly typicalMs: number
}

const requests: readonly Request[] = [
  {
    name: 'GET /api/products',
    route: '/products',
    service: 'catalog-service',
    table: 'products',
    typicalMs: 40,
  },
  { name: 'GET /api/cart', route: '/carts/{cartId}', service: 'cart-service', table: 'carts', typicalMs: 25 },
  {
    name: 'GET /api/orders/{orderId}',
    route: '/orders/{orderId}',
    service: 'order-service',
    table: 'orders',
    typicalMs: 60,
  },
  { name: 'POST /api/checkout', route: '/orders', service: 'order-service', table: 'orders', typicalMs: 180 },
  {
    name: 'POST /api/payments',
    route: '/payments/charge',
    service: 'payment-service',
    table: 'ledger',
    typicalMs: 120,
  },
]

const fromMinutesAgo = 35

/** `count` traces spread over the 35 minutes before `endMs`, oldest first; about one in eight fails. */
export function writeOrdinary(endMs: number, count: number, random: Random): FedTrace[] {
  return Array.from({ length: count }, (_, index) => {
    const request = requests[index % requests.length]
    // Well within "last 1 h" for the twenty minutes after the feed in which tests may ask.
    const startMs = endMs - fromMinutesAgo * 60_000 * (1 - index / count) + random.between(0, 12_000)
    return writeRequest(request, BigInt(Math.round(startMs)) * 1_000_000n, random, index % 8 === 5)
  })
}

function writeRequest(request: Request, startNs: bigint, random: Random, fails: boolean): FedTrace {
  const trace = new TraceWriter(random.hex(32), startNs, random)
  // Mostly near the typical time, now and then several times that.
  const totalMs = request.typicalMs * (random.next() < 0.1 ? random.between(4, 9) : random.between(0.6, 1.8))
  const status = fails ? 500 : 200
  const method = request.name.split(' ')[0]
  const error = fails ? 'Internal Server Error' : undefined
  const http = { 'http.request.method': method, 'http.response.status_code': status }

  const edge = trace.add({
    service: 'edge-gateway',
    name: request.name,
    kind: 'server',
    atMs: 0,
    forMs: totalMs,
    error,
    attributes: { ...http, 'http.route': request.name.split(' ')[1] },
  })
  const call = trace.add({
    parent: edge,
    name: method,
    kind: 'client',
    atMs: totalMs * 0.05,
    forMs: totalMs * 0.9,
    error,
    attributes: { ...http, 'server.address': request.service },
  })
  const server = trace.add({
    parent: call,
    service: request.service,
    name: `${method} ${request.route}`,
    kind: 'server',
    atMs: totalMs * 0.08,
    forMs: totalMs * 0.84,
    error,
    attributes: {
      ...http,
      'http.route': request.route,
      'app.customer.tier': random.pick(['free', 'plus', 'gold']),
    },
  })
  const queries = 1 + Math.floor(random.next() * 4)
  for (let query = 0; query < queries; query++) {
    const last = fails && query === queries - 1
    const atMs = totalMs * (0.1 + (query * 0.8) / queries)
    const forMs = (totalMs * 0.7) / queries
    trace.add({
      parent: server,
      name: `SELECT ${request.table}`,
      kind: 'client',
      atMs,
      forMs,
      attributes: {
        'db.system.name': 'postgresql',
        'db.operation.name': 'SELECT',
        'db.collection.name': request.table,
      },
      events: last
        ? [
            {
              name: 'exception',
              atMs: atMs + forMs,
              attributes: { 'exception.type': 'DeadlockError', 'exception.message': 'deadlock detected' },
            },
          ]
        : [],
      error: last ? 'deadlock detected' : undefined,
    })
  }
  return trace
}
