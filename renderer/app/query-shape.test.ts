import { expect, test } from 'vitest'
import { attributeIn, hasLineFilter, looksLikeLogql, looksLikePromql } from './query-shape'

test('a filter of lines makes it LogQL', () => {
  const yes = ['{app="a"} |= "pool"', '{app="a"} |~ `x`', '{app="a"}!="b"', '{app="a"} |> "<_>"']
  const no = ['{ status = error }', '{ name != "x" } | count() > 2', '{app="a"}', 'a |= b']
  expect([...yes, ...no].filter(hasLineFilter)).toEqual(yes)
})

test('what selects streams by quoted values may be LogQL', () => {
  const yes = ['{app="a"}', '{ app =~ `a.*` } |= "pool"', '{app!="a"}', '{ name = "x" }']
  const no = ['{ status = error }', '{ duration > 1s }', '{ .a = "b" }', '{ kind = server }', 'a="b"']
  expect([...yes, ...no].filter(looksLikeLogql)).toEqual(yes)
})

test('a call, an aggregation or a selector with a name is PromQL; what selects streams, and plain words, are not', () => {
  const yes = [
    'sum(rate(up[5m]))',
    'sum by (job) (up)',
    'up{job="a"}',
    'http_requests:rate5m{job="a"} / 2',
    'histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m])))',
  ]
  const no = [
    'sum(count_over_time({app="a"}[5m]))',
    'sum by (app) (rate({app="a"}[5m]))',
    '{app="a"}',
    'POST /orders',
    'up',
    'waited (4500ms) for a connection',
  ]
  expect([...yes, ...no].filter(looksLikePromql)).toEqual(yes)
})

test('an attribute is a key, a sign, and a value with or without quotes', () => {
  expect(
    ['service.name=a b', 'http.route = "/orders"', 'a=', '=b', 'a == b', 'trace_id=a span_id=b'].map(
      attributeIn,
    ),
  ).toEqual([
    { key: 'service.name', value: 'a b' },
    { key: 'http.route', value: '/orders' },
    ...Array.from({ length: 4 }, () => undefined),
  ])
})
