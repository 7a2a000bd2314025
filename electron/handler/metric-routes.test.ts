import { afterEach, describe, expect, it } from 'vitest'
import { addSource, closeHandlers, errorIn, get, handlerOver } from './handler-over'

afterEach(closeHandlers)

const success = (data: unknown) => ({ status: 'success', data })

describe('questions to a source that keeps metrics', () => {
  it('are answered from its server', async () => {
    const { handler, asked } = handlerOver({
      '/api/v1/query': success({ resultType: 'scalar', result: [60, '1'] }),
      '/api/v1/query_range': success({ resultType: 'matrix', result: [] }),
      '/api/v1/query_exemplars': success([]),
      '/api/v1/labels': success(['job']),
      '/api/v1/label/job/values': success(['shop']),
      '/api/v1/series': success([{ job: 'shop' }]),
      '/api/v1/metadata': success({ up: [{ type: 'gauge', help: '', unit: '' }] }),
      '/api/v1/rules': success({ groups: [] }),
      '/api/v1/status/tsdb': success({ headStats: { numSeries: 7, minTime: 0, maxTime: 1 } }),
    })
    const { id } = await addSource(handler, { kind: 'prometheus' })
    const ask = async (path: string): Promise<unknown> =>
      (await get(handler, `/api/sources/${id}/metrics/${path}`)).json()
    expect(await ask('query?query=1&timeMs=60000')).toMatchObject({
      kind: 'scalar',
      series: [{ times: [60], values: [1] }],
    })
    expect(await ask('range?query=up&startMs=0&endMs=60000&stepMs=15000')).toMatchObject({ kind: 'matrix' })
    expect(await ask('exemplars?query=up')).toEqual([])
    expect(await ask('labels')).toEqual(['job'])
    expect(await ask('label-values?label=job&match=up')).toEqual(['shop'])
    expect(await ask('series?match=up')).toEqual([{ job: 'shop' }])
    expect(await ask('metadata')).toEqual([{ name: 'up', type: 'gauge', help: '', unit: '' }])
    expect(await ask('rules')).toEqual([])
    expect(await ask('tsdb')).toMatchObject({ status: { series: 7 } })
    expect(asked.slice(0, 2)).toEqual([
      '/api/v1/query?query=1&time=60&stats=true',
      '/api/v1/query_range?query=up&start=0&end=60&step=15&stats=true',
    ])
  })

  it.each([
    ['loki', 'labels', 400, 'shop is a Loki, which keeps no metrics.'],
    ['prometheus', 'query?timeMs=1', 400, 'The parameter query is missing.'],
    ['prometheus', 'query?query=1', 400, 'timeMs must be a number of milliseconds above zero.'],
    ['prometheus', 'range?query=1&stepMs=0', 400, 'stepMs must be a number of milliseconds above zero.'],
    [
      'prometheus',
      'range?query=1&stepMs=1000&startMs=2&endMs=1',
      400,
      'The time range ends before it starts.',
    ],
  ] as const)('that cannot be answered get a sentence (%#)', async (kind, path, http, message) => {
    const { handler } = handlerOver()
    const { id } = await addSource(handler, { kind })
    expect(await errorIn(await get(handler, `/api/sources/${id}/metrics/${path}`))).toMatchObject({
      http,
      message,
    })
  })
})
