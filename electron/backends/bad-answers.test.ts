/** Every bad answer a server can give: what a person reads, and what becomes of the request. */
import * as z from 'zod/mini'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ApiError } from '#shared/api/contract'
import type { UpstreamFetch } from './exchange'
import { fakeServer, fakeTarget, webPage, type FakeAnswer } from './fake-server'
import { createSourceClient, type ClientOptions } from './http'
import { SourceError } from './source-error'
import type { SourceTarget } from './target'

const signal = new AbortController().signal
const anything = z.unknown()

async function errorOf(work: Promise<unknown>): Promise<ApiError> {
  try {
    await work
  } catch (thrown) {
    if (thrown instanceof SourceError) return thrown.error
    throw thrown
  }
  throw new Error('It did not fail.')
}

function ask(answer: FakeAnswer, changes: Partial<SourceTarget> = {}, limits: ClientOptions['limits'] = {}) {
  const { fetch } = fakeServer({ '/api/x': answer })
  const client = createSourceClient(fakeTarget(changes.kind ?? 'tempo', changes), { fetch, limits })
  return errorOf(client.json('/api/x', anything, { signal }))
}

const answer = (status: number, body: string, headers: Record<string, string> = {}): Response =>
  new Response(body, { status, headers })

const stream = (response: Response): Promise<ApiError> => {
  const { fetch } = fakeServer({ '/api/x': response })
  return errorOf(createSourceClient(fakeTarget('tempo'), { fetch }).stream('/api/x', { signal }))
}

function failing(code: string, message = code): UpstreamFetch {
  const cause = Object.assign(new Error(message), { code })
  return () => Promise.reject(Object.assign(new TypeError('fetch failed'), { cause }))
}

const askFailing = (fetch: UpstreamFetch, changes: Partial<SourceTarget> = {}): Promise<ApiError> =>
  errorOf(createSourceClient(fakeTarget('tempo', changes), { fetch }).json('/api/x', anything, { signal }))

