import { expect, it } from 'vitest'
import { nameList } from './name-list'

it('says the first names and counts the rest', () => {
  expect(nameList([])).toBe('')
  expect(nameList(['a.json', 'b.json', 'c.json'])).toBe('a.json, b.json, c.json')
  expect(nameList(Array.from({ length: 250 }, (_, at) => `${at}.json`))).toBe(
    '0.json, 1.json, 2.json and 247 more',
  )
  expect(nameList(['x'.repeat(9_000)])).toHaveLength(80)
})
