import { describe, expect, it } from 'vitest'
import type { RowTree } from '#shared/derive/row-tree'
import { treegridStep, type TreegridPlace } from './treegrid-keys'

/**
 *   0 root
 *   1   a
 *   2     b
 *   3   c
 */
const tree = {
  parent: Int32Array.of(-1, 0, 1, 0),
  end: Int32Array.of(4, 3, 3, 4),
} as unknown as RowTree

const open = (node: number): TreegridPlace => ({
  tree,
  nodes: Int32Array.of(0, 1, 2, 3),
  folded: undefined,
  node,
  pageRows: 3,
})
/** Row 1 folded. */
const closed = (node: number): TreegridPlace => ({
  ...open(node),
  nodes: Int32Array.of(0, 1, 3),
  folded: Uint8Array.of(0, 1, 0, 0),
})

describe('keys of the treegrid', () => {
  it('go up and down and stop at the ends', () => {
    expect(treegridStep('ArrowDown', open(1))).toEqual({ kind: 'focus', node: 2 })
    expect(treegridStep('ArrowDown', open(3))).toEqual({ kind: 'focus', node: 3 })
    expect(treegridStep('ArrowUp', open(0))).toEqual({ kind: 'focus', node: 0 })
    expect(treegridStep('End', open(0))).toEqual({ kind: 'focus', node: 3 })
    expect(treegridStep('Home', open(3))).toEqual({ kind: 'focus', node: 0 })
  })

  it('turn pages, keeping one row of the last in view', () => {
    expect(treegridStep('PageDown', open(0))).toEqual({ kind: 'focus', node: 2 })
    expect(treegridStep('PageUp', open(3))).toEqual({ kind: 'focus', node: 1 })
  })

  it('begin at the first row', () => {
    expect(treegridStep('ArrowDown', open(-1))).toEqual({ kind: 'focus', node: 0 })
    expect(treegridStep('Enter', open(-1))).toBeUndefined()
  })

  it('fold to the left, then go to the parent', () => {
    expect(treegridStep('ArrowLeft', open(1))).toEqual({ kind: 'fold', node: 1 })
    expect(treegridStep('ArrowLeft', closed(1))).toEqual({ kind: 'focus', node: 0 })
    expect(treegridStep('ArrowLeft', open(2))).toEqual({ kind: 'focus', node: 1 })
    expect(treegridStep('ArrowLeft', { ...closed(0), folded: Uint8Array.of(1, 1, 0, 0) })).toBeUndefined()
  })

  it('unfold to the right, then go to the first child', () => {
    expect(treegridStep('ArrowRight', closed(1))).toEqual({ kind: 'unfold', node: 1 })
    expect(treegridStep('ArrowRight', open(1))).toEqual({ kind: 'focus', node: 2 })
    expect(treegridStep('ArrowRight', open(3))).toBeUndefined()
  })

  it('go on from the nearest row that is shown when theirs was folded away', () => {
    expect(treegridStep('ArrowDown', closed(2))).toEqual({ kind: 'focus', node: 3 })
  })

  it('open the row under the keyboard', () => {
    expect(treegridStep('Enter', open(2))).toEqual({ kind: 'select', node: 2 })
    expect(treegridStep(' ', open(2))).toEqual({ kind: 'select', node: 2 })
    expect(treegridStep('x', open(2))).toBeUndefined()
  })
})
