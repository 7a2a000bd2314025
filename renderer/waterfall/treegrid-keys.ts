/** What a key means in the tree of spans, as WAI-ARIA describes a treegrid with rows that are focused. Pure: the caller does it. */
import { hasBelow, type RowNode, type RowTree } from '#shared/derive/row-tree'
import { positionOfNode, shownAncestor } from '#shared/derive/visible-rows'
import { listStep } from '../ui/list-step'

export type TreegridStep =
  | { readonly kind: 'focus'; readonly node: RowNode }
  | { readonly kind: 'fold' | 'unfold' | 'select'; readonly node: RowNode }

export interface TreegridPlace {
  readonly tree: RowTree
  /** Shown, in order. */
  readonly nodes: Int32Array
  readonly folded: Uint8Array | undefined
  /** The one with the keyboard; may be hidden or -1. */
  readonly node: RowNode
  /** Rows in view. */
  readonly pageRows: number
}

/** The step a key asks for; undefined when it asks for nothing here. */
export function treegridStep(key: string, place: TreegridPlace): TreegridStep | undefined {
  const { tree, nodes, folded } = place
  if (nodes.length === 0) return undefined
  const shown = place.node < 0 ? -1 : shownAncestor(tree, nodes, place.node)
  const index = shown < 0 ? -1 : positionOfNode(nodes, shown)
  const last = nodes.length - 1
  const walked = listStep(key, index, last, place.pageRows)
  if (walked !== undefined) return { kind: 'focus', node: nodes[walked] }
  if (index < 0) return undefined
  const hasChildren = hasBelow(tree, shown)
  const isFolded = folded?.[shown] === 1
  switch (key) {
    case 'Enter':
    case ' ':
      return { kind: 'select', node: shown }
    case 'ArrowRight':
      if (!hasChildren) return undefined
      return isFolded
        ? { kind: 'unfold', node: shown }
        : { kind: 'focus', node: nodes[Math.min(index + 1, last)] }
    case 'ArrowLeft': {
      if (hasChildren && !isFolded) return { kind: 'fold', node: shown }
      const parent = tree.parent[shown]
      return parent < 0 ? undefined : { kind: 'focus', node: parent }
    }
    default:
      return undefined
  }
}