describe('a status that is not 200', () => {
  it.each<[FakeAnswer, Partial<SourceTarget>, Partial<ApiError>]>([
    [
      answer(401, 'Unauthorized'),
      {},
      {
        kind: 'unauthorized',
        message: 'shop does not accept who is asking (401).',
        detail: 'Unauthorized',
        advice: 'Add a user and password, or a token, to its connection settings.',
        status: 401,
      },
    ],
    [
      answer(401, '{"message":"invalid API key"}'),
      { auth: { kind: 'bearer', token: 'tttt' } },
      {
        kind: 'unauthorized',
        detail: 'invalid API key',
        advice: 'Check the token in its connection settings; it may have expired.',
      },
    ],
    [
      answer(401, 'no org id\n'),
      {},
      { kind: 'needs-tenant', detail: 'no org id', advice: 'Enter the tenant in its connection settings.' },
    ],
    [
      answer(401, 'unknown tenant'),
      { kind: 'jaeger', tenant: 'red' },
      { kind: 'needs-tenant', message: 'shop does not serve the tenant “red”.' },
    ],
    [answer(403, ''), {}, { kind: 'forbidden', detail: undefined, status: 403 }],
    [
      answer(404, '{"error":{"httpCode":404,"message":"trace not found"}}'),
      {},
      { kind: 'not-found', message: 'shop has nothing at /api/x (404).', detail: 'trace not found' },
    ],
    [
      answer(429, 'slow down', { 'retry-after': '30' }),
      {},
      { kind: 'rate-limited', advice: 'Wait: it asks for 30 s of patience.', status: 429 },
    ],
    [answer(429, ''), {}, { kind: 'rate-limited', advice: 'Wait a moment, then try again.' }],
    // By the server's clock, which is years off here.
    [
      answer(429, '', {
        date: 'Wed, 21 Oct 2015 07:28:00 GMT',
        'retry-after': 'Wed, 21 Oct 2015 07:42:30 GMT',
      }),
      {},
      { kind: 'rate-limited', advice: 'Wait: it asks for 15 min of patience.' },
    ],
    [
      answer(429, '', { 'retry-after': new Date(Date.now() + 20 * 3_600_000).toUTCString() }),
      {},
      { kind: 'rate-limited', advice: 'Wait: it asks for 20 h of patience.' },
    ],
    [
      answer(429, '', { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }),
      {},
      { kind: 'rate-limited', advice: 'Wait a moment, then try again.' },
    ],
    [
      answer(400, 'invalid TraceQL query: parse error at line 1, col 3'),
      {},
      {
        kind: 'bad-query',
        message: 'shop does not understand what it was asked (400).',
        detail: 'invalid TraceQL query: parse error at line 1, col 3',
      },
    ],
    [
      answer(400, 'Client sent an HTTP request to an HTTPS server.\n'),
      {},
      { kind: 'bad-answer', message: 'shop wants https.' },
    ],
    [answer(413, 'too big'), {}, { kind: 'too-large', status: 413 }],
    [
      answer(500, '{"data":null,"errors":[{"code":500,"msg":"storage is down"}]}'),
      {},
      { kind: 'server-error', message: 'shop failed on its side (500).', detail: 'storage is down' },
    ],
    [
      answer(502, '<html><head><title>502 Bad Gateway</title></head></html>'),
      {},
      {
        kind: 'server-error',
        message:
          'The proxy before shop gets no answer from it (502). It shows a page titled “502 Bad Gateway”.',
        detail: undefined,
      },
    ],
    [
      answer(503, 'Ingester not ready', { 'retry-after': '5' }),
      {},
      { kind: 'server-error', advice: 'Check that the server is running; it asks for 5 s of patience.' },
    ],
    [answer(504, ''), {}, { kind: 'timeout', status: 504 }],
    [answer(501, 'metrics querying is disabled'), {}, { kind: 'not-found', status: 501 }],
    [
      answer(302, '', { location: 'https://sso.example/login?next=%2F' }),
      {},
      { kind: 'login-page', detail: 'https://sso.example/login', status: 302 },
    ],
    [answer(302, '', { location: '/login' }), {}, { kind: 'login-page', detail: 'http://shop.test/login' }],
    [
      answer(301, '', { location: 'https://shop.test/api/x' }),
      {},
      { kind: 'bad-answer', message: 'shop wants https.' },
    ],
    [
      answer(307, '', { location: 'http://elsewhere.test/api/x' }),
      {},
      { kind: 'bad-answer', detail: 'http://elsewhere.test/api/x' },
    ],
    [answer(302, '', { location: 'file:///etc/hosts' }), {}, { detail: 'file:///etc/hosts' }],
    [
      answer(302, '', { location: '/api/x' }),
      {},
      {
        kind: 'bad-answer',
        message: 'shop sends the request from one of its addresses to the next without end (302).',
        advice: 'Check the path prefix in its address, and the rules of the proxy before it.',
        detail: 'http://shop.test/api/x',
      },
    ],
  ])('is explained (%#)', async (response, changes, expected) => {
    expect(await ask(response, changes)).toMatchObject(expected)
  })

  it('blots out secrets that the answer repeats', async () => {
    const target = {
      auth: { kind: 'bearer', token: 'hunter2' },
      headers: [{ name: 'x-key', value: 'sesame' }],
    } as const
    const error = await ask(answer(500, 'request had Authorization: Bearer hunter2, X-Key: sesame'), target)
    expect(error.detail).toBe('request had Authorization: Bearer •••, X-Key: •••')
  })

  it('quotes at most 2,000 characters', async () => {
    const error = await ask(answer(500, 'x'.repeat(5000)))
    expect(error.detail).toHaveLength(2000)
  })
})

