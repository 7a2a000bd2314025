import { expect, test } from 'vitest'
import { parsePromql } from '#shared/query/promql/parse'
import { averagedQuantile } from './quantile-average'

const offered = (text: string) => {
  const found = averagedQuantile(text, parsePromql(text).expression)
  return found && (found.offered ?? `${text.slice(found.from, found.to)}: no query`)
}

test.each([
  [
    'avg by (job) (histogram_quantile(0.99, sum by (le, pod) (rate(x_bucket[5m]))))',
    'histogram_quantile(0.99, sum by (job, le) (rate(x_bucket[5m])))',
  ],
  [
    '1 + avg(histogram_quantile(0.5, rate(x_bucket{a="b"}[5m]))) * 2',
    '1 + histogram_quantile(0.5, sum by (le) (rate(x_bucket{a="b"}[5m]))) * 2',
  ],
  [
    'avg without (pod) (histogram_quantile(0.9, rate(x_bucket[5m])))',
    'histogram_quantile(0.9, sum without (pod) (rate(x_bucket[5m])))',
  ],
  [
    'avg(histogram_quantile(0.9, max by (le) (x_bucket)))',
    'avg(histogram_quantile(0.9, max by (le) (x_bucket))): no query',
  ],
  [
    'avg_over_time(histogram_quantile(0.9, rate(x[5m]))[1h:1m])',
    'avg_over_time(histogram_quantile(0.9, rate(x[5m]))[1h:1m]): no query',
  ],
  ['avg(x_seconds{quantile="0.99"})', 'avg(x_seconds{quantile="0.99"}): no query'],
  ['avg_over_time(x{quantile="0.9"}[5m])', 'avg_over_time(x{quantile="0.9"}[5m]): no query'],
  ['max(histogram_quantile(0.9, rate(x_bucket[5m])))', undefined],
  ['avg(rate(x_bucket[5m]))', undefined],
])('%s', (text, expected) => {
  expect(offered(text)).toBe(expected)
})
