import { lineAt, type LogList, rowAtTime } from '#shared/logs/log-list'
import { msOf } from '#shared/logs/batch'
import { useHoverTime } from '../chart/hover-time'
import styles from './log-list.module.css'
import type { RowHeights } from './row-heights'

interface Props {
  readonly list: LogList
  readonly heights: RowHeights
}

/** Where the moment under the pointer on a chart lies among the lines. */
export function HoverMark({ list, heights }: Props) {
  const time = useHoverTime()
  if (time === undefined || list.length === 0) return undefined
  const ms = Math.round(time * 1_000)
  const row = rowAtTime(list, ms)
  // Beyond what was asked for so far; or the pointer is on that very line.
  if (row >= list.length || msOf(lineAt(list, row)) === ms) return undefined
  return (
    <span
      className={styles.hoverMark}
      style={{ transform: `translateY(${heights.topOf(row)}px)` }}
      aria-hidden="true"
    />
  )
}
