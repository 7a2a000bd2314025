import { expect, test } from 'vitest'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { type Reduction, reduceRows } from '#shared/derive/reduction'

const trace = traceFromText(`
  a: root        0..100   id=1
    a: left     10..50    id=2
      b: leaf   20..30
      b: twig   30..40
        c: bud  31..32
    a: right    60..90
      b: last   70..80
`)

const left = (...reductions: Reduction[]): string =>
  Array.from(reduceRows(trace, reductions) ?? [], (byte, row) =>
    byte === 1 ? trace.names[trace.spans.name[row]] : '',
  )
    .filter(Boolean)
    .join(' ')

test('nothing taken out needs no mask', () => {
  expect(reduceRows(trace, [])).toBeUndefined()
})

test('a focus leaves a span and what is below it', () => {
  expect(left({ kind: 'focus', span: '0000000000000002' })).toBe('left leaf twig bud')
})

test('a hidden service leaves what it called', () => {
  expect(left({ kind: 'hide-service', service: 'b' })).toBe('root left bud right')
})

test('short spans leave by time and by share of the trace', () => {
  expect(left({ kind: 'drop-short', belowNs: 20e6 })).toBe('root left right')
  expect(left({ kind: 'drop-share', below: 0.35 })).toBe('root left')
})

test('a selected time keeps what runs in it', () => {
  expect(left({ kind: 'select-time', from: 31e6, to: 60e6 })).toBe('root left twig bud right')
})

test('several take out one after the other', () => {
  expect(left({ kind: 'focus', span: '0000000000000002' }, { kind: 'hide-service', service: 'a' })).toBe(
    'leaf twig bud',
  )
})

test('what this trace does not have takes nothing out', () => {
  expect(left({ kind: 'focus', span: '00000000000000ff' }, { kind: 'hide-service', service: 'z' })).toBe(
    'root left leaf twig bud right last',
  )
})
