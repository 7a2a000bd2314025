/** What a test of a connection says when something else answers, or the right thing elsewhere. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ServerKind } from '#shared/api/contract'
import { productNames } from '#shared/api/new-source'
import { probeRoutes, productAnswers } from './fake-products'
import { fakeServer, fakeTarget, webPage, type FakeRoutes } from './fake-server'
import { createSourceClient } from './http'
import { probeSource } from './probe'

const signal = new AbortController().signal
const kinds = Object.keys(productAnswers) as ServerKind[]

/** The same product where its path prefix is set. */
function under(prefix: string, routes: FakeRoutes): FakeRoutes {
  return Object.fromEntries(Object.entries(routes).map(([path, answer]) => [prefix + path, answer]))
}

afterEach(() => void vi.useRealTimers())

describe('another product', () => {
  it.each(kinds.flatMap((is) => kinds.filter((added) => added !== is).map((added) => [is, added] as const)))(
    '(a %s) that is taken for a %s is named',
    async (is, added) => {
      const report = await probeRoutes(added, productAnswers[is])
      expect(report).toMatchObject({
        ok: false,
        seen: undefined,
        error: {
          kind: 'wrong-product',
          message: `This is a ${productNames[is]}; choose ${productNames[is]} as its kind.`,
          advice: `Or enter the address of a ${productNames[added]}.`,
        },
      })
    },
  )

  it('that is Grafana is named', async () => {
    const report = await probeRoutes('tempo', { '/api/health': { database: 'ok', version: '12.0' } })
    expect(report.error?.message).toBe('This is Grafana, not Tempo.')
  })
})

describe('a stranger that says the same to every question', () => {
  const sayings = [
    '{"status":"success"}',
    '{"status":"success","data":[]}',
    '{"status":"success","data":["a"]}',
    '{"status":"success","data":{}}',
    '{"status":"ok"}',
    '{"version":"1.0"}',
    '{"data":[]}',
    '{"data":["a"]}',
    '{}',
    '[]',
    '["a"]',
    '{"services":[]}',
    '{"services":["a"],"data":["a"],"errors":null}',
    '{"tagValues":[{"type":"string","value":"a"}],"trace":{},"version":"1","revision":"x"}',
    'null',
    '"echo"',
    'OK',
  ]
  it.each(kinds.flatMap((kind) => sayings.map((saying) => [kind, saying] as const)))(
    'is no %s for saying %s',
    async (kind, saying) => {
      const stranger = () =>
        Promise.resolve(new Response(saying, { headers: { 'content-type': 'application/json' } }))
      const report = await probeSource(createSourceClient(fakeTarget(kind), { fetch: stranger }), signal)
      expect(report).toMatchObject({ ok: false, version: undefined, seen: undefined })
      expect(report.error?.message).toMatch(
        new RegExp(`^shop answer.*(${productNames[kind]} does|cannot be read here|is not JSON|for nothing)`),
      )
    },
  )
})

describe('a product that answers under another path of its server', () => {
  it.each<[string, ServerKind, string, string, string]>([
    ['at none, where its own name was given', 'tempo', '', '/tempo', ''],
    ['at none, where two levels were given', 'zipkin', '', '/trace/zipkin', ''],
    ['one level up', 'loki', '/logs', '/logs/loki', '/logs'],
    ['under its own name', 'jaeger', '/jaeger', '', '/jaeger'],
    ['under its own name, where another was given', 'prometheus', '/prometheus', '/metrics', '/prometheus'],
    ['under its own name further down', 'zipkin', '/apm/zipkin', '/apm', '/apm/zipkin'],
  ])('is found %s', async (_, kind, prefix, given, right) => {
    const url = `http://shop.test:8080${given}`
    const report = await probeRoutes(kind, under(prefix, productAnswers[kind]), { url })
    expect(report).toMatchObject({ ok: false, seen: undefined })
    expect(report.error).toMatchObject({
      kind: 'not-found',
      message: `${productNames[kind]} answers at http://shop.test:8080${right}, not at ${url}.`,
      advice: 'Use that address.',
    })
  })

  it('is found where its page answers every path that it does not know', async () => {
    const jaeger = fakeServer(productAnswers.jaeger)
    const client = createSourceClient(fakeTarget('jaeger', { url: 'http://shop.test/jaeger' }), {
      fetch: async (address, init) => {
        const answer = await jaeger.fetch(address, init)
        const isUnknown = answer.status === 404 && answer.headers.get('content-type') !== 'application/json'
        return isUnknown ? webPage('Jaeger UI') : answer
      },
    })
    const { error } = await probeSource(client, signal)
    expect(error?.message).toBe('Jaeger answers at http://shop.test, not at http://shop.test/jaeger.')
  })

  it('is named rather than the one that answers at the address', async () => {
    const routes = { ...productAnswers.jaeger, ...under('/zipkin', productAnswers.zipkin) }
    const { error } = await probeRoutes('zipkin', routes)
    expect(error?.message).toBe('Zipkin answers at http://shop.test/zipkin, not at http://shop.test.')
  })

  it('is looked for with few questions, and on its own server only', async () => {
    const { fetch } = fakeServer({})
    const asked: { url: string; authorization: string | undefined }[] = []
    const client = createSourceClient(
      fakeTarget('jaeger', {
        url: 'http://shop.test/a/b/c//evil.test/d',
        auth: { kind: 'bearer', token: 'sesame' },
      }),
      {
        fetch: (url, init) => {
          asked.push({ url, authorization: init.headers['authorization'] })
          return fetch(url, init)
        },
      },
    )
    const { error } = await probeSource(client, signal)
    expect(error).toMatchObject({ kind: 'not-found', message: 'shop has nothing at /api/services (404).' })
    expect(new Set(asked.map(({ url }) => new URL(url).origin))).toEqual(new Set(['http://shop.test']))
    expect(asked.length).toBeLessThan(20)
  })

  it('does not hide what the address itself said, where nothing else answers in time', async () => {
    vi.useFakeTimers()
    const { fetch } = fakeServer({})
    const client = createSourceClient(fakeTarget('tempo', { timeoutMs: 60_000 }), {
      fetch: (url, init) =>
        new URL(url).pathname.startsWith('/tempo') ? new Promise(() => undefined) : fetch(url, init),
    })
    const report = probeSource(client, signal)
    await vi.advanceTimersByTimeAsync(61_000)
    expect((await report).error).toMatchObject({ kind: 'not-found', status: 404 })
  })

  it('is not looked for where the address says what is wrong', async () => {
    const routes = {
      ...under('/loki', productAnswers.loki),
      '/loki/api/v1/labels': () => new Response('no org id', { status: 401 }),
    }
    expect((await probeRoutes('loki', routes)).error?.kind).toBe('needs-tenant')
  })
})
