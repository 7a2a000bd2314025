import { expect, test } from 'vitest'
import type { MetricWords } from '../../state/metric-answers'
import { promqlHelp } from './promql-help'

const server: MetricWords = {
  metrics: () =>
    Promise.resolve([
      'http_requests_total',
      'http_duration_seconds_bucket',
      'up',
      'odd name',
      'io_bytes_total',
    ]),
  metadata: () =>
    Promise.resolve(
      new Map([
        ['http_duration_seconds', { type: 'histogram', help: 'How long requests take.', unit: 'seconds' }],
        // Prometheus tells no unit of what it scrapes.
        ['wait_seconds', { type: 'summary', help: 'Waits.', unit: '' }],
      ]),
    ),
  labels: (metric) => Promise.resolve(metric === 'up' ? ['__name__', 'job'] : ['__name__', 'a.b', 'code']),
  values: (label) => Promise.resolve(label === 'job' ? ['shop', 'the "old" one'] : []),
}
const help = promqlHelp(server)
const told = async (text: string) => (await help.hover?.(text, 1))?.paragraphs
const complete = async (text: string) => (await help.complete(text, text.length)).items

test('metrics stand beside functions, with their type and help', async () => {
  const items = await complete('rate(htt')
  expect(items).toContainEqual({
    label: 'http_duration_seconds_bucket',
    insert: 'http_duration_seconds_bucket',
    kind: 'metric',
    about: 'histogram',
    detail: 'How long requests take.',
    goesOn: false,
  })
  expect(items.some(({ label }) => label === 'histogram_quantile')).toBe(true)
  expect((await complete('odd')).find(({ kind }) => kind === 'metric')?.insert).toBe('{"odd name"}')
})

test('labels and values are those of the metric', async () => {
  expect((await complete('up{')).map(({ insert }) => insert)).toEqual(['job='])
  expect((await complete('x{')).map(({ insert }) => insert)).toEqual(['"a.b"=', 'code='])
  expect((await complete('up{job="')).map(({ insert }) => insert)).toEqual(['"shop"', '"the \\"old\\" one"'])
  expect((await complete('sum by (')).map(({ label }) => label)).toEqual(['a.b', 'code'])
})

test('hovering tells type, unit and help of a metric, and what a function does', async () => {
  expect(await help.hover?.('rate(http_duration_seconds_bucket[5m])', 10)).toEqual({
    from: 5,
    to: 33,
    paragraphs: ['http_duration_seconds_bucket, histogram, in seconds', 'How long requests take.'],
  })
  expect((await help.hover?.('rate(up[5m])', 2))?.paragraphs[0]).toMatch(/^rate: increase each second/)
  expect(await help.hover?.('nothing', 1)).toBeUndefined()
})

test('hovering tells by its name what the server does not tell of a metric', async () => {
  expect(await told('io_bytes_total')).toEqual([
    'io_bytes_total, counter, in bytes',
    'By its name: the server tells neither its type nor what it means.',
  ])
  expect(await told('up')).toEqual(['up', 'The server tells neither its type nor what it means.'])
  expect(await told('wait_seconds_sum')).toEqual(['wait_seconds_sum, summary, in seconds', 'Waits.'])
})
