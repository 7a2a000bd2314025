import { expect, test } from 'vitest'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { countLeft, keepsRow, type Reduction, reduceRows, timeLeft } from '#shared/derive/reduction'

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

test('a missing parent stays while anything below it does, and is counted as no span', () => {
  const orphaned = traceFromText(`
    a: root     0..100  id=1
    ? lost
      b: found  10..20
      c: other  30..70
  `)
  const leftOf = (reduction: Reduction) => {
    const mask = reduceRows(orphaned, [reduction]) ?? new Uint8Array(0)
    return [[...mask].join(''), countLeft(orphaned.spans, mask)]
  }
  expect(leftOf({ kind: 'hide-service', service: 'b' })).toEqual(['1101', 2])
  expect(leftOf({ kind: 'drop-short', belowNs: 80e6 })).toEqual(['1000', 1])
  expect(leftOf({ kind: 'focus', span: '0000000000000001' })).toEqual(['1000', 1])
})

test('one reduction says of one row whether it stays', () => {
  const keeps = keepsRow(trace, { kind: 'focus', span: '0000000000000002' })
  expect([0, 1, 4, 5].map(keeps)).toEqual([false, true, true, false])
})

test('the time left is that of the focused subtree and of the selected time', () => {
  expect(timeLeft(trace, [])).toBeUndefined()
  expect(timeLeft(trace, [{ kind: 'drop-short', belowNs: 1 }])).toBeUndefined()
  const focus: Reduction = { kind: 'focus', span: '0000000000000002' }
  expect(timeLeft(trace, [focus])).toEqual({ from: 10e6, to: 50e6 })
  expect(timeLeft(trace, [focus, { kind: 'select-time', from: 31e6, to: 80e6 }])).toEqual({
    from: 31e6,
    to: 50e6,
  })
  expect(timeLeft(trace, [focus, { kind: 'select-time', from: 60e6, to: 80e6 }])).toEqual({
    from: 10e6,
    to: 50e6,
  })
})
