import { expect, test } from 'vitest'
import { JaegerTag } from './jaeger-tag.ts'
import { JsonScanner } from './json-scanner.ts'

/** What is read of a text at its beginning: key, value and what follows; undefined where it is not written plainly. */
function read(text: string): readonly string[] | undefined {
  const bytes = new TextEncoder().encode(text)
  const scanner = new JsonScanner()
  scanner.reset(bytes, 0, bytes.length, 0)
  const tag = new JaegerTag()
  if (!tag.readPlain(scanner)) {
    expect(scanner.pos).toBe(0)
    return undefined
  }
  const part = (from: number, to?: number) => new TextDecoder().decode(bytes.subarray(from, to))
  return [part(tag.keyStart, tag.keyEnd), part(tag.valueStart, tag.valueEnd), part(scanner.pos)]
}

test('a tag as Jaeger writes it is read', () => {
  expect(read('{"key":"http.method","type":"string","value":"GET"},{')).toEqual(['http.method', 'GET', ',{'])
  expect(read('{"key":"k","type":"int64","value":-12}]')).toEqual(['k', '-12', ']'])
  expect(read('{"key":"k","type":"float64","value":1.5E+3}]')).toEqual(['k', '1.5E+3', ']'])
  expect(read('{"key":"k","type":"bool","value":true}]')).toEqual(['k', 'true', ']'])
  expect(read('{"key":"","type":"","value":""}]')).toEqual(['', '', ']'])
  expect(read('{"key":"ключ","type":"string","value":"значение"}]')).toEqual(['ключ', 'значение', ']'])
})

test.each([
  ['another order', '{"type":"string","key":"k","value":"v"}]'],
  ['no type', '{"key":"k","value":"v"}]'],
  ['more keys', '{"key":"k","type":"string","value":"v","x":1}]'],
  ['white space', '{"key": "k","type":"string","value":"v"}]'],
  ['an escape in the key', '{"key":"k\\n","type":"string","value":"v"}]'],
  ['an escape in the value', '{"key":"k","type":"string","value":"v\\""}]'],
  ['an object for a value', '{"key":"k","type":"string","value":{}}]'],
  ['a value of other letters', '{"key":"k","type":"string","value":#}]'],
  ['no value', '{"key":"k","type":"string","value":}]'],
])('a tag with %s is left to be read key by key', (_, text) => {
  expect(read(text)).toBeUndefined()
})

test('a tag of which any part is missing at the end is left for when there is more', () => {
  const whole = '{"key":"http.method","type":"string","value":"GET"}'
  for (let length = 0; length < whole.length; length++) expect(read(whole.slice(0, length))).toBeUndefined()
  expect(read(whole)).toEqual(['http.method', 'GET', ''])
})