describe('200 with something else in it', () => {
  it('is JSON that breaks off, wherever it does', async () => {
    const whole = String.raw`{"data":[{"traceID":"4b\u00e9\\","spans":[12.5,true,null]}],"errors":null}`
    for (let length = 1; length < whole.length; length++) {
      expect(await ask(answer(200, whole.slice(0, length)))).toMatchObject({
        kind: 'cut-off',
        message: `The answer of shop breaks off after ${length} characters.`,
      })
    }
  })

  it.each<[FakeAnswer, Partial<SourceTarget>, Partial<ApiError>]>([
    [
      webPage('Sign in · Example'),
      {},
      {
        kind: 'login-page',
        message: 'A login page answers in place of shop. It shows a page titled “Sign in · Example”.',
        detail: undefined,
        status: 200,
      },
    ],
    [webPage('Welcome', '<input type="password">'), {}, { kind: 'login-page' }],
    [webPage('Grafana'), {}, { kind: 'wrong-product', message: 'This is Grafana, not Tempo.' }],
    [
      webPage('Prometheus Time Series Collection and Processing Server'),
      {},
      { kind: 'wrong-product', message: 'This is Prometheus, not Tempo.' },
    ],
    [
      webPage('Jaeger UI'),
      { kind: 'jaeger' },
      {
        kind: 'wrong-product',
        message: 'shop answers with its web page where data was asked for (/api/x).',
        advice: 'Check the path prefix in its address: it may be missing, or one level too deep.',
      },
    ],
    [
      webPage('My router'),
      {},
      {
        kind: 'wrong-product',
        message:
          'A web page answers at shop.test, not the data of Tempo. It shows a page titled “My router”.',
        detail: undefined,
      },
    ],
    [
      answer(200, ' \n\t'),
      {},
      { kind: 'empty-answer', message: 'shop answered /api/x with nothing but blanks.' },
    ],
    [answer(200, ''), {}, { kind: 'empty-answer', message: 'shop answered /api/x with nothing at all.' }],
    [answer(200, ' \n'), {}, { kind: 'empty-answer' }],
    [
      answer(200, '{"traces":[{"traceID":"4bf9', { 'content-type': 'application/json' }),
      {},
      { kind: 'cut-off', message: 'The answer of shop breaks off after 27 characters.' },
    ],
    [
      answer(200, '{"traces":oops}', { 'content-type': 'application/json' }),
      {},
      { kind: 'bad-answer', message: 'shop answered /api/x with something that is not JSON.' },
    ],
    [
      answer(200, 'Hello, I am nginx', { 'content-type': 'text/plain' }),
      {},
      {
        kind: 'bad-answer',
        message: 'shop answered /api/x with text/plain, which cannot be read here.',
        detail: 'Hello, I am nginx',
      },
    ],
    [
      answer(200, '\u0000\u0001PNG', { 'content-type': 'image/png' }),
      {},
      { kind: 'bad-answer', detail: undefined },
    ],
  ])('is explained (%#)', async (response, changes, expected) => {
    expect(await ask(response, changes)).toMatchObject(expected)
  })

  it('is refused past the byte limit, whether the size was announced or not', async () => {
    const expected = {
      kind: 'too-large',
      message: 'The answer of shop is larger than 0.1 MB, which is as much as Clew takes.',
    }
    const limits = { answerBytes: 100_000 }
    const long = JSON.stringify('x'.repeat(200_000))
    expect(await ask(answer(200, long), {}, limits)).toMatchObject(expected)
    expect(await ask(answer(200, long, { 'content-length': '200002' }), {}, limits)).toMatchObject(expected)
  })

  it('is explained for streams too, before a byte of it is passed on', async () => {
    expect(await stream(webPage('Sign in'))).toMatchObject({ kind: 'login-page' })
    expect(await stream(answer(200, ''))).toMatchObject({ kind: 'empty-answer' })
    const blanks = { kind: 'empty-answer', message: 'shop answered /api/x with nothing but blanks.' }
    expect(await stream(answer(200, ' \n'))).toMatchObject(blanks)
    expect(await stream(answer(200, ' '.repeat(5_000)))).toMatchObject(blanks)
    expect(await stream(answer(200, 'null\n'))).toMatchObject({
      kind: 'empty-answer',
      message: 'shop answered /api/x with null, JSON’s word for nothing.',
    })
    expect(await stream(answer(200, 'plain words'))).toMatchObject({ kind: 'bad-answer' })
    expect(await stream(answer(500, 'boom'))).toMatchObject({ kind: 'server-error', detail: 'boom' })
  })

  it('of null alone is said to be nothing, unless a list may be written so', async () => {
    const { fetch } = fakeServer({ '/api/x': () => new Response('null') })
    const client = createSourceClient(fakeTarget('jaeger'), { fetch })
    const shape = z.object({ services: z.array(z.string()) })
    expect(await errorOf(client.json('/api/x', shape, { signal }))).toMatchObject({
      kind: 'empty-answer',
      message: 'shop answered /api/x with null, JSON’s word for nothing.',
    })
    expect(await client.json('/api/x', z.nullish(shape), { signal })).toBe(null)
  })

  it('in a shape of another product is refused with the place', async () => {
    const { fetch } = fakeServer({ '/api/x': { services: 'many' } })
    const client = createSourceClient(fakeTarget('jaeger'), { fetch })
    const shape = z.object({ services: z.array(z.string()) })
    const error = await errorOf(client.json('/api/x', shape, { signal }))
    expect(error.kind).toBe('bad-answer')
    expect(error.detail).toMatch(/^services: /)
  })
})

