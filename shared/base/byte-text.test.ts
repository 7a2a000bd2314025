import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeUtf8, encodeUtf8, TextMatcher, textOf } from './byte-text.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 40 })

test('text encodes and decodes as TextEncoder and TextDecoder do it', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const bytes = encodeUtf8(text)
      expect([...bytes]).toEqual([...new TextEncoder().encode(text)])
      expect(textOf({ bytes, start: 0, end: bytes.length })).toBe(
        new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
      )
    }),
  )
})

test('bytes that are not UTF-8 become replacement characters, and the text around them stays', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (middle) => {
      const text = decodeUtf8(Uint8Array.of(0x61, ...middle, 0x62), 0, middle.length + 2)
      expect(text.startsWith('a')).toBe(true)
      expect(text.endsWith('b')).toBe(true)
      expect(text.isWellFormed()).toBe(true)
    }),
  )
})

test('long text decodes without overflowing the stack', () => {
  const bytes = new Uint8Array(1_000_000).fill(0x78)
  expect(decodeUtf8(bytes, 0, bytes.length)).toHaveLength(1_000_000)
})

const fold = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

test('a matcher finds what includes finds, letters in either case', () => {
  const few = fc.string({ unit: fc.constantFrom('a', 'A', 'b', 'B', '-', 'é'), maxLength: 12 })
  fc.assert(
    fc.property(few, few, fc.nat(3), (hay, needle, before) => {
      const bytes = encodeUtf8('x'.repeat(before) + hay)
      expect(new TextMatcher(needle).isIn(bytes, before, bytes.length)).toBe(fold(hay).includes(fold(needle)))
      expect(new TextMatcher(needle).is(bytes, before, bytes.length)).toBe(fold(hay) === fold(needle))
    }),
    { numRuns: 500 },
  )
})

test('a needle longer than 255 bytes is found', () => {
  const needle = `${'ab'.repeat(300)}c`
  const bytes = encodeUtf8(`${'ab'.repeat(1_000)}c`)
  expect(new TextMatcher(needle).indexIn(bytes, 0, bytes.length)).toBe(bytes.length - needle.length)
})
