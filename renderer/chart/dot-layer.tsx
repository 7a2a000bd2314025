import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type uPlot from 'uplot'
import { formatTime, type TimeZone } from '#shared/derive/clock-times'
import { countOf, formatCount } from '#shared/derive/quantities'
import { type ExemplarDot, freeCorner, legible, type PlacedDot } from '#shared/metrics/exemplar-dots'
import { useKeys } from '../ui/keys'
import { useThemeColors } from '../ui/theme-colors'
import { chartColors } from './chart-colors'
import styles from './dots.module.css'

interface Props {
  readonly plot: uPlot
  /** Rises whenever the plot was drawn anew: places may have changed. */
  readonly drawn: number
  readonly dots: readonly ExemplarDot[]
  readonly zone: TimeZone
  readonly format: (value: number) => string
  /** The values of the dots are on the value axis; otherwise they stand along the time axis. */
  readonly isOnAxis: boolean
  readonly onOpen: (dot: ExemplarDot, inNewTab: boolean) => void
}

/** Draws 9 px, and is hit within 21. */
const dotPx = 4.5
const targetPx = 10.5

function draw(canvas: HTMLCanvasElement, dots: readonly PlacedDot[], fill: string, halo: string): void {
  const width = Math.round(canvas.clientWidth * devicePixelRatio)
  const height = Math.round(canvas.clientHeight * devicePixelRatio)
  const context = canvas.getContext('2d')
  if (!context) return
  // To set its size makes all its pixels anew, also where it stays the same.
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0)
  context.clearRect(0, 0, width, height)
  const path = new Path2D()
  for (const { x, y } of dots) {
    path.moveTo(x, y - dotPx)
    path.lineTo(x + dotPx, y)
    path.lineTo(x, y + dotPx)
    path.lineTo(x - dotPx, y)
    path.closePath()
  }
  context.lineWidth = 2.5
  context.strokeStyle = halo
  context.stroke(path)
  context.fillStyle = fill
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas, not an array
  context.fill(path)
}

function nearest(dots: readonly PlacedDot[], x: number, y: number): number {
  let found = -1
  let least = targetPx ** 2
  dots.forEach((dot, index) => {
    const distance = (dot.x - x) ** 2 + (dot.y - y) ** 2
    if (distance > least) return
    least = distance
    found = index
  })
  return found
}

/** Where keys begin: at what took longest, the newest of that; -1 for none. */
const highest = (dots: readonly PlacedDot[]): number =>
  dots.reduce((best, { dot }, index) => (best < 0 || dot.value >= dots[best].dot.value ? index : best), -1)

/** Its labels as a reader wants them: the ids last. */
const factsOf = ({ labels, series }: ExemplarDot): readonly (readonly [string, string])[] =>
  Object.entries({ ...series, ...labels }).toSorted(
    ([one], [other]) => Number(/id$/i.test(one)) - Number(/id$/i.test(other)),
  )

