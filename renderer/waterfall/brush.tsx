import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { formatDuration } from '#shared/derive/durations'
import {
  betweenMoments,
  clampWindow,
  isWhole,
  momentAt,
  positionOf,
  type TimeWindow,
  wholeWindow,
} from '#shared/derive/time-window'
import styles from './minimap.module.css'

interface Props {
  readonly durationNs: number
  readonly window: TimeWindow
  /** What double click shows. */
  readonly home: TimeWindow
  readonly widthPx: number
  readonly onWindow: (next: TimeWindow | ((now: TimeWindow) => TimeWindow)) => void
}

type Drag =
  | { readonly kind: 'draw'; readonly atNs: number; readonly fromPx: number }
  | {
      readonly kind: 'move'
      readonly atNs: number
      readonly fromPx: number
      readonly window: TimeWindow
    }
  | { readonly kind: 'from' | 'to'; readonly fromPx: number }

/** Less than this is a click, not a drag. */
const dragPx = 4
const handlePx = 8

/**
 * The part of the trace that the waterfall shows. Drag it to move it, its handles to resize it, anywhere else to draw a new one;
 * double click shows everything that is left. The handles are sliders.
 */
export function Brush({ durationNs, window, home, widthPx, onWindow }: Props) {
  const area = useRef<HTMLDivElement>(null)
  const drag = useRef<Drag | undefined>(undefined)
  const hasMoved = useRef(false)
  const whole = wholeWindow(durationNs)
  const timeline = { window: whole, widthPx }
  const left = positionOf(window.from, timeline)
  const right = positionOf(window.to, timeline)
  const isAll = isWhole(window, durationNs)

  const xOf = (event: PointerEvent) =>
    Math.min(Math.max(event.clientX - (area.current?.getBoundingClientRect().left ?? 0), 0), widthPx)
  const begin = (event: PointerEvent) => {
    if (event.button !== 0 || !area.current) return
    area.current.setPointerCapture(event.pointerId)
    hasMoved.current = false
    const fromPx = xOf(event)
    const atNs = momentAt(fromPx, widthPx, whole)
    if (Math.abs(fromPx - left) <= handlePx) drag.current = { kind: 'from', fromPx }
    else if (Math.abs(fromPx - right) <= handlePx) drag.current = { kind: 'to', fromPx }
    else if (!isAll && fromPx > left && fromPx < right) drag.current = { kind: 'move', atNs, fromPx, window }
    else drag.current = { kind: 'draw', atNs, fromPx }
  }
  const move = (event: PointerEvent) => {
    const now = drag.current
    if (!now) return
    const xPx = xOf(event)
    if (Math.abs(xPx - now.fromPx) >= dragPx) hasMoved.current = true
    if (!hasMoved.current) return
    const at = momentAt(xPx, widthPx, whole)
    if (now.kind === 'draw') onWindow(betweenMoments(now.atNs, at, durationNs))
    else if (now.kind === 'move') {
      const by = at - now.atNs
      onWindow(clampWindow({ from: now.window.from + by, to: now.window.to + by }, durationNs))
    } else onWindow((window) => withEdge(window, now.kind, at, durationNs))
  }
  const end = () => {
    drag.current = undefined
  }
  const slide = (edge: 'from' | 'to') => (event: KeyboardEvent) => {
    const step = (whole.to / 100) * (event.shiftKey ? 10 : 1)
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: -step,
      ArrowDown: -step,
      ArrowRight: step,
      ArrowUp: step,
      PageDown: -step * 10,
      PageUp: step * 10,
      Home: -whole.to,
      End: whole.to,
    }
    const by = event.ctrlKey || event.metaKey || event.altKey ? undefined : moves[event.key]
    if (by === undefined) return
    event.preventDefault()
    onWindow((window) => withEdge(window, edge, window[edge] + by, durationNs))
  }
  return (
    // The pointer's way of doing what the sliders do by keys.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={area}
      className={styles.brushArea}
      role="group"
      aria-label="Time window"
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={() => onWindow(home)}
    >
      <span className={styles.dim} style={{ left: 0, width: left }} />
      <span className={styles.dim} style={{ left: right, right: 0 }} />
      <span className={styles.brush} style={{ left, width: Math.max(right - left, 2) }} />
      {(['from', 'to'] as const).map((edge) => (
        <span
          key={edge}
          role="slider"
          tabIndex={0}
          aria-label={edge === 'from' ? 'Window start' : 'Window end'}
          aria-orientation="horizontal"
          aria-valuemin={0}
          aria-valuemax={Math.round(whole.to)}
          aria-valuenow={Math.round(window[edge])}
          aria-valuetext={formatDuration(window[edge])}
          className={styles.handle}
          style={{ left: edge === 'from' ? left : right }}
          onKeyDown={slide(edge)}
        />
      ))}
    </div>
  )
}

/** The window with one edge moved; it cannot be pushed past the other. */
export function withEdge(
  window: TimeWindow,
  edge: 'from' | 'to',
  atNs: number,
  durationNs: number,
): TimeWindow {
  const at = Math.min(Math.max(atNs, 0), Math.max(durationNs, 1))
  const shortest = Math.min(durationNs / 10_000, window.to - window.from)
  return clampWindow(
    edge === 'from'
      ? { from: Math.min(at, window.to - shortest), to: window.to }
      : { from: window.from, to: Math.max(at, window.from + shortest) },
    durationNs,
  )
}
