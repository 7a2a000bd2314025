import { type CSSProperties, memo } from 'react'
import type { RowComponentProps } from 'react-window'
import { formatDuration } from '#shared/derive/durations'
import { groupOfNode } from '#shared/derive/repeated-rows'
import { lineOfRow } from '#shared/derive/line-rows'
import { hasBelow, type RowNode } from '#shared/derive/row-tree'
import { SpanFlag, type SpanIndex } from '#shared/trace/table'
import { slotOfRow } from '../state/row-colors'
import { slotColor } from '../state/service-colors'
import { BarCell } from './bar-cell'
import { firstRowIndex } from './list-position'
import { LineRow } from './line-row'
import { NameCell } from './name-cell'
import { RepeatedRow } from './repeated-row'
import type { Scene } from './scene'
import styles from './span-row.module.css'

export interface SpanRowProps {
  readonly scene: Scene
  /** Row of a span, or of a line; -1 for none. */
  readonly selected: number
  /** Where the keyboard is; -1 while the grid has no focus. */
  readonly focused: SpanIndex
  /** Rows fly by, and are drawn by FlyingRows instead. */
  readonly isHurried: boolean
}

/** Id of the element that shows a position of the list, for `aria-activedescendant`. */
export const rowElementId = (index: number): string => `span-row-${index}`

/** One span: name, duration, self time, bar. Draws itself from the columns; nothing is kept per span. */
export function SpanRow({
  index,
  style,
  scene,
  selected,
  focused,
  isHurried,
}: RowComponentProps<SpanRowProps>) {
  if (isHurried) return <></>
  const { tree } = scene
  const node = scene.nodes[index]
  const row = tree.row[node]
  const { spans } = scene.trace
  const isMissing = (spans.flags[row] & SpanFlag.missing) !== 0
  const hasChildren = hasBelow(tree, node)
  const isFolded = hasChildren && scene.folded?.[node] === 1
  const isSelected = row === selected
  const classes = [
    styles.row,
    isSelected && styles.selected,
    row === focused && styles.focused,
    scene.matches?.[row] === 1 && styles.match,
    isMissing && styles.missing,
  ]
  const line = lineOfRow(tree, row)
  if (tree.lines && scene.lineBatch && line >= 0)
    return (
      <LineRow
        scene={scene}
        node={node}
        lines={tree.lines}
        batch={scene.lineBatch}
        at={line}
        isSelected={isSelected}
        row={{ id: rowElementId(index), index, style }}
        className={classes.filter(Boolean).join(' ')}
      />
    )
  const group = groupOfNode(tree, node)
  if (tree.groups && group >= 0)
    return (
      <RepeatedRow
        scene={scene}
        node={node}
        groups={tree.groups}
        group={group}
        isFolded={isFolded}
        row={{ id: rowElementId(index), index, style }}
        className={classes.filter(Boolean).join(' ')}
      />
    )
  const color = slotColor(slotOfRow(scene.colors, row))
  return (
    <div
      id={rowElementId(index)}
      role="row"
      aria-rowindex={scene.from + index + firstRowIndex}
      aria-level={tree.level[node] + 1}
      aria-expanded={hasChildren ? !isFolded : undefined}
      aria-selected={isSelected}
      data-index={index}
      className={classes.filter(Boolean).join(' ')}
      style={{ ...style, '--c': color } as CSSProperties}
    >
      <Cells scene={scene} node={node} at={scene.from + index} isFolded={isFolded} />
    </div>
  )
}

interface CellsProps {
  readonly scene: Scene
  readonly node: RowNode
  /** Position of the row among all that are shown. */
  readonly at: number
  readonly isFolded: boolean
}

/** Not drawn again when another row is selected: 45 rows of cells take React 5 ms. */
const Cells = memo(function Cells({ scene, node, at, isFolded }: CellsProps) {
  const { spans, durationNs } = scene.trace
  const row = scene.tree.row[node]
  const isMissing = (spans.flags[row] & SpanFlag.missing) !== 0
  return (
    <>
      <NameCell scene={scene} node={node} isFolded={isFolded} />
      <div role="gridcell" className={`${styles.figure} ${weight(spans.duration[row], durationNs)}`}>
        {isMissing ? '' : formatDuration(spans.duration[row])}
      </div>
      <div role="gridcell" className={`${styles.figure} ${weight(spans.self[row], durationNs, 't3')}`}>
        {isMissing ? '' : formatDuration(spans.self[row])}
      </div>
      <BarCell scene={scene} row={row} at={at} isFolded={isFolded} />
    </>
  )
})

/** A tenth of the whole trace is worth an eye. */
function weight(partNs: number, wholeNs: number, otherwise = 't2'): string {
  return partNs * 10 >= wholeNs && partNs > 0 ? 'm' : otherwise
}
