import { assert, jsonValue, property } from 'fast-check'
import { expect, test } from 'vitest'
import { indentJson, type JsonValue, readJsonValue } from './json-value.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (text: string): JsonValue => {
  const bytes = encode(`${text} `)
  return readJsonValue(bytes, 0, bytes.length)
}

/** What JSON.parse makes, with undefined for null, and bigints for whole numbers that it rounds. */
function withoutNull(value: unknown): unknown {
  if (value === null) return undefined
  if (typeof value === 'number') {
    return /^-?\d+$/.test(String(value)) && !Number.isSafeInteger(value) ? BigInt(String(value)) : value
  }
  if (Array.isArray(value)) return value.map(withoutNull)
  if (typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutNull(inner)]))
}

test('values are those of JSON.parse, also when indented or escaped', () => {
  assert(
    property(jsonValue({ stringUnit: 'binary' }), (value) => {
      const text = JSON.stringify(value)
      const expected = withoutNull(JSON.parse(text))
      expect(read(text)).toEqual(expected)
      expect(read(JSON.stringify(value, undefined, 2))).toEqual(expected)
      const ascii = text.replace(
        /[^\0-\x7f]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )
      expect(read(ascii)).toEqual(expected)
    }),
    { numRuns: 500 },
  )
})

test('whole numbers that a double cannot hold are bigints', () => {
  expect(read('[9007199254740993, -9007199254740993, 9007199254740991, 1e20]')).toEqual([
    9_007_199_254_740_993n,
    -9_007_199_254_740_993n,
    9_007_199_254_740_991,
    1e20,
  ])
})

test('a key called __proto__ is a key', () => {
  expect(Object.entries(read('{"__proto__":{"a":1}}') as object)).toEqual([['__proto__', { a: 1 }]])
})

test('what is broken ends there', () => {
  expect(read('{"a":1,"b":[2,{"c":nope},3],"d" 4}')).toEqual({ a: 1, b: [2, { c: 'nope' }, 3] })
  expect(read(String.raw`"\q\u12x"`)).toBe(String.raw`\q\u12x`)
  expect(read(String.raw`"\ud800"`)).toBe('\ufffd')
})

test('indented text is what JSON.stringify makes of it', () => {
  assert(
    property(jsonValue({ stringUnit: 'binary' }), (value) => {
      const bytes = encode(JSON.stringify(value))
      expect(indentJson(bytes, 0, bytes.length)).toBe(JSON.stringify(value, undefined, 2))
    }),
  )
})

test('indented text keeps what is written, and says what it leaves out', () => {
  const bytes = encode('{ "big": 9007199254740993,\n"text": "\\u00e9" , "none":{ },"x":1.50 }')
  expect(indentJson(bytes, 0, bytes.length)).toBe(
    '{\n  "big": 9007199254740993,\n  "text": "\\u00e9",\n  "none": {},\n  "x": 1.50\n}',
  )
  const long = encode(`["${'x'.repeat(2_000_000)}"]`)
  expect(indentJson(long, 0, long.length)).toMatch(/… and 951\u202f428 bytes more$/)
})
