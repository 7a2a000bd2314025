import { expect, test } from 'vitest'
import { type CallFigures, unknownFigures } from '#shared/map/graph'
import { rateUnitOf } from '#shared/map/rate-unit'

const hourMs = 3_600_000
const rates = (...all: readonly number[]): readonly CallFigures[] =>
  all.map((rate) => ({ ...unknownFigures, rate }))

test.each<[string, readonly CallFigures[], number, string | undefined]>([
  ['busy services', rates(31, 400, 2), hourMs, 's'],
  ['services of which half are called seldom', rates(0.02, 0.03, 400), hourMs, 'min'],
  ['services called once in two hours: no longer than was looked at', rates(1 / 7_200), 2 * hourMs, 'h'],
  ['services called once in a minute', rates(1 / 3_600), 60_000, 'min'],
  ['services called once in two days', rates(1 / 172_800), 48 * hourMs, 'day'],
  ['nobody', rates(0, Number.NaN), hourMs, 's'],
  ['calls counted one by one', rates(0.1).map((one) => ({ ...one, calls: 3 })), hourMs, undefined],
  [
    'some that were counted and some that were not',
    [...rates(5), { ...unknownFigures, calls: 3 }],
    hourMs,
    's',
  ],
])('of %s', (_, figures, windowMs, word) => {
  expect(rateUnitOf(figures, windowMs)?.word).toBe(word)
})
