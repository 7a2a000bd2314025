import { afterEach, describe, expect, it } from 'vitest'
import type { FoundServer, ProbeReport, SourceInput } from '#shared/api/contract'
import { addSource, closeHandlers, errorIn, get, handlerOver, send, shopInput } from './handler-over'

afterEach(closeHandlers)

describe('connections', () => {
  it('are added, listed, changed and removed, and never tell a secret', async () => {
    const { handler } = handlerOver()
    const auth = { kind: 'basic', user: 'anna', password: { kind: 'new', value: 'sesame' } } as const
    const source = await addSource(handler, { auth })
    const listed = await (await get(handler, '/api/sources')).text()
    expect(listed).toContain('"password":{"kind":"kept"}')
    expect(listed).not.toContain('sesame')
    const changed = await send(handler, 'PUT', `/api/sources/${source.id}`, {
      ...shopInput,
      name: 'new name',
    })
    expect(await changed.json()).toMatchObject({ id: source.id, name: 'new name', auth: { kind: 'none' } })
    const removed = await get(handler, `/api/sources/${source.id}`, { method: 'DELETE' })
    expect([removed.status, await (await get(handler, '/api/sources')).json()]).toEqual([204, []])
    expect((await get(handler, `/api/sources/${source.id}`, { method: 'DELETE' })).status).toBe(404)
    expect((await send(handler, 'PUT', `/api/sources/${source.id}`, shopInput)).status).toBe(404)
  })

  it('get the base of a pasted address, a name, and the credentials that stood in it', async () => {
    const { handler } = handlerOver()
    const source = await addSource(handler, {
      name: ' ',
      kind: 'jaeger',
      url: 'http://anna:sesame@jaeger.test:16686/jaeger/search?service=x',
    })
    expect(source).toMatchObject({
      id: 'jaeger-test-16686',
      name: 'jaeger.test:16686',
      url: 'http://jaeger.test:16686/jaeger',
      auth: { kind: 'basic', user: 'anna', password: { kind: 'kept' } },
    })
  })

  it.each<[string, unknown, string]>([
    [
      'a wrong address',
      { ...shopInput, url: 'ftp://x' },
      'An address that starts with ftp:// cannot be asked.',
    ],
    [
      'a wrong kind',
      { ...shopInput, kind: 'x' },
      'The kind must be one of jaeger, tempo, zipkin, loki, prometheus.',
    ],
    [
      'credentials in two places',
      { ...shopInput, url: 'http://a:b@x', auth: { kind: 'bearer', token: { kind: 'none' } } },
      'The address holds a user and password, and the connection has its own.',
    ],
    [
      'a secret that is not there',
      { ...shopInput, auth: { kind: 'bearer', token: { kind: 'kept' } } },
      'There is no token kept for this connection.',
    ],
  ])('with %s are refused with a sentence', async (_, body, message) => {
    const { handler } = handlerOver()
    expect(await errorIn(await send(handler, 'POST', '/api/sources', body))).toMatchObject({
      http: 400,
      kind: 'bad-request',
      message,
    })
  })

  it.each<[Partial<SourceInput>, string]>([
    [{ url: 'javascript:1' }, 'An address that starts with javascript: cannot be asked.'],
    [{ url: 'http://h/a/../b' }, 'The path of the address has a step up or aside in it (“..”, “.” or “\\”).'],
    [
      { headers: [{ name: 'Host', value: { kind: 'new', value: 'h' } }] },
      'The header Host cannot be set: every request says it by itself.',
    ],
  ])('with %j are refused when added, when changed and when tested', async (changes, message) => {
    const { handler, asked } = handlerOver()
    const { id } = await addSource(handler)
    const input = { ...shopInput, ...changes }
    const answers = await Promise.all([
      send(handler, 'POST', '/api/sources', input),
      send(handler, 'PUT', `/api/sources/${id}`, input),
      send(handler, 'POST', '/api/probe', { input }),
    ])
    for (const answer of answers)
      // oxlint-disable-next-line no-await-in-loop
      expect(await errorIn(answer)).toMatchObject({ http: 400, kind: 'bad-request', message })
    expect(asked).toEqual([])
  })

  it.each<[string, RequestInit, string]>([
    ['no JSON type', { body: '{}', headers: { 'content-type': 'text/plain' } }, 'must be JSON'],
    ['broken JSON', { body: '{', headers: { 'content-type': 'application/json' } }, 'not valid JSON'],
    [
      'more than 1 MB',
      { body: `"${'x'.repeat(1_000_001)}"`, headers: { 'content-type': 'application/json' } },
      'larger than 1 MB',
    ],
  ])('sent with %s are refused', async (_, init, words) => {
    const { handler } = handlerOver()
    const error = await errorIn(await get(handler, '/api/sources', { method: 'POST', ...init }))
    expect(error.http).toBe(400)
    expect(error.message).toContain(words)
  })

  it('are tested with the secrets that are kept', async () => {
    let sent: string | undefined
    const { handler } = handlerOver({
      '/loki/api/v1/labels': (_, init) => {
        sent = init.headers['authorization']
        return Response.json({ status: 'success', data: ['app'] })
      },
      '/loki/api/v1/status/buildinfo': { version: '3.7.8', revision: 'x' },
    })
    const auth = { kind: 'bearer', token: { kind: 'new', value: 'sesame' } } as const
    const source = await addSource(handler, { kind: 'loki', auth })
    const again = { ...shopInput, kind: 'loki', auth: { kind: 'bearer', token: { kind: 'kept' } } }
    const report = await send(handler, 'POST', '/api/probe', { input: again, id: source.id })
    expect(await report.json()).toMatchObject({ ok: true, product: 'Loki' })
    expect(sent).toBe('Bearer sesame')
    const stored = (await (await get(handler, `/api/sources/${source.id}/probe`)).json()) as ProbeReport
    expect(stored.ok).toBe(true)
    const elsewhere = { ...again, url: 'http://evil.test' }
    expect((await send(handler, 'POST', '/api/probe', { input: elsewhere, id: source.id })).status).toBe(400)
  })

  it('are asked what they are once a minute, unless somebody wants to know anew or they failed', async () => {
    let asked = 0
    const { handler } = handlerOver({
      '/loki/api/v1/labels': () =>
        asked > 2 ? new Response('no', { status: 500 }) : Response.json({ status: 'success', data: ['app'] }),
      '/loki/api/v1/status/buildinfo': () => {
        asked += 1
        return Response.json({ version: '3.7.8', revision: 'x' })
      },
    })
    const { id } = await addSource(handler, { kind: 'loki' })
    const probe = async (rest = '') => {
      await get(handler, `/api/sources/${id}/probe${rest}`)
      return asked
    }
    expect([await probe(), await probe(), await probe('?anew')]).toEqual([1, 1, 2])
    asked = 3
    expect((await get(handler, `/api/sources/${id}/logs/labels?startMs=0&endMs=1`)).status).toBe(502)
    expect(await probe()).toBe(4)
  })

  it('are offered where a usual port answers as that product', async () => {
    const { handler } = handlerOver(
      { '/api/v2/services': ['a'] },
      {
        usualServers: [
          { kind: 'zipkin', url: 'http://here.test' },
          { kind: 'loki', url: 'http://here.test' },
        ],
      },
    )
    const found = (await (await get(handler, '/api/found')).json()) as FoundServer[]
    expect(found).toMatchObject([{ kind: 'zipkin', url: 'http://here.test', report: { ok: true } }])
  })
})
