import { countOf } from '#shared/derive/quantities'
import { firstFailedMember, type RepeatedRows, slowestMember } from '#shared/derive/repeated-rows'
import type { RowNode, RowTree } from '#shared/derive/row-tree'
import type { SpanIndex } from '#shared/trace/table'
import { ContextMenu } from '../ui/context-menu'
import type { MenuEntry } from '../ui/menu'
import { foldEntry } from './fold-entry'

interface Props {
  readonly tree: RowTree
  readonly groups: RepeatedRows
  readonly group: number
  readonly node: RowNode
  readonly isFolded: boolean
  readonly at: { readonly x: number; readonly y: number }
  readonly onFold: (folded: boolean) => void
  /** Selects a member, and brings it into view. */
  readonly onShow: (row: SpanIndex) => void
  readonly onFrame: () => void
  /** Gives every repeated span a row of its own again. */
  readonly onUngroup: () => void
  readonly onClose: () => void
}

/** What can be done with a row of repeated siblings, at the pointer. */
export function RepeatsMenu(props: Props) {
  const { tree, groups, group, node, isFolded, at, onFold, onShow, onFrame, onUngroup, onClose } = props
  const errors = groups.errorCount[group]
  const entries: MenuEntry[] = [
    foldEntry(isFolded, onFold),
    { id: 'first', label: 'Show the first', icon: 'span', run: () => onShow(groups.first[group]) },
    { id: 'slowest', label: 'Show the slowest', icon: 'span', run: () => onShow(slowestMember(tree, node)) },
  ]
  if (errors > 0)
    entries.push({
      id: 'failed',
      label: 'Show the first that failed',
      icon: 'error',
      note: countOf(errors, 'error'),
      run: () => onShow(firstFailedMember(tree, node)),
    })
  entries.push(
    { id: 'frame', label: 'Frame in time', icon: 'fit', run: onFrame },
    { id: 'off', label: 'Do not fold repeats', icon: 'repeat', keys: 'Shift+R', run: onUngroup },
  )
  return <ContextMenu label="Repeated spans" at={at} entries={entries} onClose={onClose} />
}
