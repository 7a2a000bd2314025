import { expect, test } from 'vitest'
import { Jumps } from './use-hurry'

const hurried = (moves: readonly (readonly [top: number, now: number])[]): boolean[] => {
  const jumps = new Jumps()
  return moves.map(([top, now]) => jumps.isHurried(top, 600, now))
}

test('a scroll bar that is dragged jumps again and again', () => {
  expect(
    hurried([
      [5_000, 0],
      [10_000, 16],
      [15_000, 32],
    ]),
  ).toEqual([false, true, true])
})

test('a wheel, however fast, moves less than a screen at a time', () => {
  expect(
    hurried([
      [500, 0],
      [1_000, 16],
      [400, 32],
    ]),
  ).toEqual([false, false, false])
})

test('a key or a link jumps once', () => {
  expect(
    hurried([
      [90_000, 0],
      [0, 400],
    ]),
  ).toEqual([false, false])
})

test('a list that the page itself moves, as lines come in above, has not jumped', () => {
  const jumps = new Jumps()
  const moved = [0, 15_000, 30_000].map((top, at) => {
    jumps.moveTo(top)
    return jumps.isHurried(top, 600, at * 100)
  })
  expect(moved).toEqual([false, false, false])
})