describe('no answer at all', () => {
  it.each<[code: string, message: string | undefined, Partial<ApiError>]>([
    [
      'ECONNREFUSED',
      'connect ECONNREFUSED 10.0.0.1:80',
      {
        kind: 'refused',
        message: 'shop refused the connection: nothing listens at shop.test.',
        detail: 'connect ECONNREFUSED 10.0.0.1:80',
      },
    ],
    [
      'ENOTFOUND',
      'getaddrinfo ENOTFOUND shop.test',
      { kind: 'not-found-host', message: 'The host shop.test of shop cannot be found.' },
    ],
    ['EHOSTUNREACH', undefined, { kind: 'refused' }],
    ['UND_ERR_CONNECT_TIMEOUT', undefined, { kind: 'timeout', message: 'shop did not answer within 1 s.' }],
    ['ECONNRESET', undefined, { kind: 'refused', message: 'shop closed the connection before it answered.' }],
    ['HPE_INVALID_CONSTANT', undefined, { kind: 'wrong-product' }],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', undefined, { kind: 'certificate' }],
    [
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'unable to verify the first certificate; if the root CA is installed locally, try running Node.js with --use-system-ca',
      {
        detail: 'unable to verify the first certificate (UNABLE_TO_VERIFY_LEAF_SIGNATURE)',
        advice:
          'Paste the certificate of that authority into “Trusted authority”, under “Headers, certificates, time-out” of this connection.',
      },
    ],
    ['CERT_HAS_EXPIRED', undefined, { kind: 'certificate', message: 'The certificate of shop has expired.' }],
    [
      'ERR_SSL_WRONG_VERSION_NUMBER',
      undefined,
      {
        kind: 'certificate',
        message: 'What answers at shop.test does not speak TLS.',
        advice: 'Enter the address with http:// instead of https://.',
      },
    ],
    [
      'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
      undefined,
      {
        kind: 'certificate',
        message: 'shop asks for a client certificate, and this connection has none.',
      },
    ],
    ['ERR_OSSL_PEM_NO_START_LINE', undefined, { kind: 'certificate' }],
    ['ESOMETHING', 'odd', { kind: 'bad-answer', detail: 'odd (ESOMETHING)' }],
  ])('%s is explained', async (code, message, expected) => {
    expect(await askFailing(failing(code, message))).toMatchObject(expected)
  })

  it.each([
    [
      'ERR_SSL_UNSUPPORTED_PROTOCOL',
      '404D08E3CE7F0000:error:0A000102:SSL routines:tls_any_cert:unsupported protocol:../deps/openssl/openssl/ssl/record/methods/tlsany_meth.c:77:\n',
      'unsupported protocol (ERR_SSL_UNSUPPORTED_PROTOCOL)',
    ],
    [
      'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
      '40D7E6C1:error:0A000410:SSL routines:ssl3_read_bytes:ssl/tls alert handshake failure:../deps/openssl/rec_layer_s3.c:1605:SSL alert number 40\n',
      'ssl/tls alert handshake failure, SSL alert number 40 (ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE)',
    ],
    [
      'EPROTO',
      'write EPROTO 40D7E6C1AB7F0000:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../ssl3_record.c:354:\n',
      'wrong version number (EPROTO)',
    ],
    ['ERR_SSL_X', 'error:0A00010B:SSL routines::wrong version number', 'wrong version number (ERR_SSL_X)'],
  ])('shows of OpenSSL’s words for %s only those for people', async (code, message, detail) => {
    expect((await askFailing(failing(code, message))).detail).toBe(detail)
  })

  it('says which hosts a certificate is for', async () => {
    const cause = Object.assign(new Error('wrong host'), {
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
      cert: { subjectaltname: 'DNS:a.test, DNS:b.test' },
    })
    const error = await askFailing(() => Promise.reject(new TypeError('fetch failed', { cause })))
    expect(error.message).toBe(
      'The certificate of shop is for another host than shop.test: it is for a.test, b.test.',
    )
  })

  it('looks through the attempts for IPv6 and IPv4', async () => {
    const attempts = ['::1', '127.0.0.1'].map((host) =>
      Object.assign(new Error(`connect ECONNREFUSED ${host}`), { code: 'ECONNREFUSED' }),
    )
    const cause = new AggregateError(attempts)
    const error = await askFailing(() => Promise.reject(new TypeError('fetch failed', { cause })))
    expect(error.kind).toBe('refused')
  })

  it('asks once more when a kept connection turns out to be dead', async () => {
    let asked = 0
    const fetch: UpstreamFetch = (url, init) => {
      asked += 1
      return asked === 1
        ? failing('UND_ERR_SOCKET', 'other side closed')(url, init)
        : Promise.resolve(Response.json(7))
    }
    const client = createSourceClient(fakeTarget('tempo'), { fetch })
    await expect(client.json('/api/x', z.number(), { signal })).resolves.toBe(7)
  })

  it('refuses to send a header that cannot be sent, without repeating it', async () => {
    const { fetch, asked } = fakeServer({})
    const client = createSourceClient(fakeTarget('tempo', { auth: { kind: 'bearer', token: 'ab\ncd' } }), {
      fetch,
    })
    const error = await errorOf(client.json('/api/x', anything, { signal }))
    expect(error.kind).toBe('bad-request')
    expect(JSON.stringify(error)).not.toContain('cd')
    expect(asked).toEqual([])
  })
})

