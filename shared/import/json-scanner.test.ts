import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { findQuote } from './json-scanner.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c

test('the next quote or backslash is found wherever it stands, whatever lies beside it', () => {
  // Bytes one off from those looked for, and those with the highest bit, are what reading four at a time could take for them.
  const byte = fc.oneof(
    fc.constantFrom(QUOTE, BACKSLASH, 0x21, 0x23, 0x5b, 0x5d, 0xa2, 0xdc, 0x00, 0x01, 0xff),
    fc.nat(255),
  )
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 40 }), fc.nat(8), fc.nat(8), (content, before, behind) => {
      const whole = Uint8Array.from([
        ...Array<number>(before).fill(QUOTE),
        ...content,
        ...Array<number>(behind).fill(QUOTE),
      ])
      const end = before + content.length
      const view = new DataView(whole.buffer)
      const expected = content.findIndex((each) => each === QUOTE || each === BACKSLASH)
      expect(findQuote(whole, view, before, end)).toBe(expected < 0 ? end : before + expected)
    }),
    { numRuns: 2_000 },
  )
})
