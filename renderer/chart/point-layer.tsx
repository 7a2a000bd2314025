import { useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import type uPlot from 'uplot'
import { formatTime, type TimeZone } from '#shared/derive/clock-times'
import {
  type ChartWays,
  latestPoint,
  momentAt,
  type Pointable,
  type Pointed,
} from '#shared/metrics/chart-point'
import { useKeys } from '../ui/keys'
import { setHoverTime } from './hover-time'
import styles from './point.module.css'

interface Props extends ChartWays {
  readonly plot: uPlot
  readonly zone: TimeZone
  /** A zoom can be undone by a double click: its first click must wait for the second. */
  readonly waits: boolean
}

/** The second click of a double click comes within this time. */
const doubleMs = 250
/** Half of a narrower plot has no room for a query that can be read. */
const tipRoomPx = 560

const showPopover = (tip: HTMLElement | null): void => tip?.showPopover()

/** Of a keyboard: where it stands, and where the stretch it chooses began. */
interface Walk {
  readonly at: number
  readonly anchor: number
  readonly row: number
}

/** Any place of a chart leads to what is behind it: by a click, or by walking there with the arrow keys. */
export function PointLayer({ plot, zone, waits, points, wayOf, onNear }: Props) {
  const { times, placeOf, rowAt, leastOf, wordsOf } = points
  const [hovered, setHovered] = useState<Pointed>()
  const [walk, setWalk] = useState<Walk>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const pointedAt = (event: MouseEvent): Pointed => {
    const { left, top } = plot.over.getBoundingClientRect()
    const at = momentAt(times, plot.posToVal(event.clientX - left, 'x'))
    const row = rowAt(at, plot.posToVal(event.clientY - top, 'y'))
    return { from: at, to: at, row, least: leastOf(row, at, at) }
  }
  // Who takes an event for itself, such as an exemplar, prevents what it would do by default.
  const move = useEffectEvent((event: PointerEvent) => {
    if (event.defaultPrevented || event.buttons > 0) return setHovered(undefined)
    const next = pointedAt(event)
    if (next.from !== hovered?.from || next.row !== hovered.row) setHovered(next)
    return undefined
  })
  const click = useEffectEvent((event: MouseEvent) => {
    clearTimeout(timer.current)
    if (event.defaultPrevented || event.detail > 1) return
    const inNewTab = event.ctrlKey || event.metaKey
    const way = wayOf(pointedAt(event))
    if (waits && !inNewTab) timer.current = setTimeout(() => way.run(false), doubleMs)
    else way.run(inNewTab)
  })
  const near = useEffectEvent(onNear)
  useEffect(() => {
    const { over } = plot
    const listening = new AbortController()
    const options = { signal: listening.signal }
    over.addEventListener('pointerenter', () => near(), options)
    over.addEventListener('pointermove', (event) => move(event), options)
    over.addEventListener('pointerleave', () => setHovered(undefined), options)
    over.addEventListener('click', (event) => click(event), options)
    return () => {
      listening.abort()
      clearTimeout(timer.current)
    }
  }, [plot])

  const anchor = `--plot-${useId().replaceAll(/[^a-z0-9]/gi, '')}`

  const last = times.length - 1
  const standing: Walk = walk ?? beginningAt(latestPoint(points, middleOf(plot)))
  const { row } = standing
  const [from, to] = [Math.min(standing.at, standing.anchor), Math.max(standing.at, standing.anchor)]
  const walked: Pointed = { from, to, row, least: leastOf(row, from, to) }
  const told = hovered ?? (walk && walked)
  const way = told && wayOf(told)
  const go = (next: Walk): void => {
    setWalk(next)
    setHoverTime(times[next.at])
  }
  useKeys({
    scope: 'Chart',
    bindings: [
      {
        keys: 'X',
        title: 'Walk through a chart with the arrow keys; with Shift choose a stretch',
        run: () => document.querySelector<HTMLElement>('[data-crosshair]')?.focus(),
      },
      ...(way ? [{ keys: 'T', title: 'Traces behind the point', run: () => way.run(false) }] : []),
    ],
  })

  if (last < 0) return undefined
  const xOf = (at: number): number => plot.valToPos(times[at], 'x')
  const place = placeOf(row, standing.at)
  const isSmall = plot.over.clientWidth < tipRoomPx
  const isRight = told !== undefined && xOf(told.from) < plot.over.clientWidth / 2
  return (
    <>
      <button
        type="button"
        data-crosshair
        className={styles.crosshair}
        style={{ left: xOf(standing.at), top: plot.valToPos(place ?? middleOf(plot), 'y') }}
        aria-label={`${placeWords(points, walked, zone)}. Enter finds traces of ${wayOf(walked).title}. Arrow keys walk, with Shift they choose a stretch.`}
        onFocus={() => {
          onNear()
          go(standing)
        }}
        onBlur={() => {
          setWalk(undefined)
          setHoverTime(undefined)
        }}
        onClick={(event) => wayOf(walked).run(event.ctrlKey || event.metaKey)}
        onKeyDown={(event) => {
          const next = stepOf(event.key, points, standing)
          if (next === undefined) return
          event.preventDefault()
          event.stopPropagation()
          go(event.shiftKey ? next : { ...next, anchor: next.at })
        }}
      />
      {walk && from < to && (
        <div
          className={styles.stretch}
          style={{ left: xOf(from), width: xOf(to) - xOf(from) }}
          aria-hidden="true"
        />
      )}
      {isSmall && <div className={styles.anchor} style={{ anchorName: anchor }} />}
      {told && way && (
        <div
          // Where it changes its kind it is another element.
          key={String(isSmall)}
          ref={isSmall ? showPopover : undefined}
          {...(isSmall ? { popover: 'manual', style: { positionAnchor: anchor } } : {})}
          className={styles.tip}
          data-side={isRight ? 'right' : 'left'}
          aria-hidden="true"
        >
          <p className={styles.head}>
            <b>{told.row < 0 ? '' : wordsOf(told.row, told.from)}</b>
            <span className="t2 nowrap">{formatTime(times[told.from] * 1_000, zone).slice(0, 8)}</span>
          </p>
          <p className={styles.way}>
            <kbd>T</kbd> or click: traces of {way.title}
          </p>
          <p className="t3 small">Draw with Shift: of all within</p>
          <code className="t3 small">{way.query}</code>
        </div>
      )}
    </>
  )
}

/** A value in the middle of what is drawn, whatever the scale. */
const middleOf = (plot: uPlot): number => plot.posToVal(plot.over.clientHeight / 2, 'y')

function placeWords({ times, wordsOf }: Pointable, { from, to, row }: Pointed, zone: TimeZone): string {
  const timeOf = (at: number): string => formatTime(times[at] * 1_000, zone).slice(0, 8)
  const words = row < 0 ? 'No value' : wordsOf(row, from)
  return from === to
    ? `${words} at ${timeOf(from)}`
    : `From ${timeOf(from)} to ${timeOf(to)}, at first ${words}`
}

const beginningAt = (place: Pick<Walk, 'at' | 'row'>): Walk => ({ ...place, anchor: place.at })

/** Where a key leads: a moment on or back, to either end, or to the next line or row above or below. */
function stepOf(key: string, { times, rows, placeOf }: Pointable, walk: Walk): Walk | undefined {
  const { at, row } = walk
  const last = times.length - 1
  switch (key) {
    case 'ArrowLeft':
      return { ...walk, at: Math.max(0, at - 1) }
    case 'ArrowRight':
      return { ...walk, at: Math.min(last, at + 1) }
    case 'Home':
      return { ...walk, at: 0 }
    case 'End':
      return { ...walk, at: last }
    case 'ArrowUp':
    case 'ArrowDown': {
      const sign = key === 'ArrowUp' ? 1 : -1
      const here = placeOf(row, at) ?? 0
      const beyond = Array.from({ length: rows }, (_, one) => ({ one, place: placeOf(one, at) }))
        .filter(({ place }) => place !== undefined && (place - here) * sign > 0)
        .toSorted((a, b) => ((a.place ?? 0) - (b.place ?? 0)) * sign)
      return { ...walk, row: beyond[0]?.one ?? row }
    }
    default:
      return undefined
  }
}
