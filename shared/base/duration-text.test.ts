import { expect, test } from 'vitest'
import { durationText } from './duration-text.ts'

test.each([
  [0, '0 ns'],
  [999, '999 ns'],
  [1_000, '1 µs'],
  [999_499, '999 µs'],
  [999_500, '1 ms'],
  [12_000_000, '12 ms'],
  [218_400_000, '218 ms'],
  [4_870_000_000, '4.87 s'],
  [12_340_000_000, '12.3 s'],
  [90_000_000_000, '1.5 min'],
  [7_200_000_000_000, '2 h'],
  [172_800_000_000_000, '2 d'],
  [-12_000_000, '-12 ms'],
])('%d ns is %s', (ns, text) => {
  expect(durationText(ns)).toBe(text)
})
