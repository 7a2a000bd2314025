import { expect, test } from 'vitest'
import { fileIdOf, surplus } from './file-store'

const file = { name: 'orders.json', size: 6_100_000, lastModified: 1_793_000_000_000 }

test('the same file has the same id, a changed one another', () => {
  expect(fileIdOf(file)).toBe(fileIdOf({ ...file }))
  expect(fileIdOf({ ...file, lastModified: file.lastModified + 1 })).not.toBe(fileIdOf(file))
  expect(fileIdOf({ ...file, size: file.size + 1 })).not.toBe(fileIdOf(file))
  expect(fileIdOf(file)).toMatch(/^f[0-9a-f]{16}$/)
})

const stored = (openedMs: number, sizeBytes: number) => ({
  id: `f${openedMs}`,
  name: 'x',
  sizeBytes,
  openedMs,
})

test('of more than a thousand files the longest unopened go', () => {
  const files = Array.from({ length: 1_002 }, (_, at) => stored(at, 1))
  expect(surplus(files)).toEqual(['f1', 'f0'])
})

test('files go when there are too many bytes, but the last opened stays whatever its size', () => {
  expect(surplus([stored(1, 10), stored(2, 5_000_000_000)])).toEqual(['f1'])
  expect(surplus([stored(1, 5_000_000_000), stored(2, 10)])).toEqual(['f1'])
})
