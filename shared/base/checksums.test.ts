/** Against what others compute: Python’s zlib, and `xxhsum`. */
import { expect, test } from 'vitest'
import { crc32 } from './crc32.ts'
import { Xxh64 } from './xxh64.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** `text`, in pieces of that many bytes. */
function* pieces(text: string, size: number): Generator<Uint8Array> {
  const bytes = bytesOf(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

test.each([
  ['', 0],
  ['123456789', 0xcbf43926],
  ['The quick brown fox jumps over the lazy dog', 0x414fa339],
])('CRC-32 of “%s”', (text, wanted) => {
  for (const size of [1, 4, 100]) {
    let sum = 0
    for (const piece of pieces(text, size)) sum = crc32(piece, sum)
    expect(sum).toBe(wanted)
  }
})

test.each([
  ['', 'ef46db3751d8e999'],
  ['a', 'd24ec4f1a98c6e5b'],
  ['abc', '44bc2cf5ad770999'],
  ['The quick brown fox jumps over the lazy dog', '0b242d361fda71bc'],
])('XXH64 of “%s”', (text, wanted) => {
  for (const size of [1, 7, 32, 100]) {
    const hash = new Xxh64()
    for (const piece of pieces(text, size)) hash.push(piece)
    const { high, low } = hash.digest()
    expect([high, low].map((half) => half.toString(16).padStart(8, '0')).join('')).toBe(wanted)
  }
})
