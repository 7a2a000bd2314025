import { expect, test } from 'vitest'
import { type LogBatch, nsTextOf, textOf } from '#shared/logs/batch'
import { mergeBatches } from '#shared/logs/merge'
import { type Order, readAnswer } from '#shared/logs/read-lines'

/** Lines of `ns text`. */
function batchOf(order: Order, ...lines: readonly string[]): LogBatch {
  const values = lines.map((line) => line.split(' '))
  const data = { resultType: 'streams', result: [{ stream: { app: 'a' }, values }] }
  return readAnswer({ data }, order).batch
}

const told = (batch: LogBatch): readonly string[] =>
  Array.from({ length: batch.length }, (_, at) => `${nsTextOf({ batch, at })} ${textOf({ batch, at })}`)

test('lines of several batches come in the order that is asked for', () => {
  const batches = [batchOf('newest', '5000001 b', '5000000 a'), batchOf('newest', '6000000 d', '5000002 c')]
  const oldest = ['5000000 a', '5000001 b', '5000002 c', '6000000 d']
  expect(told(mergeBatches(batches, 'oldest'))).toEqual(oldest)
  expect(told(mergeBatches(batches, 'newest'))).toEqual(oldest.toReversed())
})

test('one batch alone is turned round too', () => {
  const one = batchOf('newest', '5000000 a', '5000001 b')
  expect(told(mergeBatches([one], 'oldest'))).toEqual(['5000000 a', '5000001 b'])
})

test('one batch that is in order is not made anew, unless some of it is left out', () => {
  const one = batchOf('oldest', '5000000 a', '5000000 b', '5000001 c')
  expect(mergeBatches([one], 'oldest')).toBe(one)
  expect(told(mergeBatches([one], 'oldest', (_, at) => at > 0))).toEqual(['5000000 b', '5000001 c'])
})

test('what is of the same instant is turned round with the rest', () => {
  const one = batchOf('newest', '5000001 d', '5000001 c', '5000000 b', '5000000 a')
  expect(told(mergeBatches([one], 'oldest'))).toEqual(['5000000 a', '5000000 b', '5000001 c', '5000001 d'])
})
