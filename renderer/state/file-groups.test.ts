import { expect, test } from 'vitest'
import { keptOf } from './file-groups'

const group = (id: number, length: number): [string, readonly string[]] => [
  `g${id}`,
  Array.from({ length }, (_, at) => `f${at}`),
]

test('the twenty groups opened last are kept', () => {
  const groups = new Map(Array.from({ length: 25 }, (_, at) => group(at, 10)))
  expect([...keptOf(groups).keys()]).toEqual([...groups.keys()].slice(0, 20))
})

test('groups go when they hold too many files, but the last one stays whatever its size', () => {
  expect([...keptOf(new Map([group(1, 15_000), group(2, 15_000)])).keys()]).toEqual(['g1'])
  expect([...keptOf(new Map([group(1, 30_000)])).keys()]).toEqual(['g1'])
})
