import { afterEach, describe, expect, it } from 'vitest'
import type { SourceInput } from '#shared/api/contract'
import { traceQuery } from '../../test/builders/trace-query'
import type { FakeAnswer } from '../backends/fake-server'
import { addSource, closeHandlers, errorIn, get, handlerOver, send, shopInput } from './handler-over'

afterEach(closeHandlers)

describe('questions to a source', () => {
  it('are answered from its server', async () => {
    const { handler, asked } = handlerOver({
      '/api/v3/services': { services: ['a'] },
      '/api/v3/operations': { operations: [{ name: 'x' }] },
      '/api/dependencies': { data: [{ parent: 'a', child: 'b', callCount: 1 }] },
    })
    const { id } = await addSource(handler, { kind: 'jaeger' })
    const answers = await Promise.all(
      [
        'services?startMs=1&endMs=2',
        'operations?service=a',
        'tags',
        'tag-values?tag=x',
        'dependencies?startMs=1&endMs=2',
      ].map(async (path) => (await get(handler, `/api/sources/${id}/${path}`)).json()),
    )
    expect(answers).toEqual([
      ['a'],
      ['x'],
      [],
      [],
      { calls: [{ parent: 'a', child: 'b', callCount: 1 }], notes: [] },
    ])
    expect(asked).toContain('/api/dependencies?endTs=2&lookback=1')
  })

  it.each<[Partial<SourceInput>, string, number, string]>([
    [{ kind: 'loki' }, 'services', 400, 'shop is a Loki, which keeps no traces.'],
    [{}, 'dependencies', 404, 'shop keeps no graph of services.'],
    [{}, 'services?startMs=5&endMs=1', 400, 'The time range ends before it starts.'],
    [{}, 'services?startMs=5&endMs=5', 400, 'The time range is empty: it ends as it starts.'],
    [{}, 'services?startMs=a&endMs=', 400, 'startMs and endMs must both be times in milliseconds.'],
    [{}, 'tag-values', 400, 'The parameter tag is missing.'],
    [{}, 'search', 400, 'The parameter query is not valid JSON.'],
    [{}, 'search?query={}', 400, 'The service must be text.'],
    [{}, 'traces/xyz', 400, '“xyz” is not a trace id.'],
    [{}, 'traces/0000', 400, '“0000” is not a trace id.'],
  ])('that cannot be answered get a sentence (%#)', async (changes, path, http, message) => {
    const { handler } = handlerOver()
    const { id } = await addSource(handler, changes)
    expect(await errorIn(await get(handler, `/api/sources/${id}/${path}`))).toMatchObject({ http, message })
  })

  it('that is not there get a sentence', async () => {
    const { handler } = handlerOver()
    expect(await errorIn(await get(handler, '/api/sources/gone/services'))).toMatchObject({
      http: 404,
      message: 'That connection is not there.',
    })
  })

  it.each<[FakeAnswer, number]>([
    [() => new Response('', { status: 401 }), 401],
    [() => new Response('no org id', { status: 401 }), 401],
    [() => new Response('', { status: 403 }), 403],
    [() => new Response('', { status: 429 }), 429],
    [() => new Response('', { status: 400 }), 400],
    [() => new Response('', { status: 500 }), 502],
    [() => new Response('', { status: 504 }), 504],
    [() => new Response('<html></html>'), 502],
  ])('that fail have a fitting status (%#)', async (answer, http) => {
    const { handler } = handlerOver({ '/api/v2/services': answer })
    const { id } = await addSource(handler, { kind: 'zipkin' })
    expect((await get(handler, `/api/sources/${id}/services`)).status).toBe(http)
  })

  const query = traceQuery(1, 2, { service: 'a' })
  const search = `search?query=${encodeURIComponent(JSON.stringify(query))}`

  it('by search give summaries, or the server’s own traces', async () => {
    const { handler } = handlerOver({
      '/api/search': { traces: [{ traceID: 'abc' }] },
      '/api/v2/traces': [[{ traceId: 'abc' }]],
    })
    const tempo = await addSource(handler)
    const summaries = await get(handler, `/api/sources/${tempo.id}/${search}`)
    expect(summaries.headers.get('x-clew-answer')).toBeNull()
    expect(await summaries.json()).toMatchObject({ traces: [{ traceId: 'abc'.padStart(32, '0') }] })
    const zipkin = await addSource(handler, { kind: 'zipkin', name: 'Käse' })
    const traces = await get(handler, `/api/sources/${zipkin.id}/${search}`)
    expect(Object.fromEntries(traces.headers)).toMatchObject({
      'x-clew-answer': 'traces',
      'x-clew-source': 'K%C3%A4se',
    })
    expect(await traces.text()).toBe('[[{"traceId":"abc"}]]')
  })

  it('with new settings are asked anew', async () => {
    const tenants: (string | undefined)[] = []
    const { handler } = handlerOver({
      '/api/v2/search/tags': (_, init) => {
        tenants.push(init.headers['x-scope-orgid'])
        return Response.json({ scopes: [] })
      },
    })
    const { id } = await addSource(handler)
    await get(handler, `/api/sources/${id}/tags`)
    await send(handler, 'PUT', `/api/sources/${id}`, { ...shopInput, tenant: 'red' })
    await get(handler, `/api/sources/${id}/tags`)
    expect(tenants).toEqual([undefined, 'red'])
  })
})
