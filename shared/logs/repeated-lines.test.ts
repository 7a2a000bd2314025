import { expect, it } from 'vitest'
import { textOf } from './batch'
import { emptyList, lineAt, rowOf, withNews, withRest } from './log-list'
import { type FoldedList, foldRepeats } from './repeated-lines'
import { readAnswer } from './read-lines'

/** Lines of one stream, a millisecond apart, newest first; the newest is said first. */
function batchOf(newestMs: number, texts: readonly string[], level = 'info') {
  const values = texts.map((text, at) => [`${newestMs - at}000000`, text, {}])
  return readAnswer(
    { data: { resultType: 'streams', result: [{ stream: { app: 'a', level }, values }] } },
    'newest',
  ).batch
}

const shown = (list: FoldedList): readonly string[] =>
  Array.from({ length: list.length }, (_, row) => `${textOf(lineAt(list, row))}×${list.counts[row]}`)

it('lines that say the same directly after one another are one row, across answers', () => {
  const list = withRest(
    withRest(emptyList('newest'), batchOf(100, ['a', 'b', 'b'])),
    batchOf(97, ['b', 'c', 'b']),
  )
  expect(shown(foldRepeats(list, []))).toEqual(['a×1', 'b×3', 'c×1', 'b×1'])
})

it('levels are told apart', () => {
  const list = withRest(withRest(emptyList('newest'), batchOf(100, ['b'])), batchOf(99, ['b', 'b'], 'error'))
  expect(shown(foldRepeats(list, []))).toEqual(['b×1', 'b×2'])
})

it('one that was opened shows each of its lines, and others stay folded', () => {
  const list = withRest(emptyList('newest'), batchOf(100, ['b', 'b', 'c', 'c', 'b', 'b']))
  const folded = foldRepeats(list, [])
  expect(shown(foldRepeats(list, [lineAt(folded, 0)]))).toEqual(['b×1', 'b×1', 'c×2', 'b×2'])
})

it('lines that came late fall into their place before they are folded', () => {
  const list = withNews(withRest(emptyList('newest'), batchOf(100, ['b', 'b'])), batchOf(105, ['b', 'x']))
  const folded = foldRepeats(list, [])
  expect(shown(folded)).toEqual(['b×1', 'x×1', 'b×2'])
  expect(rowOf(folded, lineAt(folded, 2))).toBe(2)
})
