import { describe, expect, it } from 'vitest'
import { prettyText, shownPart, valueText } from './value-text'

describe('attribute values as text', () => {
  it('are copied as they are', () => {
    expect(valueText('a b')).toBe('a b')
    expect(valueText(9_007_199_254_740_993n)).toBe('9007199254740993')
    expect(valueText(true)).toBe('true')
    expect(valueText(['a', 1, { b: 2n }])).toBe('["a",1,{"b":"2"}]')
    expect(valueText(Uint8Array.of(0, 255))).toBe('00ff')
  })

  it('stay on their line where they fit', () => {
    expect(prettyText('POST /orders')).toBeUndefined()
    expect(prettyText(503)).toBeUndefined()
    expect(prettyText(['a', 'b'])).toBeUndefined()
  })

  it('open out JSON, also JSON in a string', () => {
    expect(prettyText('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}')
    expect(prettyText({ key: 'x'.repeat(60) })).toBe(`{\n  "key": "${'x'.repeat(60)}"\n}`)
  })

  it('keep texts that only begin like JSON', () => {
    expect(prettyText('{not json}')).toBeUndefined()
    expect(prettyText('[1, 2\nthree')).toBe('[1, 2\nthree')
  })

  it('show several lines and long statements as a block', () => {
    expect(prettyText('a\nb')).toBe('a\nb')
    expect(prettyText('x'.repeat(200))).toBe('x'.repeat(200))
  })
})

const steps = (length: number) => [0, 1, 2, 3].map((asked) => shownPart('x'.repeat(length), asked))

describe('a long text', () => {
  it('is shown in steps, and never more of it than a page bears', () => {
    expect(steps(50_000_000)).toEqual([
      { units: 2_000, hasMore: true },
      { units: 20_000, hasMore: true },
      { units: 200_000, hasMore: false },
      { units: 200_000, hasMore: false },
    ])
  })

  it('is shown to its end where the page bears it', () => {
    expect(steps(2_001).slice(0, 2)).toEqual([
      { units: 2_000, hasMore: true },
      { units: 2_001, hasMore: false },
    ])
  })
})
