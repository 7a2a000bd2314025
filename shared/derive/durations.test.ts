import { expect, test } from 'vitest'
import {
  formatDuration,
  formatFullDuration,
  formatOffset,
  formatShare,
  parseDuration,
} from '#shared/derive/durations'

test('a duration has three digits and its unit after a space', () => {
  const written = [
    0,
    1,
    999,
    1_000,
    700_000,
    999_499,
    999_500,
    4_300_000,
    17e6,
    218e6,
    999.6e6,
    1.07e9,
    4.87e9,
    22.64e9,
    59.94e9,
    59.96e9,
    60e9,
    200e9,
    3599.6e9,
    7500e9,
    86_399e9,
    86_400e9,
    97 * 3600e9,
  ].map(formatDuration)
  expect(written).toEqual([
    '0 ns',
    '1 ns',
    '999 ns',
    '1.00 µs',
    '700 µs',
    '999 µs',
    '1.00 ms',
    '4.30 ms',
    '17.0 ms',
    '218 ms',
    '1.00 s',
    '1.07 s',
    '4.87 s',
    '22.6 s',
    '59.9 s',
    '1 min',
    '1 min',
    '3 min 20 s',
    '1 h',
    '2 h 5 min',
    '1 d',
    '1 d',
    '4 d 1 h',
  ])
})

test('a duration of any length keeps to its column', () => {
  const days = [99.99, 100, 9_999, 20_000, 285_616 * 365.25, 1e12]
  expect(days.map((count) => formatDuration(count * 86_400e9))).toEqual([
    '100 d',
    '100 d',
    '9999 d',
    '55 y',
    '285616 y',
    '> 999999 y',
  ])
})

test('what is no duration is a dash, and what is below zero wears a true minus', () => {
  expect([Number.NaN, Infinity, -12e6].map(formatDuration)).toEqual(['–', '–', '−12.0 ms'])
  expect([332e6, -12e6, 0].map(formatOffset)).toEqual(['+332 ms', '−12.0 ms', '+0 ns'])
})

test('a share has one place below ten percent', () => {
  expect([
    formatShare(92, 100),
    formatShare(4, 1000),
    formatShare(1, 1e6),
    formatShare(0, 5),
    formatShare(1, 0),
    formatShare(1, 1),
  ]).toEqual(['92 %', '0.4 %', '< 0.1 %', '0 %', '–', '100 %'])
})

test('what people type is read as nanoseconds', () => {
  expect(
    ['100ms', '1.5 s', '2m30s', '700µs', '700us', '.5s', '0', '10ns', '1h', '1d'].map(parseDuration),
  ).toEqual([100e6, 1.5e9, 150e9, 700e3, 700e3, 0.5e9, 0, 10, 3600e9, 86_400e9])
})

test('a number without a unit, and a unit without a number, are no durations', () => {
  expect(['100', 'ms', '', '1 parsec', '100ms!', '-5ms', '1.2.3s'].map(parseDuration)).toEqual(
    Array.from({ length: 7 }, () => undefined),
  )
})

test.each([
  [218e6, '218 ms'],
  [3 * 86_400e9 + 4 * 3600e9, '3 d 4 h'],
  [120 * 86_400e9 + 4 * 3600e9 + 180e9, '120 d 4 h 3 min'],
  [19_723 * 86_400e9, '19,723 d 0 h 0 min'],
  [Number.NaN, '–'],
])('%d ns in full is %s', (ns, text) => {
  expect(formatFullDuration(ns)).toBe(text)
})
