/** For tests: the answers of real products, and tests of connections to them. */
import type { ProbeReport, ServerKind } from '#shared/api/contract'
import { fakeServer, fakeTarget, webPage, type FakeRoutes } from './fake-server.ts'
import { createSourceClient } from './http.ts'
import { probeSource } from './probe.ts'
import { unheardOfTraceId } from './signs.ts'
import type { SourceTarget } from './target.ts'

/** What `vector(1)` gives. */
export const vectorAnswer = {
  status: 'success',
  data: { resultType: 'vector', result: [{ metric: {}, value: [1.5, '1'] }] },
}

/** What each product answers to what a test of a connection asks. */
export const productAnswers: Readonly<Record<ServerKind, FakeRoutes>> = {
  jaeger: {
    '/api/v3/services': { services: ['order', 'payment'] },
    '/api/services': { data: ['order', 'payment'], total: 2, limit: 0, offset: 0, errors: null },
    '/api/v3/trace-summaries': () =>
      Response.json({ error: { httpCode: 400, message: 'service name is required' } }, { status: 400 }),
    [`/api/v3/traces/${unheardOfTraceId}`]: () =>
      Response.json({ error: { httpCode: 404, message: 'trace not found' } }, { status: 404 }),
    '/': () =>
      webPage('Jaeger UI', 'JAEGER_VERSION = {"gitCommit":"x","gitVersion":"v2.20.0","buildDate":"y"};'),
  },
  tempo: {
    '/api/echo': () => new Response('echo'),
    '/api/status/buildinfo': { version: '2.8.1', revision: 'x' },
    '/api/v2/search/tag/resource.service.name/values': { tagValues: [{ type: 'string', value: 'order' }] },
    [`/api/v2/traces/${unheardOfTraceId}`]: { trace: {}, metrics: {} },
  },
  zipkin: {
    '/api/v2/services': ['order'],
    '/config.json': { queryLimit: 10, searchEnabled: true },
    '/info': { zipkin: { version: '3.6.1' } },
  },
  loki: {
    '/loki/api/v1/labels': { status: 'success', data: ['app', 'env'] },
    '/loki/api/v1/status/buildinfo': { version: '3.7.8', revision: 'x' },
    '/loki/api/v1/query': vectorAnswer,
  },
  prometheus: {
    '/api/v1/label/__name__/values': { status: 'success', data: ['up'] },
    '/api/v1/status/buildinfo': { status: 'success', data: { version: '3.5.0' } },
    '/api/v1/status/flags': { status: 'success', data: { 'enable-feature': 'exemplar-storage' } },
    '/api/v1/query': vectorAnswer,
  },
}

/** What a test of a connection says of a server that answers so. */
export function probeRoutes(
  kind: ServerKind,
  routes: FakeRoutes,
  changes: Partial<SourceTarget> = {},
): Promise<ProbeReport> {
  const { fetch } = fakeServer(routes)
  const client = createSourceClient(fakeTarget(kind, changes), { fetch })
  return probeSource(client, new AbortController().signal)
}
