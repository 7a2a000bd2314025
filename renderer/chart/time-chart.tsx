import { type ReactNode, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { TimeZone } from '#shared/derive/clock-times'
import { type ChartWays, momentAt } from '#shared/metrics/chart-point'
import type { Point } from '#shared/metrics/frame'
import { useThemeColors } from '../ui/theme-colors'
import { chartColors, type ChartColors } from './chart-colors'
import styles from './chart.module.css'
import { drawHairlines } from './draw-hairlines'
import { hoverTime, onHoverTime, setHoverTime } from './hover-time'
import { ChartMark, type Marked, markWords } from './chart-mark'
import { PointLayer } from './point-layer'
import { areHairlines, type ChartLine, plotOptions, type Reach, valueRangeOf } from './plot-options'

interface Props {
  /** Its accessible name. */
  readonly label: string
  /** What it shows, in a sentence. */
  readonly summary: string
  /** Seconds since 1970. */
  readonly times: readonly number[]
  /** Made again for every look of the page: what a line looks like depends on the theme. */
  readonly lines: (colors: ChartColors) => readonly ChartLine[]
  readonly window: { readonly startMs: number; readonly endMs: number }
  readonly zone: TimeZone
  readonly format: (value: number) => string
  readonly isFilled?: boolean | undefined
  /** Each line of the list stands on the next one. */
  readonly isStacked?: boolean | undefined
  readonly reach?: readonly [number, number] | undefined
  readonly isLogarithmic?: boolean | undefined
  /** The value axis goes exactly as far as `reach`. */
  readonly isFixed?: boolean | undefined
  /** Drawn under the lines. */
  readonly under?: ((plot: uPlot, colors: ChartColors) => void) | undefined
  /** A stretch of time was chosen by dragging. */
  readonly onZoom?: ((startMs: number, endMs: number) => void) | undefined
  readonly onUndoZoom?: (() => void) | undefined
  /** Where one came from. */
  readonly mark?: Marked | undefined
  /** Where its places lead: by a click, or from the rectangle that is drawn with Shift. */
  readonly ways?: ChartWays | undefined
  /** Laid over the plot, which tells where times and values are; `drawn` rises whenever these may have moved. */
  readonly over?: ((plot: uPlot, drawn: number) => ReactNode) | undefined
}

/** Lines over time: a common crosshair, zoom by dragging. What it draws is also said: give a table beside it. */
export function TimeChart(props: Props) {
  const { label, summary, times, lines, window, zone, format, mark, ways, over } = props
  const { isFilled = false, isStacked = false, isLogarithmic = false, isFixed = false, reach, under } = props
  const colors = useThemeColors(chartColors)
  const box = useRef<HTMLDivElement>(null)
  const [plot, setPlot] = useState<uPlot>()
  const [drawn, setDrawn] = useState(0)
  const zoom = useEffectEvent((startMs: number, endMs: number) => props.onZoom?.(startMs, endMs))
  const undo = useEffectEvent(() => props.onUndoZoom?.())
  const follow = useEffectEvent((self: uPlot) => {
    if (!ways) return
    const { left, top, width, height } = self.select
    const [from, to] = [left, left + width].map((at) => momentAt(ways.points.times, self.posToVal(at, 'x')))
    const [high, low] = [top, top + height].map((at) => self.posToVal(at, 'y'))
    const row = ways.points.rowWithin(from, to, low, high)
    // A cell has its own bound; of a line what was drawn around it is meant.
    const least = ways.points.hasCells ? ways.points.leastOf(row, from, to) : low
    ways.wayOf({ from, to, row, least, most: ways.points.mostBelow(high) }).run(false)
  })
  /** What may change without the plot being made anew; it reads them when it draws. */
  const given = useRef<Reach & Pick<Props, 'format'>>({ reach, isFixed, format })
  /** What is drawn, from the least value to the most. */
  const extent = useRef<readonly [number | null, number | null]>([null, null])
  useLayoutEffect(() => {
    given.current = { reach, isFixed, format }
  }, [reach, isFixed, format])

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return undefined
    const shown = lines(colors)
    /** A rectangle is drawn, not a stretch to zoom into. */
    let isRegion = false
    const options = plotOptions({
      lines: shown,
      colors,
      isFilled,
      isStacked,
      zone,
      format: (value) => given.current.format(value),
      isLogarithmic,
      valueRange: (min, max) => {
        extent.current = [min, max]
        return valueRangeOf(min, max, given.current)
      },
      window,
    })
    const created = new uPlot(
      {
        ...options,
        width: Math.max(1, element.clientWidth),
        height: Math.max(1, element.clientHeight),
        hooks: {
          drawAxes: [
            (self) => {
              under?.(self, colors)
              if (areHairlines({ lines: shown, isStacked, isLogarithmic })) drawHairlines(self, times, shown)
            },
          ],
          draw: [() => setDrawn((count) => count + 1)],
          setCursor: [
            (self) => {
              const { left } = self.cursor
              setHoverTime(left === undefined || left < 0 ? undefined : self.posToVal(left, 'x'))
            },
          ],
          setSelect: [
            (self) => {
              const { left, width } = self.select
              if (width < 4) return
              if (isRegion) follow(self)
              else zoom(self.posToVal(left, 'x') * 1_000, self.posToVal(left + width, 'x') * 1_000)
              self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
            },
          ],
        },
      },
      // It reads them, and changes none.
      [times as number[], ...shown.map(({ points }) => points as Point[])],
      element,
    )
    setPlot(created)
    created.over.addEventListener('mousedown', (event) => {
      isRegion = event.shiftKey
      const { drag } = created.cursor
      if (drag) drag.y = isRegion
    })
    const observer = new ResizeObserver(() => {
      const [width, height] = [element.clientWidth, element.clientHeight]
      // It is told the first size too, and would draw everything again.
      if (width !== created.width || height !== created.height) created.setSize({ width, height })
    })
    observer.observe(element)
    created.over.addEventListener('dblclick', () => undo())
    return () => {
      observer.disconnect()
      created.destroy()
    }
  }, [times, lines, colors, isFilled, isStacked, zone, isLogarithmic, window, under])

  // Exemplars come after the lines: a plot of two hundred is drawn again only where they lie outside of its axis.
  useLayoutEffect(() => {
    const { min: low, max: high } = plot?.scales['y'] ?? {}
    // A plot that was not drawn yet will ask by itself.
    if (plot === undefined || typeof low !== 'number' || typeof high !== 'number') return
    const [from, to] = valueRangeOf(extent.current[0], extent.current[1], { reach, isFixed })
    if (from !== low || to !== high) plot.setData(plot.data)
  }, [plot, reach, isFixed])

  const drawnFormat = useRef(format)
  useLayoutEffect(() => {
    // Its unit came later: only what stands beside the axis changes.
    if (drawnFormat.current !== format) plot?.redraw(false, true)
    drawnFormat.current = format
  }, [plot, format])

  useEffect(() => {
    if (!plot) return undefined
    const show = () => {
      const time = hoverTime()
      const left = time === undefined ? -10 : plot.valToPos(time, 'x')
      // Where the pointer itself is, the crosshair is already.
      if (Math.abs((plot.cursor.left ?? -10) - left) < 0.5) return
      plot.setCursor({ left, top: -10 }, false)
    }
    return onHoverTime(show)
  }, [plot])

  return (
    <figure className={styles.chart} aria-label={label}>
      <figcaption className="sr">
        {summary} {mark && markWords(mark, window, zone)}
      </figcaption>
      <div ref={box} className={styles.plot} aria-hidden="true" />
      {plot && (over ?? ways ?? mark) && (
        <div
          className={styles.over}
          style={{
            left: plot.bbox.left / devicePixelRatio,
            top: plot.bbox.top / devicePixelRatio,
            width: plot.bbox.width / devicePixelRatio,
            height: plot.bbox.height / devicePixelRatio,
          }}
        >
          {mark && <ChartMark plot={plot} mark={mark} window={window} />}
          {ways && <PointLayer {...ways} plot={plot} zone={zone} waits={props.onUndoZoom !== undefined} />}
          {over?.(plot, drawn)}
        </div>
      )}
    </figure>
  )
}
