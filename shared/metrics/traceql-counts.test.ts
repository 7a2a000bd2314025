import { expect, test } from 'vitest'
import { bucketInWords, countedIn, countedText, wholeSteps } from './traceql-counts'

test.each([
  ['{} | rate()', 0.4, '0.4/s'],
  ['{} | count_over_time() by (name)', 12, '12 spans'],
  ['{} | histogram_over_time(duration)', 1, '1 span'],
  ['{} | quantile_over_time(duration, .5, .99)', 0.25, '250 ms'],
  ['{} | quantile_over_time(span.size, .99)', 250, '250'],
  ['{} | max_over_time(duration)', 1.5, '1.50 s'],
  ['{} | avg_over_time(traceDuration)', 2e9, '2.00 s'],
  ['{ name = "| rate()" } | sum_over_time(span.size)', 3, '3'],
  ['{ status = error }', 3, '3'],
  ['{ status', 3, '3'],
])('%s counts in its unit', (query, value, text) => {
  expect(countedText(value, countedIn(query))).toBe(text)
})

test('a bucket is called by its end, in the unit of what is counted', () => {
  const labels = { name: 'a', __bucket: '0.008388608' }
  expect(bucketInWords(labels, countedIn('{} | histogram_over_time(duration) by (name)'))).toEqual({
    name: 'a',
    bucket: '≤ 8.39 ms',
  })
  expect(bucketInWords({ __bucket: '128.0' }, countedIn('{} | histogram_over_time(span.size)'))).toEqual({
    bucket: '≤ 128',
  })
  expect(bucketInWords({ name: 'a' }, countedIn('{} | rate() by (name)'))).toEqual({ name: 'a' })
})

const series = (times: readonly number[], values: readonly number[]) => ({
  labels: {},
  times,
  values,
  histograms: [],
})

test('a step that had not ended at the end of the window, and the end itself, are left out', () => {
  const window = { endMs: 35_000, stepMs: 10_000 }
  expect(
    wholeSteps(
      [series([0, 10, 20, 30, 40], [4, 5, 6, 2, 0]), series([10, 30], [5, 2]), series([30], [2])],
      window,
    ),
  ).toEqual([series([0, 10, 20], [4, 5, 6]), series([10], [5])])
})
