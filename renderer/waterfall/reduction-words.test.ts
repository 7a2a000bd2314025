import { describe, expect, it } from 'vitest'
import type { Reduction } from '#shared/derive/reduction'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { formatShortest, parseShortest, wordsOf } from './reduction-words'

const trace = traceFromText(`
a: GET /cart  0..200  id=1
  b: load     10..50
`)
const said = (reduction: Reduction): string => {
  const { done, what } = wordsOf(trace, reduction)
  return `${done} ${what}`
}

describe('reductions in words', () => {
  it('say what was done to what', () => {
    expect(said({ kind: 'focus', span: '0000000000000001' })).toBe('Focus GET /cart')
    expect(said({ kind: 'focus', span: '00000000000000ff' })).toBe('Focus a span that is not here')
    expect(said({ kind: 'hide-service', service: 'b' })).toBe('Hidden b')
    expect(said({ kind: 'drop-short', belowNs: 1.5e6 })).toBe('Dropped under 1.50 ms')
    expect(said({ kind: 'drop-share', below: 0.005 })).toBe('Dropped under 0.5 % (1.00 ms)')
    expect(said({ kind: 'select-time', from: 5e6, to: 2e9 })).toBe('Only 5.00 ms – 2.00 s')
  })

  it('read the shortest span to keep as a duration or as a share', () => {
    expect(parseShortest('10ms')).toEqual({ kind: 'drop-short', belowNs: 1e7 })
    expect(parseShortest(' 0.5 % ')).toEqual({ kind: 'drop-share', below: 0.005 })
    for (const text of ['', '10', '0', '0 %', '120 %', 'soon', '-3ms'])
      expect(parseShortest(text)).toBeUndefined()
  })

  it('write it so that it reads the same', () => {
    for (const text of ['10.0 ms', '0.5 %', '700 µs']) {
      const reduction = parseShortest(text)
      expect(reduction && formatShortest(reduction)).toBe(text)
    }
  })
})
