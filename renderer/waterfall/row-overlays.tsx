import { groupOfNode } from '#shared/derive/repeated-rows'
import { hasBelow, type RowTree } from '#shared/derive/row-tree'
import { frameSpan, type TimeWindow } from '#shared/derive/time-window'
import type { SpanIndex, Trace } from '#shared/trace/table'
import { RepeatsMenu } from './repeats-menu'
import { RepeatsTooltip } from './repeats-tooltip'
import { RowMenu } from './row-menu'
import { SpanTooltip } from './span-tooltip'
import type { Reduce } from './use-reductions'

/** A row, and the place in the window of the pointer over it. */
export interface Pointed {
  /** SpanIndex; of repeated siblings as RowTree has it. */
  readonly row: number
  readonly xPx: number
  readonly yPx: number
}

interface Props {
  readonly trace: Trace
  readonly tree: RowTree
  readonly slots: readonly number[]
  readonly folded: Uint8Array | undefined
  /** Whose menu is open. */
  readonly menu: Pointed | undefined
  /** What the pointer rests on. */
  readonly pointed: Pointed | undefined
  readonly onSelect: (row: SpanIndex) => void
  readonly onShow: (row: SpanIndex) => void
  readonly onUngroup: () => void
  readonly onFold: (row: SpanIndex, folded: boolean) => void
  readonly onWindow: (next: TimeWindow) => void
  readonly onFilter: (term: string, exclude: boolean) => void
  readonly reduce: Reduce
  readonly onCloseMenu: () => void
}

/** What appears at the pointer over a row: its menu, or else its tip. */
export function RowOverlays(props: Props) {
  const { trace, tree, slots, folded, menu, pointed } = props
  const { onSelect, onShow, onUngroup, onFold, onWindow, onFilter, reduce, onCloseMenu } = props
  const { spans, durationNs } = trace
  const { groups } = tree
  const node = menu ? (tree.at[menu.row] ?? -1) : -1
  if (menu && node >= 0) {
    const group = groupOfNode(tree, node)
    const isFolded = folded?.[node] === 1
    const at = { x: menu.xPx, y: menu.yPx }
    return groups && group >= 0 ? (
      <RepeatsMenu
        tree={tree}
        groups={groups}
        group={group}
        node={node}
        isFolded={isFolded}
        at={at}
        onFold={(isFolded) => onFold(menu.row, isFolded)}
        onShow={onShow}
        onFrame={() =>
          onWindow(frameSpan(groups.from[group], groups.to[group] - groups.from[group], durationNs))
        }
        onUngroup={onUngroup}
        onClose={onCloseMenu}
      />
    ) : (
      <RowMenu
        trace={trace}
        row={menu.row}
        isFolded={hasBelow(tree, node) ? isFolded : undefined}
        at={at}
        onSelect={onSelect}
        onFold={onFold}
        onFrame={(row) => onWindow(frameSpan(spans.start[row], spans.duration[row], durationNs))}
        onFilter={onFilter}
        reduce={reduce}
        onClose={onCloseMenu}
      />
    )
  }
  if (!pointed) return undefined
  const { row, xPx, yPx } = pointed
  if (row < spans.length) return <SpanTooltip trace={trace} slots={slots} row={row} xPx={xPx} yPx={yPx} />
  const group = row - spans.length
  return (
    groups &&
    group < groups.count && <RepeatsTooltip trace={trace} groups={groups} group={group} xPx={xPx} yPx={yPx} />
  )
}
