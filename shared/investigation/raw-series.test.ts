import { expect, test } from 'vitest'
import { rawSelectionsOf } from '#shared/investigation/raw-series'

const lookback = 300_000

test.each([
  ['up', [['up', lookback, 0]]],
  [
    'histogram_quantile(0.99, sum by (le) (rate(x_bucket{job="a", le!="0.1"}[1m])))',
    [['x_bucket{job="a", le!="0.1"}', lookback + 60_000, 0]],
  ],
  ['rate(x[5m] offset 1h)', [['x', lookback + 3_900_000, 0]]],
  ['x offset -10m', [['x', lookback - 600_000 + 0, 600_000]]],
  ['max_over_time(rate(x[1m])[10m:1m])', [['x', lookback + 60_000 + 600_000 + 60_000, 0]]],
  ['sum(rate(a[1m])) / sum(rate(a[5m]))', [['a', lookback + 300_000, 0]]],
  ['{__name__=~"a|b", job="c\\"d"}', [['{__name__=~"a|b", job="c\\"d"}', lookback, 0]]],
])('%s', (query, expected) => {
  expect(
    rawSelectionsOf(query)?.map(({ selector, beforeMs, afterMs }) => [selector, beforeMs, afterMs]),
  ).toEqual(expected.map(([selector, before, after]) => [selector, Math.max(0, Number(before)), after]))
})

test('what only a server understands is said not to be', () => {
  expect(rawSelectionsOf('sum(rate(a[1m]')).toBeUndefined()
})
