import { type ReactNode, useCallback, useMemo } from 'react'
import type uPlot from 'uplot'
import type { Labels } from '#shared/api/logs'
import type { ChartMeaning } from '#shared/correlate/chart-traces'
import type { TimeZone } from '#shared/derive/clock-times'
import { countOf } from '#shared/derive/quantities'
import { type Frame, stacked } from '#shared/metrics/frame'
import { chartColors, type ChartColors } from '../chart/chart-colors'
import { Legend } from '../chart/legend'
import type { ChartLine } from '../chart/plot-options'
import { TimeChart } from '../chart/time-chart'
import { useSeriesLines } from '../chart/use-series-lines'
import { useLineTraces } from '../pivots/use-line-traces'
import type { ChartMark } from '../state/chart-mark'
import { useThemeColors } from '../ui/theme-colors'

interface Props {
  readonly label: string
  readonly frame: Frame
  readonly names: readonly string[]
  /** Of each series. */
  readonly labels: readonly Labels[]
  readonly source: string | undefined
  readonly meaning: ChartMeaning
  readonly isStacked: boolean
  /** Drawn across as a dashed line. */
  readonly threshold?: number | undefined
  readonly window: { readonly startMs: number; readonly endMs: number }
  readonly zone: TimeZone
  readonly mark?: ChartMark | undefined
  readonly format: (value: number) => string
  readonly onZoom: (startMs: number, endMs: number) => void
  readonly onUndoZoom: (() => void) | undefined
  /** The value axis reaches at least this far. */
  readonly reach: readonly [number, number] | undefined
  readonly over: ((plot: uPlot, drawn: number) => ReactNode) | undefined
}

/** What a chart shows, for who does not see it: how many lines, and where the values lie. */
function summaryOf(frame: Frame, format: (value: number) => string): string {
  let low = Infinity
  let high = -Infinity
  for (const column of frame.columns) {
    for (const value of column) {
      if (value === null) continue
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  }
  const lines = countOf(frame.columns.length, 'line')
  if (low > high) return `${lines}, no value that can be drawn.`
  return `${lines}, values from ${format(low)} to ${format(high)}. The table view has every value.`
}

/** Series as lines, each from 0 or one on top of the other, with their names below. */
export function PanelLines(props: Props) {
  const { label, frame, names, labels, source, meaning, isStacked, threshold, window, zone, format } = props
  const { mark, onZoom, onUndoZoom, reach, over } = props
  const colors = useThemeColors(chartColors)
  const { hidden, linesOf, shownOf, toggle } = useSeriesLines(frame, names)
  const drawn = useCallback(
    (colors: ChartColors): readonly ChartLine[] => {
      const shown = shownOf(colors)
      if (threshold !== undefined)
        return [
          ...shown,
          {
            name: 'threshold',
            color: colors['--warn-fill'],
            dash: [4, 3],
            points: frame.times.map(() => threshold),
            isBare: true,
          },
        ]
      if (!isStacked) return shown
      const sums = stacked(shown.map(({ points }) => points))
      // The highest first: what is drawn later lies over it.
      return shown.map((line, index) => ({ ...line, points: sums[index] })).toReversed()
    },
    [shownOf, isStacked, threshold, frame],
  )
  const ways = useLineTraces({ source, meaning, frame, names, labels, hidden, isStacked, format, zone })
  const named = useMemo(() => linesOf(colors), [linesOf, colors])
  const summary = useMemo(() => {
    const lines = summaryOf(frame, format)
    return threshold === undefined ? lines : `${lines} The threshold is ${format(threshold)}.`
  }, [frame, format, threshold])
  return (
    <>
      <TimeChart
        label={label}
        summary={summary}
        times={frame.times}
        lines={drawn}
        window={window}
        zone={zone}
        format={format}
        isFilled={frame.columns.length === 1}
        isStacked={isStacked}
        onZoom={onZoom}
        onUndoZoom={onUndoZoom}
        reach={reach}
        mark={mark}
        ways={ways}
        over={over}
      />
      {threshold !== undefined && <p className="wrn small">threshold {format(threshold)}, dashed</p>}
      <Legend times={frame.times} lines={named} hidden={hidden} onToggle={toggle} format={format} />
    </>
  )
}
