import type { CSSProperties } from 'react'
import { formatOffset } from '#shared/derive/durations'
import type { LineRows } from '#shared/derive/line-rows'
import type { RowNode } from '#shared/derive/row-tree'
import { positionOf } from '#shared/derive/time-window'
import { levelOf, type LogBatch, textOf } from '#shared/logs/batch'
import { Icon } from '../ui/icon'
import { firstRowIndex, rowHeightPx } from './list-position'
import { indentPx } from './name-cell'
import type { Scene } from './scene'
import { Thread } from './thread'
import rowStyles from './span-row.module.css'
import styles from './line-row.module.css'

interface Props {
  readonly scene: Scene
  readonly node: RowNode
  readonly lines: LineRows
  readonly batch: LogBatch
  /** Among the lines of the tree. */
  readonly at: number
  readonly isSelected: boolean
  /** What every row has: its place in the grid and on screen. */
  readonly row: { readonly id: string; readonly index: number; readonly style: CSSProperties }
  readonly className: string
}

/** The critical path passes a line; it does not run in it. */
const noTimes = new Float64Array(0)

/** So much of a line is looked at: one row shows no more. */
const shownUnits = 400

/**
 * A log line among the spans: what it says, over the whole row, and when.
 *
 *   name column        duration  self     time
 *   ≡ connection pool exhausted, waited 4500ms … by time  error  +4.39 s
 *                                               '  (its moment, below the text)
 */
export function LineRow({ scene, node, lines, batch, at, isSelected, row, className }: Props) {
  const level = scene.tree.level[node]
  const indent = Math.min(level * indentPx, scene.indentLimitPx)
  const line = { batch, at: lines.line[at] }
  const text = textOf(line).slice(0, shownUnits)
  const grade = levelOf(line)
  const timeNs = lines.timeNs[at]
  const x = positionOf(timeNs, scene.timeline)
  return (
    <div
      id={row.id}
      role="row"
      aria-rowindex={scene.from + row.index + firstRowIndex}
      aria-level={level + 1}
      aria-selected={isSelected}
      data-index={row.index}
      data-level={grade}
      className={`${className} ${styles.line}`}
      style={row.style}
    >
      <div role="gridcell" className={`${rowStyles.name} ${styles.says}`} title={text}>
        <i className={rowStyles.guides} style={{ width: indent }} />
        <span className={rowStyles.twist} style={{ marginLeft: indent }} />
        <span className={styles.mark}>
          <Icon name="logs" size="x" label={grade === 'unknown' ? 'log line' : `log line, ${grade}`} />
        </span>
        <span className={`mono cut ${styles.text}`}>{text}</span>
        {lines.byTime[at] === 1 && (
          <span
            className={`t3 small ${styles.over}`}
            title="The line names no span. It stands under the one that its service ran at that moment."
          >
            placed by time
          </span>
        )}
      </div>
      <div role="gridcell" className={`t3 small ${styles.over}`}>
        {grade === 'unknown' ? '' : grade}
      </div>
      <div role="gridcell" className={`t2 small ${styles.over}`}>
        {formatOffset(timeNs)}
      </div>
      <div role="gridcell" className={styles.time}>
        {scene.path && (
          <svg
            className={rowStyles.bars}
            width={scene.timeline.widthPx}
            height={rowHeightPx}
            aria-hidden="true"
          >
            <Thread scene={scene} times={noTimes} index={scene.from + row.index} />
          </svg>
        )}
        {x >= 0 && x <= scene.timeline.widthPx && <i className={styles.tick} style={{ left: x }} />}
      </div>
    </div>
  )
}
