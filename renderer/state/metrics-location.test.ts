import { expect, test } from 'vitest'
import { lastHour } from '#shared/derive/time-range'
import { metricsLocation } from './metrics-location'

const parse = (query: string) => metricsLocation.parse(new URLSearchParams(query))

test('panels with any query and source come back from their link', () => {
  const state = {
    panels: [
      { view: 'lines', source: 'a:b/c', query: 'sum by (x) (rate(y{z="a:b"}[5m]))\n' },
      { view: 'auto', source: '', query: '' },
      { view: 'stat', source: 'demo:x', language: 'logql', query: 'rate({a="b"}[5m])' },
    ],
    selected: 1,
    range: { from: 1_000, to: 61_000 },
    rangeProblem: undefined,
    follow: true,
    mark: { startMs: 20_000, endMs: 21_000, name: 'POST /pay & more' },
  } as const
  expect(parse(metricsLocation.format(state).toString())).toEqual(state)
})

test('what cannot be read is left out', () => {
  expect(parse('p=pie:a:up&p=lines:%25:up&panel=7&from=now-1h')).toEqual({
    panels: [{ view: 'lines', source: '', query: 'up' }],
    selected: 0,
    range: lastHour,
    rangeProblem: undefined,
    follow: false,
    mark: undefined,
  })
})
