import { isWaiting } from '#shared/derive/waiting'
import { formatDuration, formatOffset } from '#shared/derive/durations'
import { positionOf } from '#shared/derive/time-window'
import { SpanFlag, SpanKind, type SpanIndex } from '#shared/trace/table'
import { slotOfRow } from '../state/row-colors'
import { Icon } from '../ui/icon'
import {
  barHeightPx,
  barTopPx,
  boxesPath,
  shortestBarPx,
  stretchesOf,
  stretchOf,
  ticksPath,
  type Stretch,
} from './bar-shape'
import { threadTimes } from './critical-thread'
import { rowHeightPx } from './list-position'
import { Thread } from './thread'
import type { Scene } from './scene'
import { workingTimes } from './working-times'
import styles from './span-row.module.css'

interface Props {
  readonly scene: Scene
  readonly row: SpanIndex
  /** Position of the row among all that are shown. */
  readonly at: number
  readonly isFolded: boolean
}

/** Geometry of a row, as the look has it. */
const lineTopPx = 10.5
const lineHeightPx = 3
/** Like pins in the bar: they must not be taken for its ends. */
const eventTopPx = 3
const eventHeightPx = 8
/** Labels on bars are shown where they surely fit. */
const labelRoomPx = 190
const queueLabelRoomPx = 96
/** A span with a hundred thousand events is drawn by its first ones. */
const mostEvents = 4000

/** The span in time: thick where it worked, thin where a child did, hatched where it waited; events, critical path, what lies outside. */
export function BarCell({ scene, row, at, isFolded }: Props) {
  const { timeline, trace } = scene
  const { spans } = trace
  const { window, widthPx } = timeline
  const start = spans.start[row]
  const end = start + spans.duration[row]
  const flags = spans.flags[row]
  const bar = stretchOf(start, end, timeline)
  const isMissing = (flags & SpanFlag.missing) !== 0
  const waits = !isMissing && isWaiting(trace, scene.waiting, row)
  const queue = queueStretch(scene, row)
  return (
    <div role="gridcell" className={styles.time}>
      <span className="sr">{inWords(scene, row, waits)}</span>
      <svg className={styles.bars} width={widthPx} height={rowHeightPx} aria-hidden="true">
        {bar && !waits && !isMissing && spans.childCount[row] > 0 && (
          <path className={styles.fill} d={boxesPath([bar], lineTopPx, lineHeightPx, 1)} />
        )}
        {bar && !waits && !isMissing && (
          <path
            className={styles.fill}
            d={boxesPath(workStretches(scene, row, bar), barTopPx, barHeightPx, 1.5)}
          />
        )}
        {bar && waits && (
          <rect
            className={styles.wait}
            x={bar.xPx + 0.5}
            y={barTopPx + 0.5}
            width={Math.max(bar.widthPx - 1, 1)}
            height={barHeightPx - 1}
            rx={1.5}
            fill={`url(#wait-${slotOfRow(scene.colors, row)})`}
          />
        )}
        {bar && isMissing && (
          <rect
            className={styles.missingBar}
            x={bar.xPx + 0.5}
            y={barTopPx + 0.5}
            width={Math.max(bar.widthPx - 1, 1)}
            height={barHeightPx - 1}
            rx={1.5}
          />
        )}
        {queue && <path className={styles.queue} d={`M${queue.xPx} ${rowHeightPx / 2}h${queue.widthPx}`} />}
        <Events scene={scene} row={row} />
        {scene.path && (
          <Thread scene={scene} times={threadTimes(scene.path, spans, row, isFolded)} index={at} />
        )}
      </svg>
      {bar && waits && bar.widthPx >= labelRoomPx && (
        <span className={styles.barLabel} aria-hidden="true" style={{ left: labelAt(bar, widthPx) }}>
          waiting · <strong>{formatDuration(spans.duration[row])}</strong>
        </span>
      )}
      {queue && queue.widthPx >= queueLabelRoomPx && (
        <span
          className={`${styles.barLabel} ${styles.quiet}`}
          aria-hidden="true"
          style={{ left: labelAt(queue, widthPx) }}
        >
          {formatDuration(start - parentEnd(scene, row))} queued
        </span>
      )}
      {start < window.from && !isMissing && (
        <span className={styles.before} title={`Starts at ${formatOffset(start)}, outside the window`}>
          <Icon name="back" size="x" />
        </span>
      )}
      {end > window.to && !isMissing && (
        <span className={styles.after} title={`Ends at ${formatOffset(end)}, outside the window`}>
          <Icon name="right" size="x" />
        </span>
      )}
    </div>
  )
}

/** The middle of what is in view of a stretch. */
function labelAt({ xPx, widthPx }: Stretch, columnPx: number): number {
  return (Math.max(xPx, 0) + Math.min(xPx + widthPx, columnPx)) / 2
}

/** Where the span itself worked; an instant has no length to work in, and still gets a mark. */
function workStretches(
  { trace: { spans }, timeline }: Scene,
  row: SpanIndex,
  bar: Stretch,
): readonly Stretch[] {
  const stretches = stretchesOf(workingTimes(spans, row), timeline)
  const isInstant = spans.duration[row] === 0
  return stretches.length > 0 || !isInstant
    ? stretches
    : [{ xPx: bar.xPx, widthPx: Math.max(bar.widthPx, shortestBarPx) }]
}

function parentEnd({ trace: { spans } }: Scene, row: SpanIndex): number {
  const parent = spans.parent[row]
  return parent < 0 ? 0 : spans.start[parent] + spans.duration[parent]
}

/** The time a message lay in its queue: from the end of what sent it to the start of what received it. */
function queueStretch(scene: Scene, row: SpanIndex): Stretch | undefined {
  const { spans } = scene.trace
  const parent = spans.parent[row]
  if (parent < 0 || spans.kind[row] !== SpanKind.consumer) return undefined
  if ((spans.flags[parent] & SpanFlag.missing) !== 0) return undefined
  const from = parentEnd(scene, row)
  return from < spans.start[row] ? stretchOf(from, spans.start[row], scene.timeline) : undefined
}

/** Event marks, with a halo so that they show on any bar. */
function Events({ scene, row }: { readonly scene: Scene; readonly row: SpanIndex }) {
  const { eventStart, eventTime } = scene.trace.spans
  const from = eventStart[row]
  const to = Math.min(eventStart[row + 1], from + mostEvents)
  if (from === to) return undefined
  const positions: number[] = []
  for (let event = from; event < to; event++) {
    const at = positionOf(eventTime[event], scene.timeline)
    if (at >= 0 && at <= scene.timeline.widthPx) positions.push(at)
  }
  const path = ticksPath(positions, eventTopPx, eventHeightPx)
  return (
    <>
      <path className={styles.eventHalo} d={path} />
      <path className={styles.event} d={path} />
    </>
  )
}

/** What the bar shows, for those who do not see it; what is written on it is said here. */
function inWords(scene: Scene, row: SpanIndex, waits: boolean): string {
  const { spans } = scene.trace
  return `${waits ? 'waiting, ' : ''}starts at ${formatOffset(spans.start[row])}, ends at ${formatOffset(spans.start[row] + spans.duration[row])}`
}
