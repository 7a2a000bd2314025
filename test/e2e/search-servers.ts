/** A Tempo and a Jaeger that hold the same kind of traces and answer searches over them as the real ones do. */
import { html, json, text, type Answer } from './fake-servers.ts'

/** A trace of a root span and some children. */
export interface HeldTrace {
  /** 32 hex digits. */
  readonly id: string
  readonly startMs: number
  readonly durationMs: number
  readonly service: string
  readonly name: string
  readonly failed?: boolean
  readonly spans?: number
  /** The service of all spans but the root; the same where it is not said. */
  readonly answeredBy?: string
}

/** `count` traces, one each `everyMs` back from `endMs`; each tenth is slow and failed. */
export function manyTraces(
  count: number,
  endMs: number,
  everyMs: number,
  prefix = 'a',
): readonly HeldTrace[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${prefix}${index.toString(16).padStart(31, '0')}`,
    startMs: endMs - (index + 1) * everyMs,
    durationMs: index % 10 === 3 ? 4_800 + index : 100 + ((index * 37) % 400),
    service: index % 3 === 0 ? 'edge-gateway' : 'order-service',
    name: index % 3 === 0 ? 'POST /api/checkout' : `GET /orders/${index % 4}`,
    failed: index % 10 === 3,
    spans: 2 + (index % 3),
  }))
}

const queryOf = (path: string): URLSearchParams => new URL(path, 'http://any').searchParams
const pathOf = (path: string): string => path.split('?', 1)[0]
const newestFirst = (a: HeldTrace, b: HeldTrace): number => b.startMs - a.startMs

/** Newest first within the window; a limit cuts the rest. */
function within(
  traces: readonly HeldTrace[],
  startMs: number,
  endMs: number,
  limit: number,
): readonly HeldTrace[] {
  return traces
    .filter((trace) => trace.startMs >= startMs && trace.startMs <= endMs)
    .toSorted(newestFirst)
    .slice(0, limit)
}

const spanId = (trace: HeldTrace, index: number): string =>
  `${trace.id.slice(-12)}${(index + 1).toString(16).padStart(4, '0')}`

const otlpOf = (trace: HeldTrace) => ({
  resourceSpans: [true, false].map((isRoot) => ({
    resource: {
      attributes: [
        {
          key: 'service.name',
          value: { stringValue: isRoot ? trace.service : (trace.answeredBy ?? trace.service) },
        },
      ],
    },
    scopeSpans: [
      {
        scope: { name: 'shop' },
        spans: Array.from({ length: trace.spans ?? 2 }, (_, index) => ({
          traceId: Buffer.from(trace.id, 'hex').toString('base64'),
          spanId: Buffer.from(spanId(trace, index), 'hex').toString('base64'),
          parentSpanId: index === 0 ? '' : Buffer.from(spanId(trace, 0), 'hex').toString('base64'),
          name: index === 0 ? trace.name : `step ${index}`,
          kind: 'SPAN_KIND_SERVER',
          startTimeUnixNano: `${trace.startMs + index}000000`,
          endTimeUnixNano: `${trace.startMs + trace.durationMs}000000`,
          status: trace.failed ? { code: 'STATUS_CODE_ERROR' } : {},
        })).filter((_, index) => (index === 0) === isRoot),
      },
    ],
  })),
})

const jaegerOf = (trace: HeldTrace) => ({
  traceID: trace.id,
  spans: Array.from({ length: trace.spans ?? 2 }, (_, index) => ({
    traceID: trace.id,
    spanID: spanId(trace, index),
    operationName: index === 0 ? trace.name : `step ${index}`,
    references: index === 0 ? [] : [{ refType: 'CHILD_OF', traceID: trace.id, spanID: spanId(trace, 0) }],
    startTime: (trace.startMs + index) * 1000,
    duration: (trace.durationMs - index) * 1000,
    tags: trace.failed ? [{ key: 'error', type: 'bool', value: true }] : [],
    logs: [],
    processID: index === 0 ? 'root' : 'p1',
  })),
  processes: {
    root: { serviceName: trace.service, tags: [] },
    p1: { serviceName: trace.answeredBy ?? trace.service, tags: [] },
  },
})

/** A Tempo 2.8. TraceQL is not evaluated, but `{ levle` is what it cannot read. */
export function tempoWith(traces: readonly HeldTrace[]): Answer {
  return (request, response) => {
    const path = pathOf(request.url ?? '')
    const query = queryOf(request.url ?? '')
    if (path === '/api/echo') return text('echo')(request, response)
    if (path === '/api/status/buildinfo') return json({ version: '2.8.1', revision: '' })(request, response)
    if (path === '/api/v2/search/tags')
      return json({
        scopes: [
          { name: 'resource', tags: ['service.name', 'k8s.pod.name'] },
          { name: 'span', tags: ['http.route', 'http.response.status_code'] },
          { name: 'intrinsic', tags: ['duration', 'name', 'status'] },
        ],
      })(request, response)
    const tag = /^\/api\/v2\/search\/tag\/([^/]+)\/values$/.exec(path)?.[1]
    if (tag !== undefined) {
      const values: Readonly<Record<string, readonly string[]>> = {
        'resource.service.name': ['edge-gateway', 'order-service'],
        name: ['POST /api/checkout', 'GET /orders/1'],
        'span.http.route': ['/orders', '/api/checkout'],
        '.http.route': ['/orders', '/api/checkout'],
      }
      const known = values[decodeURIComponent(tag)] ?? []
      return json({ tagValues: known.map((value) => ({ type: 'string', value })) })(request, response)
    }
    if (path === '/api/search') {
      const q = query.get('q') ?? ''
      const at = q.indexOf('levle')
      if (at >= 0)
        return text(
          `invalid TraceQL query: parse error at line 1, col ${at + 1}: syntax error: unexpected IDENTIFIER`,
          400,
        )(request, response)
      const held = within(
        traces,
        Number(query.get('start')) * 1000,
        Number(query.get('end')) * 1000,
        Number(query.get('limit')),
      )
      return json({
        traces: held.map((trace) => ({
          traceID: trace.id,
          rootServiceName: trace.service,
          rootTraceName: trace.name,
          startTimeUnixNano: `${trace.startMs}000000`,
          durationMs: trace.durationMs,
          spanSets: [
            {
              spans: [
                {
                  spanID: spanId(trace, 1),
                  name: 'pool.acquire',
                  startTimeUnixNano: `${trace.startMs}000000`,
                  durationNanos: '5000000',
                },
              ],
              matched: 1,
            },
          ],
          serviceStats: {
            [trace.service]: { spanCount: trace.spans ?? 2, ...(trace.failed ? { errorCount: 1 } : {}) },
          },
        })),
        metrics: {},
      })(request, response)
    }
    const id = /^\/api\/v2\/traces\/([0-9a-f]+)$/.exec(path)?.[1]
    const held = traces.find((trace) => trace.id === id?.padStart(32, '0'))
    return json({ trace: held ? otlpOf(held) : {}, metrics: {} })(request, response)
  }
}

/** A Jaeger of the first generation; `calls` is what its dependencies job left. */
export function jaegerHolding(
  traces: readonly HeldTrace[],
  calls: readonly { readonly parent: string; readonly child: string; readonly callCount: number }[] = [],
): Answer {
  return (request, response) => {
    const path = pathOf(request.url ?? '')
    const query = queryOf(request.url ?? '')
    const services = [...new Set(traces.map((trace) => trace.service))]
    if (path === '/')
      return html(
        '<script>const JAEGER_VERSION = {"gitCommit":"","gitVersion":"v1.60.0","buildDate":""};</script>',
      )(request, response)
    if (path.startsWith('/api/v3/')) return text('404 page not found', 404)(request, response)
    if (path === '/api/services') return json({ data: services, errors: null })(request, response)
    if (path === '/api/operations')
      return json({ data: traces.map(({ name }) => ({ name, spanKind: 'server' })) })(request, response)
    if (path === '/api/dependencies') return json({ data: calls })(request, response)
    if (path === '/api/traces') {
      const service = query.get('service')
      const held = within(
        traces.filter((trace) => trace.service === service || trace.answeredBy === service),
        Number(query.get('start')) / 1000,
        Number(query.get('end')) / 1000,
        Number(query.get('limit')),
      )
      return json({ data: held.map((trace) => jaegerOf(trace)), errors: null })(request, response)
    }
    const id = /^\/api\/traces\/([0-9a-f]+)$/.exec(path)?.[1]
    const held = traces.find((trace) => trace.id === id)
    if (held) return json({ data: [jaegerOf(held)], errors: null })(request, response)
    return json({ data: null, errors: [{ code: 404, msg: 'trace not found' }] }, 404)(request, response)
  }
}

/** Answers after a while; what was hung up meanwhile is not answered. */
export const after =
  (ms: number, answer: Answer): Answer =>
  (request, response) => {
    const timer = setTimeout(() => answer(request, response), ms)
    response.on('close', () => clearTimeout(timer))
  }

/** One answer for searches, another for the rest. */
export const searchesWith =
  (search: Answer, others: Answer): Answer =>
  (request, response) =>
    (/^\/api\/(search|traces)\?/.test(request.url ?? '') ? search : others)(request, response)
