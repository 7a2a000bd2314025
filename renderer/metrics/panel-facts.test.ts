import { expect, test } from 'vitest'
import { factsOf, isEachSecond, isMeasure, readsHistogram, unitOfLogql } from './panel-facts'

test.each([
  ['rate(x[5m]) > 0.5', { query: 'rate(x[5m])', value: 0.5 }],
  ['(0.5 < rate(x[5m]))', { query: 'rate(x[5m])', value: 0.5 }],
  ['a / b >= -2', { query: 'a / b', value: -2 }],
  ['a > bool 2', undefined],
  ['a > b', undefined],
  ['a + 2', undefined],
  ['a >', undefined],
])('the threshold of %s', (query, threshold) => {
  expect(factsOf(query).threshold).toEqual(threshold)
})

test.each([
  ['histogram_quantile(0.9, rate(x_bucket[5m]))', true, true],
  ['sum by (le) (rate(x_bucket[5m]))', true, false],
  ['histogram_count(x)', true, false],
  ['rate(x_total[5m])', false, false],
])('what %s reads, and whether it is on the axis of exemplars', (query, reads, measures) => {
  expect(readsHistogram(factsOf(query), query)).toBe(reads)
  expect(isMeasure(query)).toBe(measures)
})

test.each([
  ['sum by (level) (rate({a="b"} |= "x" [5m]))', 'none', true],
  ['bytes_rate({a="b"}[1m])', 'bytes', true],
  ['bytes_over_time({a="b"}[1m])', 'bytes', false],
  ['count_over_time({a="b"}[1m])', 'none', false],
  ['sum(rate({a="b"} | logfmt | unwrap took [1m]))', 'none', false],
])('%s counts in %s', (query, kind, perSecond) => {
  expect(unitOfLogql(query)).toMatchObject({ kind, perSecond })
})

test.each([
  ['sum by (job) (rate(rpc_seconds[5m]))', true],
  ['(irate(rpc_seconds[5m]))', true],
  ['sum(increase(rpc_seconds[5m]))', false],
  ['rpc_seconds', false],
])('the buckets of %s count what came each second: %s', (query, expected) => {
  expect(isEachSecond(factsOf(query).expression)).toBe(expected)
})
