import { expect, test } from 'vitest'
import { countOf, formatBytes, formatCount, formatShortCount } from '#shared/derive/quantities'

test('thousands are set apart by narrow spaces', () => {
  expect([0, 247, 1_000, 1_234_567].map(formatCount)).toEqual([
    '0',
    '247',
    '1\u202f000',
    '1\u202f234\u202f567',
  ])
})

test('a short count keeps three digits', () => {
  const counts = [0, 999, 1_000, 12_400, 999_499, 999_500, 1_250_000, 2e9, 4e13, 1e299]
  expect(counts.map(formatShortCount)).toEqual([
    '0',
    '999',
    '1.00 k',
    '12.4 k',
    '999 k',
    '1.00 M',
    '1.25 M',
    '2.00 G',
    '40.0 T',
    '> 999 T',
  ])
})

test('bytes are decimal', () => {
  expect([0, 812, 1_240, 64e6, 999.6e6, 1.1e9, 5e12].map(formatBytes)).toEqual([
    '0 B',
    '812 B',
    '1.24 kB',
    '64.0 MB',
    '1.00 GB',
    '1.10 GB',
    '5.00 TB',
  ])
})

test('a noun follows its count', () => {
  expect([countOf(1, 'span'), countOf(2, 'span'), countOf(0, 'query', 'queries')]).toEqual([
    '1 span',
    '2 spans',
    '0 queries',
  ])
})
