import { expect, test } from 'vitest'
import { matchItems, type PaletteItem } from './palette-items'

const item = (title: string, more: Partial<PaletteItem> = {}): PaletteItem => ({
  id: title,
  group: 'Commands',
  icon: 'cmd',
  title,
  run: () => undefined,
  ...more,
})

const items = [
  item('Open a file', { words: 'drop trace json' }),
  item('Dark theme'),
  item('Add a connection', { note: 'Jaeger, Tempo, Zipkin' }),
  item('payment-service', { group: 'Services' }),
  item('Open trace 4be1…', { group: 'Traces', isAnswer: true }),
]

const titles = (text: string, only?: PaletteItem['group']) =>
  matchItems(items, text, only).map(({ group, items }) => [group, ...items.map(({ title }) => title)])

test('groups keep their order whatever matches best', () => {
  expect(titles('')).toEqual([
    ['Traces', 'Open trace 4be1…'],
    ['Services', 'payment-service'],
    ['Commands', 'Open a file', 'Dark theme', 'Add a connection'],
  ])
})

test('every word must occur, in the title, the note or the other words', () => {
  expect(titles('add tempo', 'Commands')).toEqual([['Commands', 'Add a connection']])
  expect(titles('json open', 'Commands')).toEqual([['Commands', 'Open a file']])
  expect(titles('add loki', 'Commands')).toEqual([])
})

test('an item that answers the text is shown whatever the text', () => {
  expect(titles('zzz')).toEqual([['Traces', 'Open trace 4be1…']])
})

test('text with signs of a pattern is only text', () => {
  expect(titles('(*', 'Commands')).toEqual([])
})

test('a long group is cut and the rest counted', () => {
  const many = Array.from({ length: 20 }, (_, at) => item(`service-${at}`, { group: 'Services' }))
  expect(matchItems(many, 'service', undefined)).toMatchObject([{ group: 'Services', hidden: 13 }])
  expect(matchItems(many, 'service', 'Services')).toMatchObject([{ group: 'Services', hidden: 0 }])
})
