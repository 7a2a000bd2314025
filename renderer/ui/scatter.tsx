import { type KeyboardEvent, type PointerEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { TimeZone } from '#shared/derive/clock-times'
import { countOf } from '#shared/derive/quantities'
import { hasFailed, startMsOf, type TraceRegion } from '#shared/trace/summary'
import { isApple } from './platform'
import { Mark } from './scatter-mark'
import { colorNames, describe, dotPx, draw, heightPx, nearest, type Point } from './scatter-points'
import { clockTicks, durationAxis, durationTicks, timeScale } from './scatter-scale'
import { Tip } from './scatter-tip'
import styles from './scatter.module.css'
import { useThemeColors } from './theme-colors'
import type { TraceRow } from './trace-table'

interface Props<Row extends TraceRow> {
  readonly rows: readonly Row[]
  /** What was asked for; the axis shows all of it, and more where a trace began before. Undefined: as far as the traces go. */
  readonly window: { readonly startMs: number; readonly endMs: number } | undefined
  readonly region: TraceRegion | undefined
  readonly onRegion: (region: TraceRegion | undefined) => void
  readonly selected: string | undefined
  readonly onSelect: (traceId: string) => void
  readonly hovered: string | undefined
  readonly onHover: (traceId: string | undefined) => void
  readonly onOpen: (row: Row, inNewTab: boolean) => void
  readonly zone: TimeZone
  readonly isDimmed?: boolean | undefined
  /** Said at the edge of the chosen region: `121 traces`. */
  readonly regionLabel: string
}

/** A press that moves less is a click. */
const dragPx = 4

interface Box {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

/** Traces by start and duration: a click opens one, dragging chooses a region, arrow keys walk. */
export function Scatter<Row extends TraceRow>({
  rows,
  window: asked,
  region,
  onRegion,
  selected,
  onSelect,
  hovered,
  onHover,
  onOpen,
  zone,
  isDimmed = false,
  regionLabel,
}: Props<Row>) {
  const id = useId()
  const [nowMs] = useState(() => Date.now())
  const colors = useThemeColors(colorNames)
  const plot = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const pressed = useRef<{ readonly x: number; readonly y: number } | undefined>(undefined)
  const [widthPx, setWidth] = useState(0)
  const [dragged, setDragged] = useState<Box>()
  /** Where a region being chosen by keys began. */
  const [keyAnchor, setKeyAnchor] = useState<string>()

  useEffect(() => {
    const element = plot.current
    if (!element) return undefined
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const { points, time, axis, xTicks, yTicks } = useMemo(() => {
    // One of which no time is known has no place here; the list has it.
    const placed = rows.filter((row) => startMsOf(row.summary) > 0)
    const starts = placed.map((row) => startMsOf(row.summary))
    let startMs = asked?.startMs ?? Number.POSITIVE_INFINITY
    let endMs = asked?.endMs ?? Number.NEGATIVE_INFINITY
    for (const ms of starts) {
      startMs = Math.min(startMs, ms)
      endMs = Math.max(endMs, ms)
    }
    if (endMs <= startMs || !Number.isFinite(endMs - startMs)) {
      const middle = Number.isFinite(startMs) ? startMs : 0
      startMs = middle - 500
      endMs = middle + 500
    } else if (!asked) {
      const edge = (endMs - startMs) * 0.02
      startMs -= edge
      endMs += edge
    }
    const time = timeScale(startMs, endMs, widthPx)
    const axis = durationAxis(
      placed.map((row) => row.summary.durationNs),
      heightPx,
    )
    const points = placed
      .map((row, index): Point<Row> => ({
        row,
        id: row.summary.traceId,
        startMs: starts[index],
        x: time.at(starts[index]),
        y: axis.at(row.summary.durationNs),
        isError: hasFailed(row.summary),
      }))
      .sort((a, b) => a.startMs - b.startMs)
    return {
      points,
      time,
      axis,
      xTicks: widthPx > 0 ? clockTicks(startMs, endMs, widthPx, zone, nowMs) : [],
      yTicks: durationTicks(axis, heightPx),
    }
  }, [rows, asked, widthPx, zone, nowMs])

  useEffect(() => {
    if (canvas.current && widthPx > 0)
      draw(
        canvas.current,
        widthPx,
        points,
        yTicks.map((tick) => tick.px),
        colors,
      )
  }, [points, yTicks, widthPx, colors])

  const regionOf = (box: Box): TraceRegion => ({
    fromMs: time.valueAt(Math.min(box.x0, box.x1)),
    toMs: time.valueAt(Math.max(box.x0, box.x1)),
    minNs: Math.max(0, axis.valueAt(Math.max(box.y0, box.y1))),
    maxNs: axis.valueAt(Math.min(box.y0, box.y1)),
  })
  const placeOf = (event: PointerEvent): { x: number; y: number } => {
    const box = plot.current?.getBoundingClientRect()
    return {
      x: Math.min(widthPx, Math.max(0, event.clientX - (box?.left ?? 0))),
      y: Math.min(heightPx, Math.max(0, event.clientY - (box?.top ?? 0))),
    }
  }
  const onPointerMove = (event: PointerEvent) => {
    const { x, y } = placeOf(event)
    const from = pressed.current
    if (from && (dragged || Math.hypot(x - from.x, y - from.y) >= dragPx)) {
      setDragged({ x0: from.x, y0: from.y, x1: x, y1: y })
      onHover(undefined)
    } else onHover(nearest(points, x, y)?.id)
  }
  const onPointerUp = (event: PointerEvent) => {
    if (!pressed.current) return
    pressed.current = undefined
    if (dragged) {
      setDragged(undefined)
      onRegion(regionOf(dragged))
      return
    }
    const { x, y } = placeOf(event)
    const point = nearest(points, x, y)
    if (point) {
      onSelect(point.id)
      onOpen(point.row, isApple ? event.metaKey : event.ctrlKey)
    } else if (region) onRegion(undefined)
  }

  const at = points.findIndex((point) => point.id === selected)
  const walk = (to: number, extend: boolean) => {
    const point = points[Math.min(points.length - 1, Math.max(0, to))]
    if (!point) return
    onSelect(point.id)
    if (!extend) {
      setKeyAnchor(undefined)
      return
    }
    const anchorId = keyAnchor ?? points[at]?.id ?? point.id
    setKeyAnchor(anchorId)
    const anchor = points.find((one) => one.id === anchorId) ?? point
    // Half a dot around both, so that both are inside.
    onRegion(
      regionOf({
        x0: Math.min(anchor.x, point.x) - dotPx,
        y0: Math.min(anchor.y, point.y) - dotPx,
        x1: Math.max(anchor.x, point.x) + dotPx,
        y1: Math.max(anchor.y, point.y) + dotPx,
      }),
    )
  }
  /** The place, in order of start, of the next slower or faster trace. */
  const byDuration = (step: 1 | -1): number => {
    const order = points
      .map((_, index) => index)
      .sort((a, b) => points[a].row.summary.durationNs - points[b].row.summary.durationNs)
    const rank = order.indexOf(at)
    return order[Math.min(order.length - 1, Math.max(0, rank < 0 ? order.length - 1 : rank + step))] ?? 0
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, () => number>> = {
      ArrowRight: () => at + 1,
      ArrowLeft: () => (at < 0 ? points.length - 1 : at - 1),
      ArrowUp: () => byDuration(1),
      ArrowDown: () => byDuration(-1),
      Home: () => 0,
      End: () => points.length - 1,
    }
    if (event.key === 'Enter' && at >= 0) {
      event.preventDefault()
      onOpen(points[at].row, isApple ? event.metaKey : event.ctrlKey)
    } else if (event.key === 'Escape' && region) {
      event.preventDefault()
      event.stopPropagation()
      setKeyAnchor(undefined)
      onRegion(undefined)
    } else if (steps[event.key] && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      walk(steps[event.key](), event.shiftKey)
    }
  }

  const shown = points.find((point) => point.id === hovered)
  const chosen = points[at]
  const box =
    dragged ??
    (region && {
      x0: time.at(region.fromMs),
      x1: time.at(region.toMs),
      y0: axis.at(region.maxNs),
      y1: axis.at(region.minNs),
    })

  return (
    <div className={isDimmed ? `${styles.scatter} ${styles.dimmed}` : styles.scatter}>
      {yTicks.map((tick) => (
        <span key={tick.label} className={styles.yLabel} style={{ top: tick.px }} aria-hidden="true">
          {tick.label}
        </span>
      ))}
      {xTicks.map((tick) => (
        <span
          key={tick.px}
          className={styles.xLabel}
          style={{ left: Math.min(widthPx - 20, Math.max(8, tick.px)) }}
          aria-hidden="true"
        >
          {tick.label}
        </span>
      ))}
      {/* A plot is none of the widgets ARIA knows: its keys are its own, and they are told. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={plot}
        role="application"
        aria-roledescription="scatter plot"
        aria-label={`Duration over time of ${countOf(rows.length, 'trace')}`}
        aria-describedby={`${id}-keys`}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className={styles.plot}
        style={{ height: heightPx, cursor: shown ? 'pointer' : 'crosshair' }}
        onPointerDown={(event) => {
          if (event.button !== 0) return
          pressed.current = placeOf(event)
          event.currentTarget.setPointerCapture(event.pointerId)
        }}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => {
          pressed.current = undefined
          setDragged(undefined)
        }}
        onPointerLeave={() => onHover(undefined)}
        onDoubleClick={() => onRegion(undefined)}
        onKeyDown={onKeyDown}
      >
        <canvas ref={canvas} className={styles.canvas} aria-hidden="true" />
        {box && (
          <div
            className={styles.region}
            style={{
              left: Math.min(box.x0, box.x1),
              width: Math.abs(box.x1 - box.x0),
              top: Math.min(box.y0, box.y1),
              height: Math.abs(box.y1 - box.y0),
            }}
          >
            {!dragged && (
              <span className={Math.min(box.x0, box.x1) < 140 ? styles.regionInside : styles.regionBeside}>
                <b>{regionLabel}</b> selected
              </span>
            )}
          </div>
        )}
        {chosen && <Mark point={chosen} className={styles.selected} />}
        {shown && shown !== chosen && <Mark point={shown} className={styles.hovered} />}
        {shown && !dragged && <Tip point={shown} zone={zone} nowMs={nowMs} widthPx={widthPx} />}
      </div>
      <p id={`${id}-keys`} className="sr">
        Left and right walk by start, up and down by duration. Enter opens. With Shift the walk chooses a
        region, Escape clears it. The table below lists the same traces.
      </p>
      <p className="sr" role="status">
        {chosen && describe(chosen.row, zone, nowMs)}
      </p>
    </div>
  )
}
