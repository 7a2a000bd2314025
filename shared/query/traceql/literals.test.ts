import { expect, test } from 'vitest'
import { readDuration } from '#shared/query/durations'
import { quantileOf } from './log2-histogram.ts'
import { durationText } from './value.ts'

test.each<[text: string, ns: number | undefined]>([
  ['1ns', 1],
  ['1.5us', 1500],
  ['2µs', 2000],
  ['1h30m', 5_400e9],
  ['1.5h', 5_400e9],
  ['1d12h', 129_600e9],
  ['0.5d', undefined],
  ['1s1h', 3_601e9],
  ['5', undefined],
  ['5x', undefined],
])('%s is %d ns', (text, ns) => {
  expect(readDuration(text)).toBe(ns)
})

test.each<[ns: number, text: string]>([
  [0, '0s'],
  [150, '150ns'],
  [1500, '1.5µs'],
  [2_000_001, '2.000001ms'],
  [1_500_000_000, '1.5s'],
  [61_000_000_007, '1m1.000000007s'],
  [3_600_000_000_000, '1h0m0s'],
  [-1_000_000, '-1ms'],
])('%d ns are written %s', (ns, text) => {
  expect(durationText(ns)).toBe(text)
})

test('between the ends of a bucket a quantile lies by their logarithms', () => {
  const buckets = [
    [4, Float64Array.of(2)],
    [16, Float64Array.of(4)],
  ] as const
  expect([0, 1 / 3, 2 / 3, 1].map((quantile) => quantileOf(quantile, buckets, 0))).toEqual([
    2 ** 1.5,
    4,
    8,
    16,
  ])
})
