import type { ReactNode } from 'react'
import { countBelow, type RepeatedRows } from '#shared/derive/repeated-rows'
import { boxesPath, shortestBarPx, type Stretch, stretchOf } from './bar-shape'
import { rowHeightPx } from './list-position'
import type { Timeline } from '#shared/derive/time-window'
import styles from './repeated-row.module.css'

interface Props {
  readonly groups: RepeatedRows
  readonly group: number
  readonly timeline: Timeline
  /** The critical path through it, if that is drawn. */
  readonly children: ReactNode
}

/** Three pixels of bar and one of gap, as the look draws what stands for several. */
const columnPx = 4
const gapPx = 1
const bottomPx = 17
const lowestPx = 3
const tallestPx = 10

/** From the first of them to the last: how many ran at each moment, by height, and where some failed. */
export function RepeatBar({ groups, group, timeline, children }: Props) {
  const { widthPx } = timeline
  const whole = stretchOf(groups.from[group], groups.to[group], timeline)
  const columns = whole ? runningColumns(groups, group, timeline) : []
  const most = Math.max(1, ...columns.map(({ running }) => running))
  const path = columns
    .map(({ xPx, width, running }) => {
      const height = lowestPx + ((tallestPx - lowestPx) * running) / most
      return boxesPath([{ xPx, widthPx: width }], bottomPx - height, height, 0)
    })
    .join('')
  const failed = columns
    .filter(({ failures }) => failures > 0)
    .map(({ xPx, width }): Stretch => ({
      xPx,
      widthPx: width,
    }))
  return (
    <svg className={styles.bar} width={widthPx} height={rowHeightPx} aria-hidden="true">
      {whole && <path className={styles.line} d={boxesPath([whole], bottomPx - 1, 1, 0)} />}
      <path className={styles.fill} d={path} />
      {failed.length > 0 && <path className={styles.failed} d={boxesPath(failed, bottomPx - 2, 2, 0)} />}
      {children}
    </svg>
  )
}

interface Column {
  readonly xPx: number
  readonly width: number
  /** Members that run in it. */
  readonly running: number
  /** Members that failed and ended in it. */
  readonly failures: number
}

/** Columns in which something ran. Cost: the width in pixels, and the log of the members for each column. */
export function runningColumns(groups: RepeatedRows, group: number, timeline: Timeline): Column[] {
  const { window, widthPx } = timeline
  const { memberStart, starts, ends, errorStart, errorEnds } = groups
  const whole = stretchOf(groups.from[group], groups.to[group], timeline)
  if (!whole || widthPx <= 0) return []
  const [from, to] = [memberStart[group], memberStart[group + 1]]
  const [errorFrom, errorTo] = [errorStart[group], errorStart[group + 1]]
  const perPx = (window.to - window.from) / widthPx
  const columns: Column[] = []
  const endPx = whole.xPx + whole.widthPx
  for (let xPx = whole.xPx; xPx < endPx; xPx += columnPx) {
    const startNs = window.from + xPx * perPx
    const endNs = Math.max(startNs, window.from + Math.min(xPx + columnPx, endPx) * perPx)
    const begun = countBelow(starts, from, to, endNs) + (endNs === groups.from[group] ? 1 : 0)
    const running = begun - countBelow(ends, from, to, startNs)
    if (running <= 0) continue
    // An end on the very edge of the last column counts there.
    const until = xPx + columnPx >= endPx ? Infinity : endNs
    const failures =
      countBelow(errorEnds, errorFrom, errorTo, until) - countBelow(errorEnds, errorFrom, errorTo, startNs)
    const width = Math.max(Math.min(columnPx - gapPx, endPx - xPx), Math.min(shortestBarPx, columnPx))
    columns.push({ xPx, width, running, failures })
  }
  return columns
}
