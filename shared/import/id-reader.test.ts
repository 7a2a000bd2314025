import { assert, constantFrom, property, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { bytesOfBase64, IdReader } from './id-reader.ts'

const hex = (...words: number[]): string => words.map((word) => word.toString(16).padStart(8, '0')).join('')

function spanId(text: string, reader = new IdReader()): string {
  const bytes = new TextEncoder().encode(text)
  reader.readSpanId(bytes, 0, bytes.length)
  return hex(reader.w2, reader.w3)
}

function traceId(text: string, reader = new IdReader()): string {
  const bytes = new TextEncoder().encode(text)
  reader.readTraceId(bytes, 0, bytes.length)
  return hex(reader.w0, reader.w1, reader.w2, reader.w3)
}

test.each([
  ['00f067aa0ba902b7', '00f067aa0ba902b7'],
  ['00F067AA0BA902B7', '00f067aa0ba902b7'],
  ['f067aa0ba902b7', '00f067aa0ba902b7'],
  ['0x00f067aa0ba902b7', '00f067aa0ba902b7'],
  ['0000000000000000000000f067aa0ba902b7', '00f067aa0ba902b7'],
  ['APBnqgupArc=', '00f067aa0ba902b7'],
  ['AAAAAAAAAHs=', '000000000000007b'],
  ['ffffffffffffffff', 'ffffffffffffffff'],
  ['//////////8=', 'ffffffffffffffff'],
  ['__________8', 'ffffffffffffffff'],
  ['', '0000000000000000'],
  ['0', '0000000000000000'],
  [' 7b ', '000000000000007b'],
])('span id %s is %s', (text, id) => {
  expect(spanId(text)).toBe(id)
})

test.each([
  ['0af7651916cd43dd8448eb211c80319c', '0af7651916cd43dd8448eb211c80319c'],
  ['af7651916cd43dd8448eb211c80319c', '0af7651916cd43dd8448eb211c80319c'],
  ['8448eb211c80319c', '00000000000000008448eb211c80319c'],
  ['CvdlGRbNQ92ESOshHIAxnA==', '0af7651916cd43dd8448eb211c80319c'],
  ['CvdlGRbNQ92ESOshHIAxnA', '0af7651916cd43dd8448eb211c80319c'],
  ['0af76519-16cd-43dd-8448-eb211c80319c', '0af7651916cd43dd8448eb211c80319c'],
])('trace id %s is %s', (text, id) => {
  expect(traceId(text)).toBe(id)
})

test('text that is no id becomes one, the same every time, and is told', () => {
  const reader = new IdReader()
  expect(reader.sawOdd).toBe(false)
  const made = spanId('checkout-span-1', reader)
  expect(made).toMatch(/^[0-9a-f]{16}$/)
  expect(made).not.toBe('0'.repeat(16))
  expect(reader.sawOdd).toBe(true)
  expect(spanId('checkout-span-1')).toBe(made)
  expect(spanId('checkout-span-2')).not.toBe(made)
})

test('eleven hex digits are base64 in a document that writes base64', () => {
  const reader = new IdReader()
  expect(spanId('abcdefabcde', reader)).toBe('00000abcdefabcde')
  spanId('AAAAAAAAAHs=', reader)
  expect(spanId('abcdefabcde', reader)).toBe(Buffer.from('abcdefabcde', 'base64').toString('hex'))
})

test('raw ids of every length are read', () => {
  const reader = new IdReader()
  const raw = (length: number): string => {
    reader.readRaw(
      Uint8Array.from({ length }, (_, index) => index + 1),
      0,
      length,
      8,
    )
    return hex(reader.w2, reader.w3)
  }
  expect([raw(8), raw(3), raw(0)]).toEqual(['0102030405060708', '0000000000010203', '0'.repeat(16)])
  expect(raw(9)).toMatch(/^[0-9a-f]{16}$/)
})

test('base64 decodes as Buffer does it', () => {
  assert(
    property(uint8Array({ maxLength: 20 }), constantFrom('base64', 'base64url'), (bytes, alphabet) => {
      expect(bytesOfBase64(Buffer.from(bytes).toString(alphabet as BufferEncoding))).toEqual(bytes)
    }),
  )
  expect(bytesOfBase64('a$b=')).toBeUndefined()
  expect(bytesOfBase64('abcde')).toBeUndefined()
})
