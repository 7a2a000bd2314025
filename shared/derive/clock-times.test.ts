import { expect, test } from 'vitest'
import {
  formatDate,
  formatDateTime,
  formatDateTimeNs,
  formatDay,
  formatMoment,
  formatShortMoment,
  formatTickTimes,
  formatShortTime,
  formatTime,
  msOfNs,
  zoneLabel,
} from '#shared/derive/clock-times'

const moment = Date.UTC(2026, 10, 3, 14, 32, 7, 412)

test('UTC is written out to the millisecond', () => {
  expect([
    formatTime(moment, 'utc'),
    formatShortTime(moment, 'utc'),
    formatDate(moment, 'utc'),
    formatDateTime(moment, 'utc'),
    zoneLabel(moment, 'utc'),
  ]).toEqual(['14:32:07.412', '14:32', '2026-11-03', '2026-11-03 14:32:07.412', 'UTC'])
})

test('what is not of today says its day, and what is not of this year its year', () => {
  const later = [moment + 1_000, moment + 86_400_000, Date.UTC(2027, 0, 1)]
  expect(later.map((nowMs) => formatShortMoment(moment, 'utc', nowMs))).toEqual([
    '14:32',
    '11-03 14:32',
    '2026-11-03 14:32',
  ])
  expect(later.map((nowMs) => formatMoment(moment, 'utc', nowMs))).toEqual([
    '14:32:07.412',
    '2026-11-03 14:32:07.412',
    '2026-11-03 14:32:07.412',
  ])
  expect(later.map((nowMs) => formatDay(moment, 'utc', nowMs))).toEqual(['11-03', '11-03', '2026-11-03'])
})

test('marks of an axis are told apart by their times', () => {
  const first = (apartMs: number) => formatTickTimes([moment, moment + apartMs], 'utc')[0]
  expect([600_000, 1_000, 400].map(first)).toEqual(['14:32', '14:32:07', '14:32:07.412'])
  expect([formatTickTimes([moment], 'utc'), formatTickTimes([], 'utc')]).toEqual([['14:32'], []])
})

const marks = (count: number, apartMs: number) =>
  formatTickTimes(
    Array.from({ length: count }, (_, mark) => moment + mark * apartMs),
    'utc',
  )

test('marks of several days say which', () => {
  const hour = 3_600_000
  expect(marks(3, 6 * hour)).toEqual(['11-03 14:32', '20:32', '11-04 02:32'])
  expect(marks(3, 48 * hour)).toEqual(['11-03', '11-05', '11-07'])
  expect(marks(2, 24 * 60 * hour)).toEqual(['2026-11-03', '01-02'])
})

test('local time differs from UTC by the offset its label names', () => {
  const offsetMs = 0 - new Date(moment).getTimezoneOffset() * 60_000
  expect(formatDateTime(moment, 'local')).toBe(formatDateTime(moment + offsetMs, 'utc'))
  const match = /^UTC(?:([+−])(\d+)(?::(\d\d))?)?$/u.exec(zoneLabel(moment, 'local'))
  const size = Number(match?.[2] ?? 0) * 60 + Number(match?.[3] ?? 0)
  expect((match?.[1] === '−' ? -size : size) * 60_000).toBe(offsetMs)
})

test('nanoseconds are kept to the last digit, before 1970 too', () => {
  expect([
    formatDateTimeNs(1_793_000_000_123_456_789n, 'utc'),
    formatDateTimeNs(-1n, 'utc'),
    formatDateTimeNs(0n, 'utc'),
  ]).toEqual([
    '2026-10-26 07:33:20.123 456 789',
    '1969-12-31 23:59:59.999 999 999',
    '1970-01-01 00:00:00.000 000 000',
  ])
  expect(msOfNs(1_793_000_000_123_456_789n)).toBeCloseTo(1_793_000_000_123.456, 3)
})