describe('a slow server', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => vi.useRealTimers())

  it('is given up when nothing comes, and its request is closed', async () => {
    let closed = false
    const fetch: UpstreamFetch = (_, { signal: upstream }) =>
      new Promise(() => upstream.addEventListener('abort', () => (closed = true)))
    const error = askFailing(fetch, { timeoutMs: 30_000 })
    await vi.advanceTimersByTimeAsync(29_999)
    expect(closed).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(await error).toMatchObject({ kind: 'timeout', message: 'shop did not answer within 30 s.' })
    expect(closed).toBe(true)
  })

  it('is given up when it stops in the middle', async () => {
    let closed = false
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"traces":[')),
      cancel: () => {
        closed = true
      },
    })
    const error = ask(() => new Response(body), { timeoutMs: 5000 })
    await vi.advanceTimersByTimeAsync(5000)
    expect(await error).toMatchObject({
      kind: 'timeout',
      message: 'shop did not get to the end of its answer within 5 s.',
    })
    expect(closed).toBe(true)
  })

  it('is not what a reader that pauses is', async () => {
    const chunk = new Uint8Array(4096).fill(0x20)
    chunk[0] = 0x7b
    let sent = 0
    const body = new ReadableStream({
      pull: (controller) => (sent++ < 3 ? controller.enqueue(chunk) : controller.close()),
    })
    const { fetch } = fakeServer({ '/api/x': () => new Response(body) })
    const client = createSourceClient(fakeTarget('tempo'), { fetch })
    const reader = (await client.stream('/api/x', { signal })).body.getReader()
    await reader.read()
    await vi.advanceTimersByTimeAsync(60_000)
    await expect(reader.read()).resolves.toMatchObject({ done: false })
  })
})

