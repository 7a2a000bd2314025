import { formatDuration } from '#shared/derive/durations'
import type { RowNode } from '#shared/derive/row-tree'
import { SpanFlag } from '#shared/trace/table'
import { barHeightPx, barTopPx, boxesPath, stretchOf } from './bar-shape'
import { indentPx, showsService } from './name-cell'
import type { Scene } from './scene'
import styles from './span-row.module.css'

interface Props {
  readonly scene: Scene
  readonly node: RowNode
}

/** From the indentation to the swatch: where the fold mark is. */
const foldMarkPx = 18

/**
 * The cells of a row while rows fly by: swatch, name, figures, and a plain bar, each where it will be. Less than half of the elements
 * of a row: Chromium's main thread spends 20 ms on a screen of full rows, and a frame has 16.
 */
export function HurriedCells({ scene, node }: Props) {
  const { trace, tree, timeline } = scene
  const { spans } = trace
  const row = tree.row[node]
  const isMissing = (spans.flags[row] & SpanFlag.missing) !== 0
  const indent = Math.min(tree.level[node] * indentPx, scene.indentLimitPx)
  const bar = stretchOf(spans.start[row], spans.start[row] + spans.duration[row], timeline)
  return (
    <>
      <div role="gridcell" className={styles.name}>
        <span className={`sw ${styles.swatch}`} style={{ marginLeft: indent + foldMarkPx }} />
        <span className={`cut ${styles.hurriedText}`}>
          {showsService(scene, node) && (
            <b className={styles.service}>{trace.services[spans.service[row]]} </b>
          )}
          {trace.names[spans.name[row]]}
        </span>
      </div>
      <div role="gridcell" className={`${styles.figure} t2`}>
        {isMissing ? '' : formatDuration(spans.duration[row])}
      </div>
      <div role="gridcell" className={`${styles.figure} t3`}>
        {isMissing ? '' : formatDuration(spans.self[row])}
      </div>
      <div role="gridcell" className={styles.time}>
        <svg className={styles.bars} width={timeline.widthPx} height={24} aria-hidden="true">
          {bar && !isMissing && (
            <path className={styles.fill} d={boxesPath([bar], barTopPx, barHeightPx, 1.5)} />
          )}
        </svg>
      </div>
    </>
  )
}
