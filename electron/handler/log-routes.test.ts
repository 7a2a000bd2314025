import { afterEach, describe, expect, it } from 'vitest'
import { addSource, closeHandlers, errorIn, get, handlerOver } from './handler-over'

afterEach(closeHandlers)

describe('questions to a source that keeps logs', () => {
  it('are answered from its server', async () => {
    const { handler, asked } = handlerOver({
      '/loki/api/v1/query_range': (url) =>
        Response.json({
          status: 'success',
          data: url.searchParams.has('step')
            ? { resultType: 'matrix', result: [{ metric: { a: 'b' }, values: [[60, '2']] }] }
            : { resultType: 'streams', result: [] },
        }),
      '/loki/api/v1/labels': { status: 'success', data: ['app'] },
      '/loki/api/v1/label/app/values': { status: 'success', data: ['shop'] },
      '/loki/api/v1/series': { status: 'success', data: [{ app: 'shop' }] },
      '/loki/api/v1/detected_fields': { fields: [] },
      '/loki/api/v1/patterns': { status: 'success', data: [] },
    })
    const { id } = await addSource(handler, { kind: 'loki' })
    const ask = async (path: string): Promise<unknown> =>
      (await get(handler, `/api/sources/${id}/logs/${path}`)).json()
    const window = 'startMs=0&endMs=60000'
    expect(await ask(`metric?query=x&${window}&stepMs=60000`)).toMatchObject({
      kind: 'matrix',
      series: [{ labels: { a: 'b' }, times: [60], values: [2] }],
    })
    expect(await ask(`volume?query=x&${window}&stepMs=60000`)).toEqual({
      startMs: 0,
      stepMs: 60_000,
      levels: [{ level: '', counts: [2] }],
    })
    expect(await ask('labels')).toEqual(['app'])
    expect(await ask('label-values?label=app')).toEqual(['shop'])
    expect(await ask('series?query=x&startNs=1&endNs=2')).toEqual([{ app: 'shop' }])
    expect(await ask('fields?query=x')).toEqual([])
    expect(await ask('field-values?field=f&query=x')).toEqual([])
    expect(await ask('patterns?query=x')).toEqual([])
    const lines = await get(handler, `/api/sources/${id}/logs/lines?query=x&startNs=1&endNs=2&limit=10`)
    expect(Object.fromEntries(lines.headers)).toMatchObject({ 'x-clew-source': 'shop', 'x-clew-limit': '10' })
    expect(await lines.json()).toEqual({ status: 'success', data: { resultType: 'streams', result: [] } })
    expect(asked.at(-1)).toBe('/loki/api/v1/query_range?query=x&start=1&end=2&limit=10&direction=backward')
  })

  it.each([
    ['jaeger', 'labels', 400, 'shop is a Jaeger, which keeps no logs.'],
    ['loki', 'lines?startNs=1&endNs=2', 400, 'The parameter query is missing.'],
    [
      'loki',
      'lines?query=x&startNs=1&endNs=1.5',
      400,
      'startNs and endNs must both be times in nanoseconds.',
    ],
    ['loki', 'lines?query=x&startNs=2&endNs=1', 400, 'The time range ends before it starts.'],
    ['loki', 'lines?query=x&startNs=2&endNs=2', 400, 'The time range is empty: it ends as it starts.'],
    ['loki', 'lines?query=x&startNs=1&endNs=2&limit=0', 400, 'limit must be a whole number above zero.'],
  ] as const)('that cannot be answered get a sentence (%#)', async (kind, path, http, message) => {
    const { handler } = handlerOver()
    const { id } = await addSource(handler, { kind })
    expect(await errorIn(await get(handler, `/api/sources/${id}/logs/${path}`))).toMatchObject({
      http,
      message,
    })
  })

  it('that are not there get a sentence', async () => {
    const { handler } = handlerOver()
    expect(await errorIn(await get(handler, '/api/sources/gone/logs/labels'))).toMatchObject({ http: 404 })
  })
})