describe('many requests', () => {
  it('go six at a time, and one that is stopped while waiting is never sent', async () => {
    const answers: ((response: Response) => void)[] = []
    const fetch: UpstreamFetch = () => new Promise((resolve) => answers.push(resolve))
    const client = createSourceClient(fakeTarget('tempo'), { fetch })
    const stop = new AbortController()
    const work = Array.from({ length: 7 }, () => client.json('/api/x', anything, { signal }))
    const stopped = errorOf(client.json('/api/x', anything, { signal: stop.signal }))
    await new Promise(setImmediate)
    expect(answers).toHaveLength(6)
    stop.abort()
    expect(await stopped).toMatchObject({ kind: 'cancelled' })
    for (let sent = 0; sent < 7; sent++) {
      answers[sent](Response.json(sent))
      await work[sent]
      await new Promise(setImmediate)
    }
    expect(answers).toHaveLength(7)
  })

  it('free their place when they fail', async () => {
    const { fetch } = fakeServer({ '/api/x': answer(500, 'no') })
    const client = createSourceClient(fakeTarget('tempo'), { fetch, limits: { requests: 1 } })
    for (let round = 0; round < 3; round++) {
      expect(await errorOf(client.json('/api/x', anything, { signal }))).toMatchObject({
        kind: 'server-error',
      })
      expect(await errorOf(client.stream('/api/y', { signal }))).toMatchObject({ kind: 'not-found' })
    }
  })
})

describe('what is sent', () => {
  it.each<[Partial<SourceTarget>, Record<string, string>]>([
    [{}, { accept: 'application/json', 'user-agent': 'clew' }],
    [
      { auth: { kind: 'basic', user: 'änne', password: 'pä' } },
      { authorization: `Basic ${Buffer.from('änne:pä').toString('base64')}` },
    ],
    [{ auth: { kind: 'bearer', token: 'abc' } }, { authorization: 'Bearer abc' }],
    [{ tenant: 'red|blue' }, { 'x-scope-orgid': 'red|blue' }],
    [{ kind: 'jaeger', tenant: 'red' }, { 'x-tenant': 'red' }],
    [{ headers: [{ name: 'X-Key', value: 'v' }] }, { 'x-key': 'v' }],
    [{ url: 'http://localhost:3200' }, { 'accept-encoding': 'identity' }],
  ])('carries the headers of the connection (%#)', async (changes, expected) => {
    let sent: Readonly<Record<string, string>> = {}
    const fetch: UpstreamFetch = (_, init) => {
      sent = init.headers
      return Promise.resolve(Response.json(1))
    }
    const client = createSourceClient(fakeTarget(changes.kind ?? 'tempo', changes), { fetch })
    await client.json('/api/x', anything, { signal })
    expect(sent).toMatchObject(expected)
  })

  it('follows a redirect to a path that only sounds like a login', async () => {
    const { fetch } = fakeServer({
      '/api/x': answer(302, '', { location: '/processor/catalog-index' }),
      '/processor/catalog-index': { fine: true },
    })
    const client = createSourceClient(fakeTarget('tempo'), { fetch })
    await expect(client.json('/api/x', anything, { signal })).resolves.toEqual({ fine: true })
  })

  it('follows a redirect on the same server', async () => {
    const { fetch, asked } = fakeServer({
      '/p/api/x': answer(308, '', { location: '/p/api/x/' }),
      '/p/api/x/': { fine: true },
    })
    const client = createSourceClient(fakeTarget('tempo', { url: 'http://shop.test/p' }), { fetch })
    await expect(client.json('/api/x', anything, { signal })).resolves.toEqual({ fine: true })
    expect(asked).toEqual(['/p/api/x', '/p/api/x/'])
  })
})
