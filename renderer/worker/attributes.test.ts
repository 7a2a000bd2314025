import { expect, test } from 'vitest'
import { textAt } from '#shared/base/text-list'
import { readerOf } from '../../test/builders/reader-of.ts'
import { drawTrace } from '../../test/builders/trace-from-text.ts'
import { Attributes } from './attributes'
import type { Environment } from './environment'

const spans = Array.from({ length: 5_000 }, (_, at) => `shop: step ${at}..${at + 1} page=${at % 3}`)
const drawn = drawTrace(spans.join('\n'))

/** Every look at the clock takes longer than a slice; `onPause` is told of each pause. */
function attributes(onPause: () => void = () => undefined): Attributes {
  let now = 0
  const environment: Environment = {
    fetch: () => Promise.reject(new Error('not asked for')),
    now: () => (now += 20),
    pause: () => {
      onPause()
      return new Promise((resolve) => setImmediate(resolve))
    },
    allocate: (byteLength) => new ArrayBuffer(byteLength),
    mostBytes: 1e9,
  }
  return new Attributes(drawn.trace, readerOf(drawn), environment)
}

const { signal } = new AbortController()

test('a column is read in slices, once; others push it out', async () => {
  let pauses = 0
  const columns = attributes(() => pauses++)
  const pages = await columns.column('page', signal)
  expect([...pages.counts, textAt(pages.values, 0)]).toEqual([1667, 1667, 1666, '0'])
  expect(pauses).toBeGreaterThan(3)
  expect(await columns.column('page', signal)).toBe(pages)
  for (const key of ['a', 'b', 'c']) await columns.column(key, signal)
  expect(await columns.column('page', signal)).toBe(pages)
  for (const key of ['d', 'e', 'f', 'g']) await columns.column(key, signal)
  expect(await columns.column('page', signal)).not.toBe(pages)
})

test('reading stops when it is no longer wanted, and can be asked for again', async () => {
  const abort = new AbortController()
  let pauses = 0
  const columns = attributes(() => {
    pauses++
    abort.abort()
  })
  await expect(columns.keys(abort.signal)).rejects.toMatchObject({ name: 'AbortError' })
  await expect(columns.column('page', abort.signal)).rejects.toMatchObject({ name: 'AbortError' })
  expect(pauses).toBe(2)
  expect(await columns.keys(signal)).toEqual([
    { key: 'page', spanCount: 5_000 },
    { key: 'service.name', spanCount: 5_000 },
  ])
})
