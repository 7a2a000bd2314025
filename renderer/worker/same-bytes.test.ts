import { expect, test } from 'vitest'
import type { InputDocument } from './documents'
import { sameAs } from './same-bytes'

/** Files of these contents, and how often each was opened. */
function filesOf(contents: readonly string[]) {
  const opened = contents.map(() => 0)
  const documents = contents.map((content, at): InputDocument => {
    const bytes = new TextEncoder().encode(content)
    async function* pieces() {
      yield await Promise.resolve(bytes.subarray(0, 2))
      yield bytes.subarray(2)
    }
    return {
      name: `file ${at}`,
      totalBytes: bytes.length,
      isFinal: true,
      open: () => Promise.reject(new Error('nobody reads it')),
      bytes: () => {
        opened[at]++
        return Promise.resolve(pieces())
      },
      size: bytes.length,
    }
  })
  return { documents, opened }
}

const large = (last: string): string => 'x'.repeat(5_000) + last

test.each([
  ['small', ['abc', 'abd', 'abc', 'ab'], [undefined, undefined, 'file 0', undefined]],
  ['large', [large('a'), large('b'), large('a'), 'x'], [undefined, undefined, 'file 0', undefined]],
])('%s files with the bytes of another are marked, once each', async (_, contents, expected) => {
  const { documents } = filesOf(contents)
  const marked = await sameAs(documents, new AbortController().signal)
  expect(marked.map((document) => document.sameAs)).toEqual(expected)
})

test('of thousands of small files each is opened once, whether they are the same or not', async () => {
  const { documents, opened } = filesOf(Array.from({ length: 3_000 }, (_, at) => `${at % 10}`))
  const marked = await sameAs(documents, new AbortController().signal)
  expect(marked.filter((document) => document.sameAs === undefined)).toHaveLength(10)
  expect(new Set(opened)).toEqual(new Set([1]))
})
