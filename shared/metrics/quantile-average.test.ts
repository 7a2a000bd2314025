import { expect, test } from 'vitest'
import { parsePromql } from '#shared/query/promql/parse'
import { averagedQuantile, averagedRecording } from './quantile-average'

const parse = (text: string) => parsePromql(text).expression
const message = (text: string) => averagedQuantile(text, parse(text))?.message
const offered = (text: string) => {
  const better = averagedQuantile(text, parse(text))?.offered
  if (better !== undefined) parse(better)
  return better
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
    'avg(1000 * (histogram_quantile(0.9, rate(x_bucket[5m]))))',
    '1000 * (histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m]))))',
  ],
  [
    'sum by (job) (histogram_quantile(0.9, rate(x_bucket[5m]))) / count by (job) (histogram_quantile(0.9, rate(x_bucket[5m])))',
    'histogram_quantile(0.9, sum by (job, le) (rate(x_bucket[5m])))',
  ],
  [
    'sum by (job) (histogram_quantile(0.9, rate(x_bucket[5m])))',
    'histogram_quantile(0.9, sum by (job, le) (rate(x_bucket[5m])))',
  ],
  ['sum(job:latency:p99) / count(up)', 'max (job:latency:p99) / count(up)'],
  ['sum(histogram_quantile(0.9, rate(x_bucket[5m])) > bool 0.5)', undefined],
  ['sum(rate(x_bucket[5m]))', undefined],
  [
    'avg_over_time(histogram_quantile(0.9, sum by (le) (rate(x_bucket{a="[b]"}[5m])))[1h:1m])',
    'histogram_quantile(0.9, sum by (le) (rate(x_bucket{a="[b]"}[1h])))',
  ],
  [
    'avg(histogram_quantile(0.9, max by (le) (x_bucket)))',
    'max (histogram_quantile(0.9, max by (le) (x_bucket)))',
  ],
  [
    'avg(max by (job) (histogram_quantile(0.9, rate(x[5m]))))',
    'max (max by (job) (histogram_quantile(0.9, rate(x[5m]))))',
  ],
  ['avg by (job) (x_seconds{quantile="0.99"})', 'max by (job) (x_seconds{quantile="0.99"})'],
  ['avg_over_time(x{quantile="0.9"}[5m])', 'max_over_time(x{quantile="0.9"}[5m])'],
  ['avg(job:latency:p99)', 'max (job:latency:p99)'],
  [
    'avg_over_time(nodejs_eventloop_delay_p99_seconds[5m])',
    'max_over_time(nodejs_eventloop_delay_p99_seconds[5m])',
  ],
  ['avg(latency:95percentile > 2)', 'max (latency:95percentile > 2)'],
  // Shares of instances, how many there are, and what only sounds like it.
  ['avg(histogram_quantile(0.9, rate(x_bucket[5m])) > bool 0.5)', undefined],
  ['avg(count by (job) (job:latency:p99))', undefined],
  ['avg(http_p1_requests)', undefined],
  ['max(histogram_quantile(0.9, rate(x_bucket[5m])))', undefined],
  ['avg(rate(x_bucket[5m]))', undefined],
])('%s', (text, expected) => {
  expect(offered(text)).toBe(expected)
})

test('a sum is not called an average', () => {
  expect(message('sum(histogram_quantile(0.9, rate(x_bucket[5m])))')).toBe(
    'A sum of percentiles is no percentile: no request took so long. Sum the buckets first, then take the quantile.',
  )
  expect(message('avg(job:latency:p99)')).toMatch(/^An average of percentiles is no percentile, and these/)
})

test('a percentile that a rule recorded is taken from the buckets that the rule reads', () => {
  const rules: Readonly<Record<string, string>> = {
    'job:latency:p99': 'histogram_quantile(0.99, sum by (le, job) (rate(x_bucket[5m])))',
    'job:odd:p99': 'x{quantile="0.99"}',
  }
  const asked = (text: string) => {
    const found = averagedQuantile(text, parse(text))
    return found && averagedRecording(text, found, parse, (metric) => rules[metric])?.offered
  }
  expect(asked('2 * avg(job:latency:p99)')).toBe(
    '2 * (histogram_quantile(0.99, sum by (le) (rate(x_bucket[5m]))))',
  )
  expect(asked('avg(job:latency:p99{job="a"})')).toBeUndefined()
  expect(asked('avg(job:odd:p99)')).toBeUndefined()
  expect(asked('avg(other:p99)')).toBeUndefined()
})
