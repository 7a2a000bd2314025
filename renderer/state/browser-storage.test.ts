import { expect, test } from 'vitest'
import { storageOver } from './browser-storage'

function memory(): Storage {
  const texts = new Map<string, string>()
  return {
    length: 0,
    clear: () => texts.clear(),
    key: () => null,
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
    removeItem: (key) => void texts.delete(key),
  }
}

test('what is kept is there for who asks later', () => {
  const storage = memory()
  storageOver(() => storage).set('place', 'start')
  const later = storageOver(() => storage)
  expect(later.get('place')).toBe('start')
  later.remove('place')
  expect(later.get('place')).toBeUndefined()
})

test('where storage is blocked, a text lasts as long as the page', () => {
  const blocked = storageOver(() => {
    throw new DOMException('Access is denied for this document.', 'SecurityError')
  })
  expect(blocked.get('place')).toBeUndefined()
  blocked.set('place', 'start')
  expect(blocked.get('place')).toBe('start')
  blocked.remove('place')
  expect(blocked.get('place')).toBeUndefined()
})

test('where storage is full, the newest text counts, not the one that was kept before', () => {
  const storage = memory()
  storage.setItem('place', 'old')
  storage.setItem = () => {
    throw new DOMException('exceeded the quota', 'QuotaExceededError')
  }
  const full = storageOver(() => storage)
  full.set('place', 'new')
  expect(full.get('place')).toBe('new')
})

test('a mistake in the code is not taken for blocked storage', () => {
  const broken = storageOver(() => {
    throw new TypeError('not a function')
  })
  expect(() => broken.get('place')).toThrow(TypeError)
})
