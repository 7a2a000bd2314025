import { expect, test } from 'vitest'
import { release } from './release.ts'

test('an array that is released holds nothing any more, nor does another over the same memory', () => {
  const array = new Int32Array(4)
  const part = array.subarray(1, 2)
  release(array, part, undefined)
  expect([array.length, part.length]).toEqual([0, 0])
})

test('shared memory stays', () => {
  const array = new Uint8Array(new SharedArrayBuffer(8))
  release(array)
  expect(array.length).toBe(8)
})
