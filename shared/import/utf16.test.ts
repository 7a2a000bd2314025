import { array, assert, boolean, integer, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { Utf16Reader } from './utf16.ts'

function encode(text: string, isLittle: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2)
  const view = new DataView(bytes.buffer)
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), isLittle)
  return bytes
}

test('any text comes out, in pieces of any size, with half pairs marked', () => {
  assert(
    property(
      string({ unit: 'binary' }),
      boolean(),
      array(integer({ min: 1, max: 9 }), { minLength: 1 }),
      (text, isLittle, sizes) => {
        const bytes = encode(text, isLittle)
        const reader = new Utf16Reader(isLittle)
        const out: Uint8Array[] = []
        for (let at = 0, i = 0; at < bytes.length; at += sizes[i++ % sizes.length])
          out.push(reader.read(bytes.subarray(at, at + sizes[i % sizes.length])))
        out.push(reader.end())
        expect(Buffer.concat(out).toString()).toBe(text.toWellFormed())
      },
    ),
  )
})

test('half a unit at the end is marked', () => {
  const reader = new Utf16Reader(true)
  expect(reader.read(Uint8Array.of(0x41, 0, 0x42))).toEqual(Uint8Array.of(0x41))
  expect(Buffer.from(reader.end()).toString()).toBe('\ufffd')
})
