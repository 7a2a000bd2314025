import { expect, test } from 'vitest'
import { readerOf } from '../../test/builders/reader-of.ts'
import { drawTrace } from '../../test/builders/trace-from-text.ts'
import { decodeUtf8 } from '#shared/base/byte-text'
import { textAt } from '#shared/base/text-list'
import {
  type AttributeColumn,
  ColumnReading,
  KeysReading,
  type TextIndex,
} from '#shared/derive/attribute-column'

/** The plainest index of texts. */
function plainIndex(): TextIndex {
  const texts: string[] = []
  const addString = (text: string): number => {
    const index = texts.indexOf(text)
    return index >= 0 ? index : texts.push(text) - 1
  }
  return { texts, addString, add: (bytes, start, end) => addString(decodeUtf8(bytes, start, end)) }
}

const drawn = drawTrace(`
edge: POST /checkout     0..100  server http.method=POST retried=true note="50% (off)"
  cart: load            10..20   client http.method=GET
  cart#pod-7: save      20..30   client http.method=GET service.instance.id=own @25:http.method
  ? lost
    cart#pod-7: mail    40..50   consumer http.method.kind=odd
`)

function columnOf(key: string, rowsAtOnce: number): AttributeColumn {
  const reading = new ColumnReading(drawn.trace, key, readerOf(drawn), plainIndex())
  while (!reading.finished) reading.advance(rowsAtOnce)
  return reading.column()
}

/** Each row's value, read in slices of one row. */
function valuesOf(key: string): readonly string[] {
  const { valueOf, values } = columnOf(key, 1)
  return Array.from(valueOf, (value) => (value < 0 ? '–' : textAt(values, value)))
}

test('a row has what its span says, then what its resource says, and a missing row nothing', () => {
  expect(valuesOf('http.method')).toEqual(['POST', 'GET', 'GET', '–', '–'])
  expect(valuesOf('service.instance.id')).toEqual(['–', '–', 'own', '–', 'pod-7'])
  expect(valuesOf('service.name')).toEqual(['edge', 'cart', 'cart', '–', 'cart'])
  expect(valuesOf('retried')).toEqual(['true', '–', '–', '–', '–'])
  expect(valuesOf('note')).toEqual(['50% (off)', '–', '–', '–', '–'])
  expect(valuesOf('HTTP.method')).toEqual(['–', '–', '–', '–', '–'])
})

test('values stand in order of how many spans say them, and those that nobody says are left out', () => {
  const methods = columnOf('http.method', 100)
  expect([...methods.counts]).toEqual([2, 1])
  expect([textAt(methods.values, 0), textAt(methods.values, 1), methods.values.length]).toEqual([
    'GET',
    'POST',
    2,
  ])
  expect(columnOf('nothing', 100).values.length).toBe(0)
})

const list = (key: string): string =>
  `{"key":"${key}","value":{"arrayValue":{"values":[{"stringValue":"a"},{"intValue":"2"}]}}}`

test('the elements of a list are one value', () => {
  const { trace, store } = drawTrace('shop: buy 0..10')
  const bytes = new TextEncoder().encode(`{"attributes":[${list('tags')},${list('others')}]}`)
  trace.spans.byteStart[0] = store.append(bytes)
  trace.spans.byteEnd[0] = trace.spans.byteStart[0] + bytes.length
  const reading = new ColumnReading(trace, 'tags', readerOf({ trace, store }), plainIndex())
  reading.advance(1)
  const { values, counts } = reading.column()
  expect([textAt(values, 0), values.length, ...counts]).toEqual(['a, 2', 1, 1])
})

test('keys are counted once a span, those of resources for all their spans', () => {
  const reading = new KeysReading(drawn.trace, readerOf(drawn), plainIndex())
  while (!reading.finished) reading.advance(2)
  const keys = (most: number) => reading.keys(most).map(({ key, spanCount }) => `${key} ${spanCount}`)
  expect(keys(100)).toEqual([
    'service.name 4',
    'http.method 3',
    'service.instance.id 2',
    'http.method.kind 1',
    'note 1',
    'retried 1',
  ])
  expect(keys(1)).toEqual(['service.name 4'])
})
