import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ProbeReport, ServerKind } from '#shared/api/contract'
import { probeRoutes, productAnswers as servers, vectorAnswer as vector } from './fake-products'
import { fakeServer, fakeTarget, type FakeAnswer, type FakeRoutes, webPage } from './fake-server'
import { createSourceClient } from './http'
import { probeSource } from './probe'
import { unheardOfTraceId } from './signs'

const signal = new AbortController().signal
const noTrace = `/api/v2/traces/${unheardOfTraceId}`

const kinds = Object.keys(servers) as ServerKind[]

const refused = () => Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))
const noTenant = () => new Response('no org id', { status: 401 })

const clock = (date: string, headers: Record<string, string> = {}): Promise<ProbeReport> =>
  probeRoutes('zipkin', {
    '/api/v2/services': () => Response.json(['a'], { headers: { date, ...headers } }),
  })

describe('a test of a connection', () => {
  it.each<[ServerKind, Partial<ProbeReport>]>([
    [
      'jaeger',
      {
        product: 'Jaeger',
        version: '2.20.0',
        api: 'v3 (OTLP, with summaries) and v1',
        seen: { what: 'services', names: ['order', 'payment'], total: 2 },
        notes: [],
      },
    ],
    [
      'tempo',
      {
        product: 'Tempo',
        version: '2.8.1',
        api: 'v2 and v1',
        seen: { what: 'services', names: ['order'], total: 1 },
        notes: [],
      },
    ],
    ['zipkin', { product: 'Zipkin', version: '3.6.1', api: 'v2', notes: [] }],
    [
      'loki',
      {
        product: 'Loki',
        version: '3.7.8',
        api: 'v1',
        seen: { what: 'labels', names: ['app', 'env'], total: 2 },
        notes: [],
      },
    ],
    [
      'prometheus',
      {
        product: 'Prometheus',
        version: '3.5.0',
        api: 'v1',
        seen: { what: 'metrics', names: ['up'], total: 1 },
        notes: ['Exemplars are on.'],
      },
    ],
  ])('says what a %s is', async (kind, expected) => {
    expect(await probeRoutes(kind, servers[kind])).toMatchObject({ ok: true, error: undefined, ...expected })
  })

  it('asks a Jaeger for both its generations at once: a slow one answers within the time', async () => {
    const v1Asked = Promise.withResolvers<void>()
    const report = await probeRoutes('jaeger', {
      '/api/services': () => {
        v1Asked.resolve()
        return Response.json({ data: ['a'], errors: null })
      },
      '/api/v3/services': async () => {
        await v1Asked.promise
        return Response.json({ services: ['a'] })
      },
    })
    expect(report).toMatchObject({ ok: true, api: 'v3 (OTLP) and v1' })
  })

  it.each<[string, ServerKind, FakeRoutes]>([
    ...kinds.map((kind): [string, ServerKind, FakeRoutes] => [`a ${kind}`, kind, servers[kind]]),
    ['a Jaeger of v1 only', 'jaeger', { '/api/services': { data: ['a'], errors: null } }],
    [
      'a Jaeger that has seen nothing',
      'jaeger',
      { '/api/v3/services': {}, '/api/services': { data: null, errors: null } },
    ],
  ])('asks nothing twice of %s', async (_, kind, routes) => {
    const { fetch, asked } = fakeServer(routes)
    const report = await probeSource(createSourceClient(fakeTarget(kind), { fetch }), signal)
    expect(report.ok).toBe(true)
    expect(asked).toEqual([...new Set(asked)])
  })

  it.each<[string, ServerKind, FakeRoutes, Partial<ProbeReport>]>([
    [
      'a Jaeger of v1 only',
      'jaeger',
      { '/api/services': { data: ['a'], errors: null } },
      { api: 'v1', version: undefined },
    ],
    [
      'a Jaeger without v1’s lists, whose page answers for everything',
      'jaeger',
      {
        '/api/v3/services': { services: ['a'] },
        '/api/services': webPage('Jaeger UI'),
        '/api/v3/trace-summaries': { summaries: [] },
      },
      { api: 'v3 (OTLP, with summaries)' },
    ],
    [
      'a Jaeger that has seen nothing',
      'jaeger',
      { '/api/v3/services': {}, '/api/services': { data: null, total: 0, errors: null } },
      { notes: ['It answers, and has seen no service yet.'] },
    ],
    [
      'a Tempo before 2.7',
      'tempo',
      {
        '/api/echo': () => new Response('echo'),
        '/api/search/tag/service.name/values': { tagValues: ['a'] },
      },
      {
        api: 'v1',
        version: undefined,
        notes: ['It is older than 2.7: a trace above its size limit is refused instead of sent in part.'],
      },
    ],
    [
      'a Loki of a time before structured metadata',
      'loki',
      {
        '/loki/api/v1/labels': { status: 'success', data: ['app'] },
        '/loki/api/v1/status/buildinfo': { version: '2.9.4', revision: 'x' },
      },
      { notes: ['Before 3.0 Loki does not tell structured metadata from index labels.'] },
    ],
    [
      'a Loki that has no labels, built from source',
      'loki',
      {
        '/loki/api/v1/labels': { status: 'success' },
        '/loki/api/v1/status/buildinfo': { version: '', revision: '' },
      },
      { version: undefined, notes: ['It answers, and has no labels in the last six hours.'] },
    ],
    [
      'a Prometheus without exemplars',
      'prometheus',
      {
        ...servers.prometheus,
        '/api/v1/status/flags': { status: 'success', data: { 'enable-feature': '' } },
      },
      { notes: ['Exemplars are off: start it with --enable-feature=exemplar-storage to keep them.'] },
    ],
    [
      'a Mimir, which has no flags',
      'prometheus',
      {
        '/api/v1/label/__name__/values': { status: 'success', data: ['up'] },
        '/api/v1/status/buildinfo': {
          status: 'success',
          data: { application: 'Grafana Mimir', version: '2.15.0', features: { x: 'y' } },
        },
      },
      { product: 'Grafana Mimir', version: '2.15.0', notes: [] },
    ],
    [
      'a relative of Prometheus that answers only queries',
      'prometheus',
      {
        '/api/v1/label/__name__/values': {
          status: 'success',
          data: ['up'],
          warnings: ['from 1 of 2 stores'],
        },
        '/api/v1/query': vector,
      },
      { product: 'Prometheus', version: undefined, notes: ['from 1 of 2 stores'] },
    ],
    [
      'a Jaeger that has v3 only and has seen nothing',
      'jaeger',
      { '/api/v3/services': { services: [] } },
      { api: 'v3 (OTLP)', notes: ['It answers, and has seen no service yet.'] },
    ],
    [
      'a Tempo that has seen nothing, behind a gateway that lets only queries through',
      'tempo',
      {
        '/api/v2/search/tag/resource.service.name/values': { metrics: {} },
        [noTrace]: { trace: {}, metrics: {} },
      },
      { api: 'v2 and v1', notes: ['It answers, and has seen no service in the last hour.'] },
    ],
    [
      'a Zipkin that has seen nothing, behind a gateway that lets only its API through',
      'zipkin',
      { '/api/v2/services': [] },
      { notes: ['It answers, and has seen no service in its look-back (24 h unless set).'] },
    ],
    [
      'a Loki that has no labels, behind a gateway that lets only queries through',
      'loki',
      { '/loki/api/v1/labels': { status: 'success' }, '/loki/api/v1/query': vector },
      { version: undefined, notes: ['It answers, and has no labels in the last six hours.'] },
    ],
    [
      'a Loki before 2.7 behind such a gateway',
      'loki',
      {
        '/loki/api/v1/labels': { status: 'success', data: ['app'] },
        '/loki/api/v1/query': () =>
          new Response('parse error at line 1, col 1: syntax error: unexpected IDENTIFIER', { status: 400 }),
      },
      { version: undefined, notes: [] },
    ],
    [
      'a Prometheus that has scraped nothing, built from source',
      'prometheus',
      {
        '/api/v1/label/__name__/values': { status: 'success', data: [] },
        '/api/v1/status/buildinfo': { status: 'success', data: { version: '' } },
      },
      { version: undefined, notes: ['It answers, and has no metric in the last hour.'] },
    ],
    [
      'a Zipkin with search switched off',
      'zipkin',
      { '/api/v2/services': ['a'], '/config.json': { searchEnabled: false } },
      { notes: ['Search is switched off on it: traces open by their id only.'] },
    ],
  ])('tells of %s', async (_, kind, routes, expected) => {
    expect(await probeRoutes(kind, routes)).toMatchObject({ ok: true, ...expected })
  })

  it('lists a thousand names and counts the rest', async () => {
    const data = Array.from({ length: 1500 }, (_, index) => `m${index}`)
    const report = await probeRoutes('prometheus', {
      ...servers.prometheus,
      '/api/v1/label/__name__/values': { status: 'success', data },
    })
    expect(report.seen?.names).toHaveLength(1000)
    expect(report.seen?.total).toBe(1500)
  })

  it('says that a tenant with nothing in it may be misspelt', async () => {
    const routes = { ...servers.loki, '/loki/api/v1/labels': { status: 'success', data: [] } }
    const { notes } = await probeRoutes('loki', routes, { tenant: 'rde' })
    expect(notes).toContain('Nothing is there for the tenant “rde”: check its spelling.')
  })

  it('warns of an unchecked certificate and of credentials without encryption', async () => {
    const tls = { ca: '', clientCert: '', clientKey: '', skipVerify: true }
    const unchecked = await probeRoutes('zipkin', servers.zipkin, { url: 'https://shop.test', tls })
    expect(unchecked.notes[0]).toMatch(/^Its certificate is not checked/)
    const open = await probeRoutes('zipkin', servers.zipkin, { auth: { kind: 'bearer', token: 'abcd' } })
    expect(open.notes[0]).toMatch(/^Its credentials travel without encryption/)
    const local = await probeRoutes('zipkin', servers.zipkin, {
      url: 'http://localhost:9411',
      auth: { kind: 'bearer', token: 'abcd' },
    })
    expect(local.notes).toEqual([])
  })

  it('is a report also when nothing answers', async () => {
    const report = await probeSource(createSourceClient(fakeTarget('loki'), { fetch: refused }), signal)
    expect(report).toMatchObject({ ok: false, product: 'Loki', error: { kind: 'refused' } })
  })

  it.each<[string, FakeAnswer]>([
    ['fails with 500', () => new Response('panic', { status: 500 })],
    ['gives up with 504', () => new Response('', { status: 504 })],
    ['refuses as too much', () => new Response('too large', { status: 413 })],
    ['sends too much', () => new Response('x', { headers: { 'content-length': '99000000' } })],
    ['does not answer', () => new Promise<Response>(() => undefined)],
  ])('of a server that %s does not speak of time ranges', async (_, answer) => {
    for (const kind of kinds) {
      const routes = Object.fromEntries(Object.keys(servers[kind]).map((path) => [path, answer]))
      const { error } = await probeRoutes(kind, routes, { timeoutMs: 20 })
      expect(error?.advice).toMatch(/^Check /)
      expect(error?.advice).not.toMatch(/range|limit/)
    }
  })

  it('that needs a tenant says so, and asks no other product', async () => {
    const { fetch, asked } = fakeServer({ '/loki/api/v1/labels': noTenant })
    const report = await probeSource(createSourceClient(fakeTarget('loki'), { fetch }), signal)
    expect(report.error).toMatchObject({ kind: 'needs-tenant', detail: 'no org id' })
    expect(asked.every((path) => path.startsWith('/loki'))).toBe(true)
  })
})

describe('the clock of a server', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 0, 1, 12, 0, 0, 300) }))
  afterEach(() => vi.useRealTimers())

  it.each<[string, number | undefined, string[]]>([
    ['Thu, 01 Jan 2026 12:00:00 GMT', 0, []],
    ['Thu, 01 Jan 2026 11:59:58 GMT', -2000, []],
    [
      'Thu, 01 Jan 2026 12:00:12 GMT',
      12_000,
      ['Its clock is 12 s ahead of this machine’s: its newest traces lie in the future here.'],
    ],
    [
      'Thu, 01 Jan 2026 11:30:00 GMT',
      -1_800_000,
      ['Its clock is 30 min behind this machine’s: a search of the last minutes may find nothing.'],
    ],
    ['yesterday', undefined, []],
  ])('that says %s is told by the second', async (date, differenceMs, notes) => {
    const report = await clock(date)
    expect(report.clockDifferenceMs).toBe(differenceMs)
    expect(report.notes).toEqual(notes)
  })

  it('is not read from an answer that a cache kept', async () => {
    expect((await clock('Thu, 01 Jan 2026 11:30:00 GMT', { age: '1800' })).clockDifferenceMs).toBeUndefined()
  })
})
