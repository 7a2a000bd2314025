import { assert, bigInt, constantFrom, property } from 'fast-check'
import { expect, test } from 'vitest'
import { readMicroseconds, TimeReader } from './time-reader.ts'

function nanoseconds(text: string, digits: number): bigint | undefined {
  const bytes = new TextEncoder().encode(text)
  const time = new TimeReader()
  time.read(bytes, 0, bytes.length, digits)
  return Number.isNaN(time.seconds) ? undefined : BigInt(time.seconds) * 1_000_000_000n + BigInt(time.nanos)
}

test('whole numbers are exact in every unit', () => {
  assert(
    property(
      bigInt({ min: 0n, max: 8_000_000_000_000_000_000n }),
      constantFrom(9, 6, 3, 0),
      (value, digits) => {
        const isDate = value / 10n ** BigInt(digits) <= 8_640_000_000_000n
        expect(nanoseconds(String(value), digits)).toBe(
          isDate ? value * 10n ** BigInt(9 - digits) : undefined,
        )
      },
    ),
  )
})

test.each([
  ['184250', 184_250_000],
  ['22938.5', 22_938_500],
  ['0', 0],
  ['-3', -3_000],
  ['1e3', 1_000_000],
  ['', Number.NaN],
  ['"5"', Number.NaN],
  ['NaN', Number.NaN],
  ['1e400', Number.NaN],
])('%s µs are %d ns', (text, ns) => {
  const bytes = new TextEncoder().encode(text)
  expect(readMicroseconds(bytes, 0, bytes.length)).toBe(ns)
})

test.each([
  ['2026-10-26T07:33:20.123456789Z', 1_793_000_000_123_456_789n],
  ['2026-10-26T09:33:20.5+02:00', 1_793_000_000_500_000_000n],
  ['2026-10-26T03:03:20-0430', 1_793_000_000_000_000_000n],
  ['2026-10-26T07:33:20', undefined],
  ['2026-13-26T07:33:20Z', undefined],
  ['yesterday', undefined],
])('%s is a time of RFC 3339, or none', (text, ns) => {
  expect(nanoseconds(text, 9)).toBe(ns)
})
