import { boxesPath, stretchesOf } from './bar-shape'
import { rowHeightPx } from './list-position'
import type { Scene } from './scene'
import styles from './span-row.module.css'

interface Props {
  readonly scene: Scene
  /** When the path runs through the row: pairs of start and end. */
  readonly times: Float64Array
  /** Position of the row among all that are shown. */
  readonly index: number
}

const threadTopPx = 18

/** The critical path under a row's bar, and where it passes through the row on its way to another. */
export function Thread({ scene, times, index }: Props) {
  const stretches = stretchesOf(times, scene.timeline).map((stretch) => ({
    xPx: stretch.xPx,
    widthPx: Math.max(stretch.widthPx, 3),
  }))
  let across = ''
  let last = -1
  for (const { xPx, topIndex, bottomIndex } of scene.connectors) {
    if (index < topIndex || index > bottomIndex) continue
    const at = Math.round(xPx) + 0.5
    if (at === last) continue
    last = at
    const top = index === topIndex ? threadTopPx : 0
    const bottom = index === bottomIndex ? threadTopPx : rowHeightPx
    across += `M${at} ${top}V${bottom}`
  }
  return (
    <>
      {across !== '' && <path className={styles.threadAcross} d={across} />}
      {stretches.length > 0 && <path className={styles.thread} d={boxesPath(stretches, threadTopPx, 2, 0)} />}
    </>
  )
}
