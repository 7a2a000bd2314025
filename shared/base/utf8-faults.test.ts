import { expect, test } from 'vitest'
import { Utf8Faults } from './utf8-faults.ts'

/** Faults in bytes that come in pieces of a size. */
function faultsIn(bytes: readonly number[], size: number): number[] {
  const faults = new Utf8Faults()
  const found: number[] = []
  for (let from = 0; from < bytes.length; from += size)
    faults.take(Uint8Array.from(bytes.slice(from, from + size)), (at) => found.push(from + at))
  return found
}

const text = [...new TextEncoder().encode('naïve 日本 😀')]

test.each([1, 2, 3, 100])(
  'what is UTF-8 has no fault, what is not has one where it stands (pieces of %i)',
  (size) => {
    expect(faultsIn(text, size)).toEqual([])
    // A letter of Latin-1; one that is longer than needed; half of a pair; beyond Unicode; a continuation alone.
    for (const bad of [[0xef], [0xc0], [0xf5], [0x80], [0xff]])
      expect(faultsIn([...text, ...bad, 0x41], size)).toHaveLength(1)
    expect(faultsIn([0x41, 0xed, 0xa0, 0x41], size).length).toBeGreaterThan(0)
    expect(faultsIn([0x61, 0xe9, 0x62], size)).toEqual([1])
  },
)

test('long stretches of ASCII hide none, wherever they begin and end', () => {
  for (let before = 0; before < 9; before++)
    for (let after = 0; after < 9; after++) {
      const bytes = [...Array<number>(before).fill(0x61), 0xff, ...Array<number>(after).fill(0x62)]
      expect(faultsIn(bytes, 100)).toEqual([before])
      // Of a view that begins anywhere in its buffer.
      const found: number[] = []
      new Utf8Faults().take(Uint8Array.from([0, ...bytes]).subarray(1), (at) => found.push(at))
      expect(found).toEqual([before])
    }
})
