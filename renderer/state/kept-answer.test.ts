import { expect, test } from 'vitest'
import { keptOf } from './kept-answer'

test('the answer before stays for another window of the same thing, and for nothing else', () => {
  const kept = keptOf('figures', 'prometheus', ['a'])
  expect(kept('rows', { queryKey: ['figures', 'prometheus', ['a'], 1, 2] })).toBe('rows')
  expect(kept('rows', { queryKey: ['figures', 'prometheus', ['b'], 1, 2] })).toBeUndefined()
  expect(kept('rows', { queryKey: ['figures', 'mimir', ['a'], 1, 2] })).toBeUndefined()
  expect(kept('rows', undefined)).toBeUndefined()
})
