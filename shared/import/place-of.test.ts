import { expect, test } from 'vitest'
import { encodeUtf8 } from '#shared/base/byte-text'
import { ByteStore, DOCUMENT_SPACE } from '#shared/trace/byte-store'
import { placeOf } from './place-of.ts'

const store = new ByteStore()
store.append(encodeUtf8('{"a":1}'), 0)
for (const piece of ['{}\n', '{}\n', '{"b":', '2}\n']) store.append(encodeUtf8(piece), 1)
store.append(encodeUtf8(`\n${'x'.repeat(300_000)}`), 2)

test.each([
  ['byte 3', 3],
  ['line 2', DOCUMENT_SPACE + 3],
  ['line 3', DOCUMENT_SPACE + 9],
])('a place is named by its line where there are several: %s', (words, address) => {
  expect(placeOf(store, address, true)).toBe(words)
})

test('bytes name places in binary documents, and in lines that are as long as documents', () => {
  expect(placeOf(store, DOCUMENT_SPACE + 9, false)).toBe('byte 9')
  expect(placeOf(store, 2 * DOCUMENT_SPACE + 300_000, true)).toMatch(/^byte 300\D000$/)
})
