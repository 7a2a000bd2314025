import { expect, test } from 'vitest'
import { latestOf } from './latest'

const histogram = (time: number, count: number) => ({ time, count, sum: 1, buckets: [] })
const format = (value: number): string => `${value} s`

test('the newest sample is told, be it a number or a native histogram', () => {
  const numbers = { times: [1, 2], values: [5, 7], histograms: [] }
  expect(latestOf(numbers, format)).toEqual({ time: 2, text: '7 s' })
  expect(latestOf({ ...numbers, histograms: [histogram(3, 12_500)] }, format)).toEqual({
    time: 3,
    text: '12.5 k observed',
  })
  expect(latestOf({ ...numbers, histograms: [histogram(1, 4)] }, format)?.text).toBe('7 s')
  expect(latestOf({ times: [], values: [], histograms: [] }, format)).toBeUndefined()
})
