import { expect, test } from 'vitest'
import { spreadLabels, spreadShape } from './spread-shape'

const spread = {
  edges: [1e6, 1e7, 1e8],
  counts: [30, 10],
  total: 40,
  quantile: (q: number) => (q < 0.9 ? 5e6 : 9e7),
  shareBelow: () => 0,
  boundsOf: () => [5e6, 9e7] as const,
}
const rounded = (value: number) => Math.round(value * 100) / 100

test('bars lie on an axis of powers, which reaches to the span itself; those it is not slower than stand out', () => {
  const { bars, ticks, at } = spreadShape(spread, 1e9)
  expect(
    bars.map(({ from, to, height, isSlower }) => [rounded(from), rounded(to), rounded(height), isSlower]),
  ).toEqual([
    [0, 0.33, 1, false],
    [0.33, 0.67, 0.33, false],
  ])
  expect(ticks.map(({ ns, side }) => [ns, side])).toEqual([
    [1e6, 'right'],
    [1e7, 'middle'],
    [1e8, 'middle'],
    [1e9, 'left'],
  ])
  expect(rounded(at(1e8))).toBe(0.67)
  expect(spreadShape(spread, 2e7).bars.map(({ isSlower }) => isSlower)).toEqual([false, true])
})

test('the name of the middle gives way where there is no room for both', () => {
  const { at } = spreadShape(spread, 1e7)
  const sides = (quantile: (q: number) => number) =>
    spreadLabels({ quantile }, at).map(({ name, side }) => [name, side])
  expect(sides(spread.quantile)).toEqual([
    ['p50', 'left'],
    ['p95', 'left'],
  ])
  expect(sides((q) => (q < 0.9 ? 1.1e6 : 2e6))).toEqual([['p95', 'right']])
})
