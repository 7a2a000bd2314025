import { expect, test } from 'vitest'
import { joinTexts, type LogBatch } from '#shared/logs/batch'
import { linesFound } from './lines-found'

function batchOf(texts: readonly string[]): LogBatch {
  const { all, ends } = joinTexts(texts)
  const length = texts.length
  return {
    length,
    ms: new Float64Array(length),
    subMs: new Int32Array(length),
    stream: new Int32Array(length),
    streams: [{}],
    level: new Uint8Array(length),
    text: all,
    textEnd: Uint32Array.from(ends),
    extra: '',
    extraEnd: new Uint32Array(length),
  }
}

const batch = batchOf(['waiting for the pool', 'Gave up waiting', 'up and away', 'gave nothing'])

test('lines that hold every word are found, whatever their case; words in quotes stand together', () => {
  expect(linesFound(batch, 'gave up')).toEqual([1])
  expect(linesFound(batch, 'waiting')).toEqual([0, 1])
  expect(linesFound(batch, '"up waiting"')).toEqual([1])
  expect(linesFound(batch, '"up gave"')).toEqual([])
})

test('what asks about spans finds no line, and neither does nothing', () => {
  expect(linesFound(batch, 'service:pay')).toEqual([])
  expect(linesFound(batch, 'gave duration>1s')).toEqual([])
  expect(linesFound(batch, '-gave')).toEqual([])
  expect(linesFound(batch, '')).toEqual([])
  expect(linesFound(batch, '(')).toEqual([])
})
