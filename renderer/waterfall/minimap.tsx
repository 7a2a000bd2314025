import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { formatDuration, formatOffset } from '#shared/derive/durations'
import { type Minimap as MinimapColumns, minimap } from '#shared/derive/minimap'
import { countOf } from '#shared/derive/quantities'
import { timeTicks } from '#shared/derive/time-ticks'
import type { Trace } from '#shared/trace/table'
import type { MinimapSize } from '../state/trace-answers'
import { momentAt, positionOf, type TimeWindow, wholeWindow } from '#shared/derive/time-window'
import { Brush } from './brush'
import { drawMinimap, matchColumns, type MinimapColors, minimapColors } from './draw-minimap'
import { Hairline } from '../ui/hairline'
import { setHoverMoment } from '../ui/hover-moment'
import { useThemeVersion } from './use-theme-version'
import styles from './minimap.module.css'

interface Props {
  readonly trace: Trace
  /** Colour slots of what `columns` tells apart. */
  readonly slots: readonly number[]
  /** Undefined until it is worked out. */
  readonly columns: MinimapColumns | undefined
  /** Rows still come: then the picture is made here, of what there is. */
  readonly isReading: boolean
  readonly matches: Uint8Array | undefined
  readonly window: TimeWindow
  /** What is in view without any zoom. */
  readonly home: TimeWindow
  readonly onWindow: (next: TimeWindow | ((now: TimeWindow) => TimeWindow)) => void
  /** Says how many columns and lanes are wanted, once that is known and when it changes. */
  readonly onSize: (size: MinimapSize) => void
}

const heightPx = 46
/** Two pixels a lane, so that neighbours stay apart. */
const lanes = 20
const tickEveryPx = 110

/** The whole trace in a strip, with the window of the waterfall as a brush on it. */
export function Minimap(props: Props) {
  const { trace, slots, isReading, matches, window, home, onWindow, onSize } = props
  const { durationNs, spans } = trace
  const plot = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [widthPx, setWidthPx] = useState(0)
  const theme = useThemeVersion()
  const colors = useRef<{ readonly theme: number; readonly of: MinimapColors } | undefined>(undefined)
  const ratio = globalThis.devicePixelRatio || 1

  useLayoutEffect(() => {
    const element = plot.current
    if (!element) return undefined
    const observer = new ResizeObserver(() => setWidthPx(element.clientWidth))
    // Hears of the width at once; see Waterfall.
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const deviceWidthPx = Math.round(widthPx * ratio)
  useEffect(() => {
    if (deviceWidthPx > 0) onSize({ widthPx: deviceWidthPx, lanes })
  }, [deviceWidthPx, onSize])

  const soFar = useMemo(
    () => (isReading && deviceWidthPx > 0 ? minimap(trace, deviceWidthPx, lanes) : undefined),
    [isReading, trace, deviceWidthPx],
  )
  const columns = props.columns ?? soFar

  const matchTicks = useMemo(
    () =>
      matches && widthPx > 0 ? matchColumns(spans, matches, durationNs, Math.round(widthPx)) : undefined,
    [spans, matches, durationNs, widthPx],
  )
  useLayoutEffect(() => {
    const element = canvas.current
    if (!element || !columns || deviceWidthPx === 0) return
    element.width = deviceWidthPx
    element.height = Math.round(heightPx * ratio)
    // Asking for colours makes the browser work out the style of all that has changed: 15 ms while rows come.
    if (colors.current?.theme !== theme) colors.current = { theme, of: minimapColors(element) }
    drawMinimap(element, columns, slots, matchTicks, colors.current.of, ratio)
    // The theme is in the colours, which are read from the page.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [columns, slots, matchTicks, deviceWidthPx, ratio, theme])

  const timeline = useMemo(() => ({ window: wholeWindow(durationNs), widthPx }), [durationNs, widthPx])
  const ticks = timeTicks(0, timeline.window.to, Math.max(1, Math.floor(widthPx / tickEveryPx)))
  const end = formatDuration(durationNs)
  return (
    <section className={styles.minimap} aria-label="Overview of the trace">
      <p className="sr">{inWords(trace, columns, window)}</p>
      <div className={styles.ticks} aria-hidden="true">
        {ticks.map((tick) => {
          const at = positionOf(tick.at, timeline)
          return at > widthPx - 64 ? undefined : (
            <span key={tick.at} style={{ left: at }}>
              {tick.label}
            </span>
          )
        })}
        <span className={styles.last}>{end}</span>
      </div>
      <div
        ref={plot}
        className={styles.plot}
        onPointerMove={(event) => {
          const at = event.clientX - event.currentTarget.getBoundingClientRect().left
          setHoverMoment(momentAt(at, widthPx, timeline.window))
        }}
        onPointerLeave={() => setHoverMoment(undefined)}
      >
        {ticks.map((tick) => (
          <i key={tick.at} className={styles.gridLine} style={{ left: positionOf(tick.at, timeline) }} />
        ))}
        <canvas ref={canvas} className={styles.canvas} aria-hidden="true" />
        <Brush durationNs={durationNs} window={window} home={home} widthPx={widthPx} onWindow={onWindow} />
        <Hairline timeline={timeline} leftPx={0} />
      </div>
    </section>
  )
}

/** What the picture shows, for those who do not see it. */
function inWords(trace: Trace, columns: MinimapColumns | undefined, window: TimeWindow): string {
  const parts = [
    `${countOf(trace.spanCount, 'span')} over ${formatDuration(trace.durationNs)}; the waterfall shows ${formatDuration(window.from)} to ${formatDuration(window.to)}.`,
  ]
  if (columns) {
    const busiest = columns.density.reduce(
      (best, count, at) => (count > columns.density[best] ? at : best),
      0,
    )
    const at = (column: number) => formatOffset((column / columns.widthPx) * trace.durationNs)
    // A column counts what runs at any time within it: fewer run at one moment where spans are shorter than it is wide.
    const within = formatDuration(trace.durationNs / columns.widthPx)
    parts.push(`Busiest at ${at(busiest)}: ${countOf(columns.density[busiest], 'span')} within ${within}.`)
    const failed = [...columns.errors.keys()].filter((column) => columns.errors[column] > 0)
    if (failed.length > 0) parts.push(`Errors from ${at(failed[0])} to ${at(failed[failed.length - 1])}.`)
  }
  return parts.join(' ')
}