/** Exemplars over a chart: hovering tells their labels, one click opens the trace, arrow keys walk through them. */
export function DotLayer({ plot, drawn, dots, zone, format, isOnAxis, onOpen }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const colors = useThemeColors(chartColors)
  const [hovered, setHovered] = useState<number>()
  const [focused, setFocused] = useState<number>()

  const shown = useMemo(() => {
    const { min = 0, max = 0 } = plot.scales['x']
    const bottom = plot.over.clientHeight - dotPx - 1
    return legible(
      dots
        .filter(({ time }) => time >= min && time <= max)
        .map((dot) => ({
          dot,
          x: plot.valToPos(dot.time, 'x'),
          y: isOnAxis ? plot.valToPos(dot.value, 'y') : bottom,
        })),
      { widthPx: plot.over.clientWidth, heightPx: plot.over.clientHeight },
    )
    // oxlint-disable-next-line react/exhaustive-deps -- the plot is the same object, drawn anew
  }, [plot, dots, isOnAxis, drawn])

  useLayoutEffect(() => {
    if (canvas.current) draw(canvas.current, shown, colors['--trace'], colors['--surface'])
  }, [shown, colors])

  const corner = useMemo(
    () => freeCorner(shown, { widthPx: plot.over.clientWidth, heightPx: plot.over.clientHeight }),
    [plot, shown],
  )

  const move = useEffectEvent((event: PointerEvent) => {
    const { left, top } = plot.over.getBoundingClientRect()
    const at = nearest(shown, event.clientX - left, event.clientY - top)
    plot.over.style.cursor = at >= 0 ? 'pointer' : ''
    // What is below the dots leaves it to them.
    if (at >= 0) event.preventDefault()
    setHovered(at >= 0 ? at : undefined)
  })
  const click = useEffectEvent((event: MouseEvent) => {
    const { left, top } = plot.over.getBoundingClientRect()
    const at = nearest(shown, event.clientX - left, event.clientY - top)
    if (at < 0) return
    event.preventDefault()
    onOpen(shown[at].dot, event.ctrlKey || event.metaKey)
  })
  useEffect(() => {
    const { over } = plot
    const listening = new AbortController()
    const first = { signal: listening.signal, capture: true }
    over.addEventListener('pointermove', (event) => move(event), first)
    over.addEventListener('pointerleave', () => setHovered(undefined), first)
    over.addEventListener('click', (event) => click(event), first)
    return () => listening.abort()
  }, [plot])

  const told = shown.at(hovered ?? focused ?? -1)
  const isTold = hovered !== undefined || focused !== undefined
  const at = focused ?? highest(shown)
  const current = shown.at(at)
  useKeys({
    scope: 'Chart',
    bindings:
      current === undefined
        ? []
        : [
            {
              keys: keysOfDots,
              title: 'Walk through the exemplars with the arrow keys',
              run: () => document.querySelector<HTMLElement>('[data-exemplars]')?.focus(),
            },
            ...(isTold && told?.dot.traceId !== undefined
              ? [{ keys: 'T', title: 'Trace of the exemplar', run: () => onOpen(told.dot, false) }]
              : []),
          ],
  })
  return (
    <>
      {shown.length < dots.length && (
        <span className={styles.count} data-corner={corner}>
          {formatCount(shown.length)} of {formatCount(dots.length)}
        </span>
      )}
      <canvas ref={canvas} className={styles.dots} aria-hidden="true" />
      {current && (
        <button
          type="button"
          data-exemplars
          className={styles.focus}
          style={{ left: current.x, top: current.y }}
          aria-label={`Exemplar ${at + 1} of ${shown.length}: ${format(current.dot.value)} at ${formatTime(current.dot.time * 1_000, zone)}. ${current.dot.traceId === undefined ? 'It names no trace.' : 'Enter opens its trace.'} Arrow keys walk.`}
          onFocus={() => setFocused(at)}
          onBlur={() => setFocused(undefined)}
          onClick={(event) => onOpen(current.dot, event.ctrlKey || event.metaKey)}
          onKeyDown={(event) => {
            const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key]
            if (step === undefined) return
            event.preventDefault()
            event.stopPropagation()
            setFocused(Math.min(shown.length - 1, Math.max(0, at + step)))
          }}
        />
      )}
      {isTold && told && (
        <div
          className={styles.tip}
          data-side={told.x > plot.over.clientWidth / 2 ? 'left' : 'right'}
          style={{ left: told.x, top: Math.max(0, Math.min(told.y, plot.over.clientHeight - 40)) }}
          aria-hidden="true"
        >
          <p className={styles.tipHead}>
            <b>{format(told.dot.value)}</b>
            <span className="t2">{formatTime(told.dot.time * 1_000, zone)}</span>
          </p>
          <dl className="kv">
            {factsOf(told.dot)
              .slice(0, 8)
              .map(([name, value]) => (
                <div key={name} className={styles.fact}>
                  <dt className="t3">{name}</dt>
                  <dd className="cut">{value.slice(0, 200)}</dd>
                </div>
              ))}
          </dl>
          <p className="t3 small">
            {told.dot.traceId === undefined ? (
              'It names no trace'
            ) : (
              <>
                <kbd>T</kbd> or click opens the trace
              </>
            )}
          </p>
        </div>
      )}
    </>
  )
}

/** Where they are still being asked for, they may be pressed already. */
export const keysOfDots = ['E'] as const

/** How many exemplars there are, for the line below a chart. */
export const exemplarCount = (dots: readonly ExemplarDot[]): string => countOf(dots.length, 'exemplar')
