import { describe, expect, it } from 'vitest'
import { extraOf, labelsOf, levelOf, nsTextOf, sliceBatch, textOf, type LogBatch } from './batch'
import { mergeBatches } from './merge'
import { LinesError, readAnswer } from './read-lines'

const answer = (result: unknown): unknown => ({ status: 'success', data: { resultType: 'streams', result } })
const linesOf = (batch: LogBatch): readonly string[] =>
  Array.from({ length: batch.length }, (_, at) => `${nsTextOf({ batch, at })} ${textOf({ batch, at })}`)

const two = answer([
  {
    stream: { app: 'b' },
    values: [
      ['1700000000000000002', 'b2'],
      ['1700000000000000001', 'b1'],
      ['1700000000000000001', 'b1 again'],
    ],
  },
  {
    stream: { app: 'a' },
    values: [
      ['1700000000001000000', 'a3'],
      ['1700000000000000001', 'a1'],
    ],
  },
])

describe('lines of several streams', () => {
  it('become one list by time, then stream, then their order in it', () => {
    expect(linesOf(readAnswer(two, 'newest').batch)).toEqual([
      '1700000000001000000 a3',
      '1700000000000000002 b2',
      '1700000000000000001 a1',
      '1700000000000000001 b1',
      '1700000000000000001 b1 again',
    ])
    expect(linesOf(readAnswer(two, 'oldest').batch).map((line) => line.slice(20))).toEqual([
      'a1',
      'b1',
      'b1 again',
      'b2',
      'a3',
    ])
  })

  it('keep labels, metadata and parsed fields apart, where the server does', () => {
    const { batch } = readAnswer(
      answer([
        {
          stream: { app: 'a' },
          values: [
            ['2', 'x', { structuredMetadata: { trace_id: '4b' }, parsed: { took: '5ms' } }],
            ['1', 'y', {}],
          ],
        },
      ]),
      'newest',
    )
    const [x, y] = [
      { batch, at: 0 },
      { batch, at: 1 },
    ]
    expect([labelsOf(x), extraOf(x), extraOf(y)]).toEqual([
      { app: 'a' },
      { metadata: { trace_id: '4b' }, parsed: { took: '5ms' } },
      { metadata: {}, parsed: {} },
    ])
  })

  it('can be cut and put together again', () => {
    const { batch } = readAnswer(two, 'newest')
    const parts = [sliceBatch(batch, 3, 5), sliceBatch(batch, 0, 3)]
    expect(linesOf(parts[0])).toEqual(linesOf(batch).slice(3))
    expect(linesOf(mergeBatches(parts, 'newest'))).toEqual(linesOf(batch))
  })
})

it('entries that are none are left out and counted', () => {
  const read = readAnswer(
    answer([{ stream: { n: 7 }, values: [['x', 'y'], ['5', 6], 'z', null, ['5', 'good']] }, 'stream', null]),
    'newest',
  )
  expect(linesOf(read.batch)).toEqual(['0000005 good'])
  expect(read.unread).toBe(4)
})

it.each([null, 7, {}, { data: { resultType: 'matrix', result: [] } }])(
  '%j is no answer of lines',
  (value) => {
    expect(() => readAnswer(value, 'newest')).toThrow(LinesError)
  },
)

it.each([
  [{ detected_level: 'warn' }, 'ERROR in the words', 'warn'],
  [{ severity_text: 'ERROR2' }, '', 'error'],
  [{ detected_level: 'unknown', level: 'CRITICAL' }, '', 'fatal'],
  [{}, '{"msg":"x","level":"err"}', 'error'],
  [{}, 'ts=1 level=dbg msg="x"', 'debug'],
  [{}, '2026-01-01 12:00:00 [WARNING] disk', 'warn'],
  [{}, '[error] x', 'error'],
  [{}, 'no error was seen', 'unknown'],
])('the level of a line with %j that says %s is %s', (labels, line, level) => {
  const { batch } = readAnswer(answer([{ stream: labels, values: [['1', line]] }]), 'newest')
  expect(levelOf({ batch, at: 0 })).toBe(level)
})
