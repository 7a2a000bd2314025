import { useRef, useState } from 'react'
import { formatDuration } from '#shared/derive/durations'
import type { Tick } from '#shared/derive/time-ticks'
import {
  betweenMoments,
  momentAt,
  positionOf,
  type Timeline,
  type TimeWindow,
} from '#shared/derive/time-window'
import { hasLabel } from '#shared/derive/ruler-ticks'
import styles from './time-header.module.css'

interface Props {
  readonly timeline: Timeline
  readonly ticks: readonly Tick[]
  readonly durationNs: number
  readonly onWindow: (window: TimeWindow) => void
  /** For those who do not see it. */
  readonly name?: string
  /** What it is among what is around it. */
  readonly role: 'columnheader' | 'img'
}

/** Less than this is a click, not a drag. */
const dragPx = 4

/** The ruler over the bars: the time in view. Drag on it to zoom into a stretch. */
export function TimeHeader({ timeline, ticks, durationNs, onWindow, role, name = 'Timeline' }: Props) {
  const [drag, setDrag] = useState<{ readonly fromPx: number; readonly toPx: number } | undefined>(undefined)
  const cell = useRef<HTMLDivElement>(null)
  const { window, widthPx } = timeline
  const xOf = (clientX: number) =>
    Math.min(Math.max(clientX - (cell.current?.getBoundingClientRect().left ?? 0), 0), widthPx)
  return (
    <div
      ref={cell}
      role={role}
      aria-label={`${name}, ${formatDuration(window.from)} to ${formatDuration(window.to)}`}
      className={styles.ruler}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        const at = xOf(event.clientX)
        setDrag({ fromPx: at, toPx: at })
      }}
      onPointerMove={(event) => {
        if (drag) setDrag({ ...drag, toPx: xOf(event.clientX) })
      }}
      onPointerUp={() => {
        if (drag && Math.abs(drag.toPx - drag.fromPx) >= dragPx)
          onWindow(
            betweenMoments(
              momentAt(drag.fromPx, widthPx, window),
              momentAt(drag.toPx, widthPx, window),
              durationNs,
            ),
          )
        setDrag(undefined)
      }}
      onPointerCancel={() => setDrag(undefined)}
    >
      {ticks.map((tick) => {
        if (!hasLabel(tick, timeline)) return undefined
        return (
          <span key={tick.at} className={styles.tick} style={{ left: positionOf(tick.at, timeline) }}>
            {tick.label}
          </span>
        )
      })}
      {drag && (
        <span
          className={styles.dragged}
          style={{
            left: Math.min(drag.fromPx, drag.toPx),
            width: Math.abs(drag.toPx - drag.fromPx),
          }}
        />
      )}
    </div>
  )
}
