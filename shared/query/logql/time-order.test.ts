import { expect, test } from 'vitest'
import { logStore } from '../../../test/builders/log-store.ts'
import { TimeOrder } from './time-order.ts'

/** Streams of one letter each, with a line at each of these moments. */
function streamsAt(moments: Readonly<Record<string, readonly number[]>>) {
  const drawn = Object.entries(moments).map(([name, times]) => ({
    stream: { name },
    values: times.map((ns) => [String(ns), name] as const),
  }))
  return logStore(drawn, 0n).select([])
}

function read(moments: Parameters<typeof streamsAt>[0], direction: 'forward' | 'backward'): string {
  const order = new TimeOrder(streamsAt(moments), { fromNs: 1, toNs: 9, direction })
  const found: string[] = []
  for (; order.next !== undefined; order.advance())
    found.push(order.next.stream.text(order.next.row) + order.next.stream.times[order.next.row])
  return found.join(' ')
}

test('lines of all streams come by their times, those of one moment stream by stream', () => {
  const moments = { a: [1, 4, 8], b: [2, 4, 9], c: [], d: [0, 3, 4, 7] }
  expect(read(moments, 'forward')).toBe('a1 b2 d3 a4 b4 d4 d7 a8')
  expect(read(moments, 'backward')).toBe('a8 d7 a4 b4 d4 d3 b2 a1')
})

test('hundreds of streams come in order', () => {
  const moments = Object.fromEntries(
    Array.from({ length: 300 }, (_, at) => [`s${at}`, [(at * 7) % 9, 9]] as const),
  )
  const times = read(moments, 'forward')
    .split(' ')
    .map((line) => Number(line.at(-1)))
  expect(times).toEqual(times.toSorted((one, other) => one - other))
  expect(times.length).toBeGreaterThan(250)
})
