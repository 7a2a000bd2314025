import { expect, test } from 'vitest'
import type { CallFigures } from '#shared/map/graph'
import { labelBeside } from './figure-text'

const figures = (calls: number, errors: number, p95 = 1): CallFigures => ({
  calls,
  rate: undefined,
  errors,
  p50: undefined,
  p95,
  p99: undefined,
})

test('beside the window before, a call wears the figure that is looked at and what it was, or nothing new', () => {
  const [now, before] = [figures(351, 0.197), figures(340, 0.0474)]
  expect(labelBeside(now, before, 'errors')).toEqual(['19.7 %', 'was 4.74 %'])
  expect(labelBeside(now, before, 'rate')).toEqual(['351', 'was 340'])
  expect(labelBeside(now, before, 'p95')).toEqual(['351', '1.00 s'])
  expect(labelBeside(now, { ...before, errors: undefined, calls: undefined }, 'errors')).toEqual([
    '351',
    '19.7 %',
  ])
})
