import { describe, expect, it } from 'vitest'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { namingRow, repairsOf, siblingOf } from './span-facts'

const nameAt = (trace: ReturnType<typeof traceFromText>, row: number): string =>
  row < 0 ? '' : trace.names[trace.spans.name[row]]

describe('facts of a span', () => {
  it('a trace is named by its first root that was recorded, not by one that never arrived', () => {
    const trace = traceFromText(`
? lost
  a: orphan 0..5
b: root 1..9
  b: child 2..3
`)
    expect(nameAt(trace, namingRow(trace))).toBe('root')
    const orphans = traceFromText('? lost\n  a: orphan 0..5')
    expect(nameAt(orphans, namingRow(orphans))).toBe('orphan')
  })

  it('siblings are found in both directions, past what is inside them, and end at the ends', () => {
    const trace = traceFromText(`
a: root 0..10
  a: one 1..2
    a: inside 1..2
  a: two 3..4
  a: three 5..6
`)
    const names = (row: number) =>
      [siblingOf(trace, row, -1), siblingOf(trace, row, 1)].map((at) => nameAt(trace, at))
    expect(names(1)).toEqual(['', 'two'])
    expect(names(3)).toEqual(['one', 'three'])
    expect(names(4)).toEqual(['two', ''])
    expect(names(0)).toEqual(['', ''])
  })

  it('what was mended about a span is said', () => {
    const trace = traceFromText('? lost\n  a: orphan 0..5')
    expect(repairsOf(trace, 1, String)).toEqual(['It names a parent that never arrived.'])
  })
})
