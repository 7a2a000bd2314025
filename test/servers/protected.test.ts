/** Real servers behind what stands before them in the field: credentials, a path prefix, TLS, client certificates. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Auth, SourceInput } from '#shared/api/contract'

import { startBackend } from './backends.ts'
import { makeCertificates, type Certificates } from './certificates.ts'
import { traceQuery } from '../builders/trace-query.ts'
import { ClewUnderTest, input } from './clew.ts'
import { readFleet } from './fleet.ts'
import { nginxNotFound, startProxy, type Proxy, type ProxyOptions } from './proxy.ts'
import { writeStory } from './story/story.ts'

const { servers, endMs } = readFleet()
const story = writeStory(endMs)

let clew: ClewUnderTest
let certificates: Certificates
const proxies: Proxy[] = []

beforeAll(() => {
  clew = new ClewUnderTest()
  certificates = makeCertificates()
})
afterAll(async () => {
  await clew.close()
  await Promise.all(proxies.map((proxy) => proxy.close()))
})

async function before(server: keyof typeof servers, options: ProxyOptions): Promise<Proxy> {
  const proxy = await startProxy(servers[server].url, options)
  proxies.push(proxy)
  return proxy
}

function tls(more: Partial<SourceInput['tls']>): Partial<SourceInput> {
  return { tls: { ca: '', clientCert: '', clientKey: { kind: 'none' }, skipVerify: false, ...more } }
}

function withClientCertificate(): Partial<SourceInput> {
  return tls({
    ca: certificates.authority,
    clientCert: certificates.client.cert,
    clientKey: { kind: 'new', value: certificates.client.key },
  })
}

const basic = (user: string, password: string): Auth => ({
  kind: 'basic',
  user,
  password: { kind: 'new', value: password },
})
const bearer = (token: string): Auth => ({ kind: 'bearer', token: { kind: 'new', value: token } })
const basicText = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

describe('a user and a password', () => {
  test('are asked for, refused when wrong, and let in when right', async () => {
    const { url } = await before('jaeger', { authorization: basicText('ana', 'pässword:1') })
    const none = await clew.probe(input('jaeger', url))
    expect(none).toMatchObject({
      ok: false,
      error: { kind: 'unauthorized', status: 401 },
    })
    expect(none.error?.message).toContain('a page titled “401 Authorization Required”')
    expect(none.error?.advice).toBe('Add a user and password, or a token, to its connection settings.')
    const wrong = await clew.probe(input('jaeger', url, { auth: basic('ana', 'guess') }))
    expect(wrong).toMatchObject({ ok: false, error: { kind: 'unauthorized', status: 401 } })
    expect(wrong.error?.advice).toBe('Check the user and the password in its connection settings.')
    const right = await clew.probe(input('jaeger', url, { auth: basic('ana', 'pässword:1') }))
    expect(right).toMatchObject({ ok: true, product: 'Jaeger', api: 'v3 (OTLP) and v1' })
  })

  test('are not shown again by anything the handler answers', async () => {
    const { url } = await before('jaeger', { authorization: basicText('ana', 'geheim-4711') })
    await clew.connect(input('jaeger', url, { name: 'with a password', auth: basic('ana', 'geheim-4711') }))
    const listed = await (await clew.fetch('/api/sources')).text()
    expect(listed).toContain('"password":{"kind":"kept"}')
    expect(listed).not.toContain('geheim')
    expect(listed).not.toContain(basicText('ana', 'geheim-4711').slice(6))
  })

  test('hold for everything that is asked afterwards', async () => {
    const { url } = await before('jaeger', { authorization: basicText('ana', 'x1') })
    const id = await clew.connect(input('jaeger', url, { auth: basic('ana', 'x1') }))
    expect(await clew.services(id, story.startMs, story.endMs)).toContain('payment-service')
    const found = await clew.search(
      id,
      traceQuery(story.startMs, story.endMs, { service: 'payment-service' }),
    )
    expect(found.traces).toHaveLength(20)
    expect((await clew.trace(id, story.jaeger.incident.traceId)).status).toBe(200)
  })
})

describe('a token', () => {
  test('is refused when wrong and let in when right', async () => {
    const { url } = await before('tempo', { authorization: 'Bearer sesame' })
    const wrong = await clew.probe(input('tempo', url, { auth: bearer('please') }))
    expect(wrong).toMatchObject({ ok: false, error: { kind: 'unauthorized', status: 401 } })
    expect(wrong.error?.advice).toBe('Check the token in its connection settings; it may have expired.')
    expect(await clew.probe(input('tempo', url, { auth: bearer('sesame') }))).toMatchObject({
      ok: true,
      product: 'Tempo',
    })
  })

  test('may come in a header of its own', async () => {
    const { url } = await before('zipkin', { authorization: 'Key 123-456' })
    const headers = [{ name: 'Authorization', value: { kind: 'new', value: 'Key 123-456' } }] as const
    expect(await clew.probe(input('zipkin', url, { headers }))).toMatchObject({ ok: true, product: 'Zipkin' })
  })
})

describe('a path prefix', () => {
  test('is part of every request', async () => {
    const proxy = await before('tempo', { prefix: '/observability/tempo' })
    const id = await clew.connect(input('tempo', proxy.url))
    expect(await clew.services(id, story.startMs, story.endMs)).toContain('order-service')
    expect((await clew.trace(id, story.tempo.incident.traceId)).status).toBe(200)
    expect(proxy.asked.length).toBeGreaterThan(0)
  })

  test('that is missing gives a sentence about the prefix', async () => {
    const { url } = await before('tempo', { prefix: '/observability/tempo' })
    const report = await clew.probe(input('tempo', new URL(url).origin))
    expect(report.ok).toBe(false)
    expect(report.error).toMatchObject({ kind: 'not-found', status: 404 })
    expect(report.error?.advice).toContain('prefix')
  })

  const kinds = ['jaeger', 'tempo', 'zipkin', 'loki', 'prometheus'] as const
  test.for(kinds)('of %s that is missing, or of a server that has none, is named', async (kind) => {
    const { url } = await before(kind, { prefix: `/${kind}` })
    const { origin } = new URL(url)
    const missing = await clew.probe(input(kind, origin))
    expect(missing.error?.message).toContain(` answers at ${url}, not at ${origin}.`)
    const bare = servers[kind].url
    const needless = await clew.probe(input(kind, `${bare}/not-there`))
    expect(needless.error?.message).toContain(` answers at ${bare}, not at ${bare}/not-there.`)
  })
})

describe('TLS', () => {
  test('under an authority this machine does not know is refused, and let in with that authority', async () => {
    const { url } = await before('jaeger', { tls: certificates.server })
    const unknown = await clew.probe(input('jaeger', url))
    expect(unknown).toMatchObject({ ok: false, error: { kind: 'certificate' } })
    expect(unknown.error?.message).toBe(
      'The certificate of the jaeger was issued by an authority that this machine does not know.',
    )
    expect(await clew.probe(input('jaeger', url, tls({ ca: certificates.authority })))).toMatchObject({
      ok: true,
      product: 'Jaeger',
      notes: [],
    })
  })

  test('with a certificate nobody vouches for is refused, and let in unchecked with a warning', async () => {
    const { url } = await before('loki', { tls: certificates.selfSigned })
    const refused = await clew.probe(input('loki', url))
    expect(refused).toMatchObject({ ok: false, error: { kind: 'certificate' } })
    expect(refused.error?.message).toContain('self-signed')
    const unchecked = await clew.probe(input('loki', url, tls({ skipVerify: true })))
    expect(unchecked).toMatchObject({ ok: true, product: 'Loki' })
    expect(unchecked.notes.join(' ')).toContain('certificate is not checked')
    expect(await clew.probe(input('loki', url, tls({ ca: certificates.selfSigned.cert })))).toMatchObject({
      ok: true,
    })
  })

  test('with a certificate for another host says for which', async () => {
    const { url } = await before('prometheus', { tls: certificates.otherHost })
    const report = await clew.probe(input('prometheus', url, tls({ ca: certificates.authority })))
    expect(report).toMatchObject({ ok: false, error: { kind: 'certificate' } })
    expect(report.error?.message).toContain('other.test')
  })

  test('that asks for a client certificate says so, and gets one', async () => {
    const prometheus = await startBackend('prometheus', {
      tls: { server: certificates.server, clientAuthority: certificates.authority },
    })
    const { url } = prometheus
    try {
      const without = await clew.probe(input('prometheus', url, tls({ ca: certificates.authority })))
      expect(without).toMatchObject({ ok: false, error: { kind: 'certificate' } })
      expect(without.error?.message).toBe(
        'the prometheus asks for a client certificate, and this connection has none.',
      )
      const stranger = tls({
        ca: certificates.authority,
        clientCert: certificates.selfSigned.cert,
        clientKey: { kind: 'new', value: certificates.selfSigned.key },
      })
      const refused = await clew.probe(input('prometheus', url, stranger))
      expect(refused).toMatchObject({ ok: false, error: { kind: 'certificate' } })
      expect(refused.error?.message).toBe(
        'the prometheus does not accept the client certificate of this connection.',
      )
      expect(await clew.probe(input('prometheus', url, withClientCertificate()))).toMatchObject({
        ok: true,
        product: 'Prometheus',
      })
    } finally {
      await prometheus.stop()
    }
  })

  test('that asks for a client certificate, before a Tempo, gets one with every request', async () => {
    const { url } = await before('tempo', {
      tls: { ...certificates.server, clientAuthority: certificates.authority },
    })
    // nginx lets the stranger in as far as a page that says what is missing.
    const without = await clew.probe(input('tempo', url, tls({ ca: certificates.authority })))
    expect(without.ok).toBe(false)
    expect(without.error?.message).toContain('No required SSL certificate was sent')
    const id = await clew.connect(input('tempo', url, withClientCertificate()))
    expect(await clew.services(id, story.startMs, story.endMs)).toContain('order-service')
    expect((await clew.trace(id, story.tempo.incident.traceId)).status).toBe(200)
  })

  test('where plain http answers, and plain http where TLS answers, say which is which', async () => {
    const plain = await clew.probe(input('jaeger', servers.jaeger.url.replace('http:', 'https:')))
    expect(plain).toMatchObject({ ok: false, error: { kind: 'certificate' } })
    expect(plain.error?.advice).toContain('http://')
    const { url } = await before('jaeger', { tls: certificates.server })
    const secured = await clew.probe(input('jaeger', url.replace('https:', 'http:')))
    expect(secured.ok).toBe(false)
  })
})

describe('a login page', () => {
  test('in place of the API is called one', async () => {
    const page =
      '<!doctype html><html><head><title>Sign in · Acme SSO</title></head><body><form><input type="password"></form></body></html>'
    const { url } = await before('tempo', { instead: () => ({ status: 200, type: 'text/html', text: page }) })
    expect(await clew.probe(input('tempo', url))).toMatchObject({
      ok: false,
      error: { kind: 'login-page', status: 200 },
    })
  })

  test('that a redirect leads to is not followed', async () => {
    const { url } = await before('tempo', {
      instead: () => ({
        status: 302,
        type: 'text/html',
        text: '',
        headers: { location: 'https://sso.test/login?next=%2Fapi' },
      }),
    })
    expect(await clew.probe(input('tempo', url))).toMatchObject({
      ok: false,
      error: { kind: 'login-page', status: 302 },
    })
  })
})

describe('answers of a proxy alone', () => {
  test.for([
    [403, 'forbidden'],
    [404, 'not-found'],
    [429, 'rate-limited'],
    [500, 'server-error'],
    [502, 'server-error'],
    [503, 'server-error'],
    [504, 'timeout'],
  ] as const)('%i becomes %s, in a search too', async ([status, kind]) => {
    const text = nginxNotFound.text.replaceAll('404 Not Found', `${status} said nginx`)
    const { url } = await before('jaeger', { instead: () => ({ status, type: 'text/html', text }) })
    expect(await clew.probe(input('jaeger', url))).toMatchObject({ ok: false, error: { kind, status } })
    const id = await clew.connect(input('jaeger', url))
    const error = await clew.searchError(
      id,
      traceQuery(story.startMs, story.endMs, { service: 'order-service' }),
    )
    expect(error).toMatchObject({ kind, status })
    expect(error.message).toContain(`a page titled “${status} said nginx”`)
  })

  test('200 with nothing in it is not an empty result', async () => {
    const { url } = await before('tempo', {
      instead: (path) =>
        path.startsWith('/api/search') ? { status: 200, type: 'application/json', text: '' } : undefined,
    })
    const id = await clew.connect(input('tempo', url))
    const error = await clew.searchError(id, traceQuery(story.startMs, story.endMs))
    expect(error).toMatchObject({ kind: 'empty-answer', status: 200 })
  })
})
