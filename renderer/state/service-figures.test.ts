import { expect, test } from 'vitest'
import { redFamilies } from '#shared/metrics/red'
import { toldApart, withFailures } from './service-figures'

const row = (family: string, value: string) => ({
  family,
  value,
  name: value.slice(value.lastIndexOf('/') + 1),
})
const told = (...families: readonly (readonly ReturnType<typeof row>[])[]) =>
  toldApart(families).map(({ family, name }) => `${family}: ${name}`)

test('a service that several histograms measure is told by the first of them', () => {
  expect(told([row('http', 'shop/cart')], [row('spans', 'cart'), row('spans', 'db')])).toEqual([
    'http: cart',
    'spans: db',
  ])
})

test('what has the same name in two namespaces is two services, called by all of it', () => {
  const http = ['prod/checkout', 'staging/checkout', 'prod/cart'].map((value) => row('http', value))
  expect(told(http, [row('spans', 'checkout')])).toEqual([
    'http: prod/checkout',
    'http: staging/checkout',
    'http: cart',
  ])
})

test('a service whose series were labelled by several hands is told once', () => {
  expect(told([row('http', 'cart'), row('http', 'cart')])).toEqual(['http: cart'])
})

test('failures that its own histogram does not tell are those that another counts, as a share of its requests', () => {
  const [http, spans] = redFamilies([
    'http_server_request_duration_seconds_bucket',
    'traces_spanmetrics_latency_bucket',
  ])
  const figures = { rate: 8, rateBefore: 8, p50: 1, p95: 1, p99: 1, p99Before: 1 }
  const told = (family: typeof http, errors: number | undefined) => ({
    name: 'cart',
    labels: {},
    family,
    figures: { ...figures, errors, errorsBefore: errors },
    rates: [8, 8, null],
    errors: errors === undefined ? [] : [2, 0, 0],
    p99s: [],
  })
  const own = told({ ...http, failed: undefined }, undefined)
  const other = { ...told(spans, 0.5), rates: [4, 0, 4] }
  expect(withFailures(own, [own, other])).toEqual({
    ...own,
    figures: { ...figures, errors: 0.5, errorsBefore: 0.5 },
    errors: [4, null, null],
  })
  expect(withFailures(own, [own])).toBe(own)
  const whole = told(http, 0.1)
  expect(withFailures(whole, [whole, other])).toBe(whole)
})
