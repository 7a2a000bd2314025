/** What a key means in the tree of spans, as WAI-ARIA describes a treegrid with rows that are focused. Pure: the caller does it. */
import { positionOfRow, shownAncestor } from '#shared/derive/visible-rows'
import type { SpanIndex, SpanTable } from '#shared/trace/table'

export type TreegridStep =
  | { readonly kind: 'focus'; readonly row: SpanIndex }
  | { readonly kind: 'fold' | 'unfold' | 'select'; readonly row: SpanIndex }

export interface TreegridPlace {
  readonly spans: SpanTable
  readonly rows: Int32Array
  readonly folded: Uint8Array | undefined
  /** The row with the keyboard; may be hidden or -1. */
  readonly row: SpanIndex
  /** Rows in view. */
  readonly pageRows: number
}

/** The step a key asks for; undefined when it asks for nothing here. */
export function treegridStep(key: string, place: TreegridPlace): TreegridStep | undefined {
  const { spans, rows, folded } = place
  if (rows.length === 0) return undefined
  const shown = place.row < 0 ? -1 : shownAncestor(spans, rows, place.row)
  const index = shown < 0 ? -1 : positionOfRow(rows, shown)
  const focusAt = (at: number): TreegridStep => ({
    kind: 'focus',
    row: rows[Math.min(Math.max(at, 0), rows.length - 1)],
  })
  const page = Math.max(1, place.pageRows - 1)
  switch (key) {
    case 'ArrowDown':
      return focusAt(index + 1)
    case 'ArrowUp':
      return focusAt(index - 1)
    case 'PageDown':
      return focusAt(index + page)
    case 'PageUp':
      return focusAt(index - page)
    case 'Home':
      return focusAt(0)
    case 'End':
      return focusAt(rows.length - 1)
    default:
      break
  }
  if (index < 0) return undefined
  const hasChildren = spans.childCount[shown] > 0
  const isFolded = folded?.[shown] === 1
  switch (key) {
    case 'Enter':
    case ' ':
      return { kind: 'select', row: shown }
    case 'ArrowRight':
      if (!hasChildren) return undefined
      return isFolded ? { kind: 'unfold', row: shown } : focusAt(index + 1)
    case 'ArrowLeft': {
      if (hasChildren && !isFolded) return { kind: 'fold', row: shown }
      const parent = spans.parent[shown]
      return parent < 0 ? undefined : { kind: 'focus', row: parent }
    }
    default:
      return undefined
  }
}
