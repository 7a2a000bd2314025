import { expect, test } from 'vitest'
import type { Point } from './frame'
import { type Course, movesOf, type VersionCourse } from './moved'
import { noUnit } from './unit'

/** Low until a place, then high. */
const rising = (at: number, low = 0, high = 10): Point[] =>
  Array.from({ length: 60 }, (_, index) => (index < at ? low : high))

const course = (kind: Course['kind'], subject: string, points: readonly Point[]): Course => ({
  kind,
  service: 'payment',
  subject,
  query: subject,
  unit: noUnit,
  trouble: { factor: 1.5, difference: 1 },
  points,
})

const version = (service: string, name: string, points: readonly Point[]): VersionCourse => ({
  service,
  version: name,
  query: 'target_info',
  points,
})

test('what moved is told in order of time, causes before what follows from them, and what stayed is left out', () => {
  const moves = movesOf(
    [
      course('latency', 'p99', rising(30)),
      course('queue', 'orders', rising(10)),
      course('errors', 'failures', rising(20)),
      course('pool', 'payments-db', rising(20)),
      course('pool', 'orders-db', rising(99)),
    ],
    [],
  )
  expect(moves.map((move) => [move.at, move.kind === 'version' ? '' : move.subject])).toEqual([
    [10, 'orders'],
    [20, 'payments-db'],
    [20, 'failures'],
    [30, 'p99'],
  ])
  expect(moves[0]).toMatchObject({ before: 0, after: 10, query: 'orders' })
})

test('of what moved at once the steepest is told first, in whichever order the series come', () => {
  const courses = [
    { ...course('latency', 'p99', rising(20, 5, 40)), service: 'gateway' },
    { ...course('latency', 'p99', rising(20, 0.1, 40)), service: 'payment' },
    { ...course('errors', 'failures', rising(20)), service: 'order' },
    { ...course('errors', 'failures', rising(20)), service: 'basket' },
  ]
  const told = ['payment', 'gateway', 'basket', 'order']
  expect(movesOf(courses, []).map(({ service }) => service)).toEqual(told)
  expect(movesOf(courses.toReversed(), []).map(({ service }) => service)).toEqual(told)
})

test('a version that comes after another is new; one that was always there, or that is of another service, is not', () => {
  const gone = rising(0, 0, 6).map((_, index) => (index < 25 ? 6 : null))
  const moves = movesOf(
    [],
    [
      version('payment', '2.13.4', gone),
      version('payment', '2.14.0', rising(20, 0, 6)),
      version('order', '5.1.7', rising(0)),
      version('cart', '1.0', [...rising(30)]),
    ],
  )
  expect(moves).toEqual([
    {
      kind: 'version',
      service: 'payment',
      query: 'target_info',
      at: 20,
      before: '2.13.4',
      after: '2.14.0',
      instances: 6,
    },
  ])
})
