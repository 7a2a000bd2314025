import { expect, it } from 'vitest'
import { completionsAt, placeIn, type ServerNames } from './completion'

it.each<[string, object]>([
  ['', { kind: 'start', from: 0 }],
  ['ra', { kind: 'start', from: 0 }],
  ['{', { kind: 'label', from: 1 }],
  ['{app="x", na', { kind: 'label', from: 10 }],
  ['{app ', { kind: 'comparison', from: 5 }],
  ['{app=', { kind: 'label-value', from: 5, label: 'app' }],
  ['{app=~"or', { kind: 'label-value', from: 6, label: 'app' }],
  ['{app="x"} ', { kind: 'after-selector', from: 10 }],
  ['{app="x"} |= "in a text', { kind: 'none', from: 23 }],
  ['{app="x"} | ', { kind: 'stage', from: 12, query: '{app="x"}' }],
  ['{app="x"} | json | sta', { kind: 'stage', from: 19, query: '{app="x"} | json' }],
  ['{app="x"} | json ', { kind: 'after-selector', from: 17 }],
  ['{app="x"} | level ', { kind: 'comparison', from: 18 }],
  ['{app="x"} | level="er', { kind: 'field-value', from: 18, field: 'level', query: '{app="x"}' }],
  ['sum by (', { kind: 'label', from: 8 }],
  ['sum(', { kind: 'inner', from: 4 }],
  ['{app="x"} # a comment', { kind: 'none', from: 21 }],
])('at the end of %s', (before, place) => {
  expect(placeIn(before)).toEqual(place)
})

const asked: string[] = []
const server: ServerNames = {
  labels: () => Promise.resolve(['app']),
  labelValues: (label) => {
    asked.push(label)
    return Promise.resolve(['it\'s "x"'])
  },
  fields: (query) => {
    asked.push(query)
    return Promise.resolve([{ label: 'took', type: 'duration' }])
  },
  fieldValues: () => Promise.resolve(['5ms']),
}

const labels = async (text: string) =>
  (await completionsAt(text, text.length, server)).items.map(({ label }) => label)

it('names and values are those of the server, quoted as the language wants it', async () => {
  expect(await labels('{')).toEqual(['app'])
  expect(await labels('{app=')).toEqual(['"it\'s \\"x\\""'])
  expect(await labels('{app="x"} | json | to')).toContain('took')
  expect(await labels('{app="x"} | took="')).toEqual(['"5ms"'])
  expect(asked).toEqual(['app', '{app="x"} | json'])
})
