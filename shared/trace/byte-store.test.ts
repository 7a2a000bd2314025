import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ByteStore, DOCUMENT_SPACE } from './byte-store.ts'

test('what was appended in any pieces, to several documents in turn, is found again', () => {
  const size = fc.oneof(fc.nat(20), fc.integer({ min: 4_000, max: 4_200 }), fc.constant(70_000))
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(2), size), { maxLength: 30 }), fc.nat(), (pieces, seed) => {
      const store = new ByteStore()
      const whole: Buffer[] = [Buffer.of(), Buffer.of(), Buffer.of()]
      let next = seed
      for (const [document, length] of pieces) {
        const chunk = new Uint8Array(length)
        for (let at = 0; at < length; at++) chunk[at] = next = (next * 31 + 7) % 251
        expect(store.append(chunk, document)).toBe(document * DOCUMENT_SPACE + whole[document].length)
        whole[document] = Buffer.concat([whole[document], chunk])
      }
      expect(store.length).toBe(whole.reduce((sum, bytes) => sum + bytes.length, 0))
      for (const [document, bytes] of whole.entries()) {
        expect(store.documentLength(document)).toBe(bytes.length)
        for (let i = 0; i < 5 && bytes.length > 0; i++) {
          const from = (seed * (i + 1) * 7_919) % bytes.length
          const to = Math.min(bytes.length, from + ((seed * (i + 3)) % 9_000))
          const base = document * DOCUMENT_SPACE
          expect(Buffer.compare(store.slice(base + from, base + to), bytes.subarray(from, to))).toBe(0)
        }
      }
    }),
    { numRuns: 40 },
  )
})

test('a large chunk is kept as it is, and looked at without a copy', () => {
  const store = new ByteStore()
  const chunk = new Uint8Array(10_000)
  store.append(chunk)
  expect(store.window(5, 9_000)).toBe(chunk)
  expect(store.slice(5, 9_000).buffer).toBe(chunk.buffer)
})

test('bytes that are not there are refused', () => {
  const store = new ByteStore()
  store.append(new Uint8Array(10))
  expect(() => store.slice(5, 11)).toThrow('no bytes are kept at 5..11')
  expect(() => store.slice(DOCUMENT_SPACE, DOCUMENT_SPACE + 1)).toThrow(RangeError)
})
