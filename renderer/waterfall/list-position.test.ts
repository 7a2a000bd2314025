import { describe, expect, it } from 'vitest'
import { foldedNodes } from '#shared/derive/folding'
import { wholeTree } from '#shared/derive/row-tree'
import { shownNodes } from '#shared/derive/visible-rows'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { anchorAt, scrollToIndex, topOf } from './list-position'

const listAt = (scrollTop: number, clientHeight = 24 * 6) => ({ scrollTop, clientHeight }) as HTMLElement

const { spans } = traceFromText(`
a: root 0..10
  a: one 1..2
    a: two 1..2
  a: three 3..4
  a: four 5..6
`)
const tree = wholeTree(spans)
const all = shownNodes(tree, undefined, undefined)

describe('position in the list', () => {
  it('scrolls as little as needed', () => {
    const list = listAt(240)
    scrollToIndex(list, 12, 'nearest')
    expect(list.scrollTop).toBe(240)
    scrollToIndex(list, 15, 'nearest')
    expect(list.scrollTop).toBe(264)
    scrollToIndex(list, 3, 'nearest')
    expect(list.scrollTop).toBe(72)
  })

  it('puts a row that was out of view in the middle', () => {
    const list = listAt(0)
    scrollToIndex(list, 100, 'center')
    expect(list.scrollTop).toBe(2400 - 48)
  })

  it('keeps the top row where it is when rows come or go above it', () => {
    const anchor = anchorAt(24 * 3 + 7, tree, all)
    if (!anchor) throw new Error('there is a row at the top')
    const folded = shownNodes(tree, foldedNodes(tree, { base: 1, toggled: [] }), undefined)
    expect([...folded]).toEqual([0, 1, 3, 4])
    expect(topOf(anchor, tree, folded)).toBe(24 * 2 + 7)
  })

  it('keeps the nearest row above when the top row is folded away', () => {
    const anchor = anchorAt(24 * 2 + 7, tree, all)
    if (!anchor) throw new Error('there is a row at the top')
    const folded = shownNodes(tree, foldedNodes(tree, { base: 1, toggled: [] }), undefined)
    expect(topOf(anchor, tree, folded)).toBe(24)
  })

  it('holds nothing at the very top, where the first row stays first', () => {
    expect(anchorAt(0, tree, all)).toBeUndefined()
  })
})
