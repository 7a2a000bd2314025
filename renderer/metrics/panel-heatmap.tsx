import { type ReactNode, useCallback, useMemo } from 'react'
import type uPlot from 'uplot'
import type { ChartMeaning } from '#shared/correlate/chart-traces'
import type { TimeZone } from '#shared/derive/clock-times'
import { countOf } from '#shared/derive/quantities'
import { pointsOfCells } from '#shared/metrics/chart-point'
import { drawnEdges, type Heatmap } from '#shared/metrics/heatmap'
import { noUnit } from '#shared/metrics/unit'
import { valueText } from '#shared/metrics/value-text'
import { ChartGuides, guideWords, type Guides } from '../chart/chart-guides'
import { chartColors, type ChartColors } from '../chart/chart-colors'
import { drawHeatmap, rampColor } from '../chart/draw-heatmap'
import { Legend } from '../chart/legend'
import type { ChartLine } from '../chart/plot-options'
import { TimeChart } from '../chart/time-chart'
import { useChartTraces } from '../pivots/use-chart-traces'
import type { ChartMark } from '../state/chart-mark'
import { useThemeColors } from '../ui/theme-colors'
import styles from './metrics.module.css'

interface Props {
  readonly label: string
  readonly heatmap: Heatmap
  readonly source: string | undefined
  readonly meaning: ChartMeaning
  readonly window: { readonly startMs: number; readonly endMs: number }
  readonly zone: TimeZone
  readonly mark?: ChartMark | undefined
  readonly guides?: Guides | undefined
  /** Of what was measured: the bounds of the buckets. */
  readonly format: (value: number) => string
  /** The counts are of a rate. */
  readonly perSecond: boolean
  readonly onZoom: (startMs: number, endMs: number) => void
  readonly onUndoZoom: (() => void) | undefined
  readonly over: ((plot: uPlot, drawn: number) => ReactNode) | undefined
}

const quantiles = [
  { q: 0.99, name: 'p99', dash: [], widthPx: 1.75 },
  { q: 0.95, name: 'p95', dash: [6, 3], widthPx: 1.5 },
  { q: 0.5, name: 'p50', dash: [1.5, 3], widthPx: 1.5 },
] as const

const none: ReadonlySet<number> = new Set()
const noLabels = () => ({})

/** A histogram over time: how much lies in each bucket, and the quantiles of all buckets summed. */
export function PanelHeatmap(props: Props) {
  const { label, heatmap, source, meaning, window, zone, format, perSecond } = props
  const { mark, guides, onZoom, onUndoZoom, over } = props
  const colors = useThemeColors(chartColors)
  const { edges, isLogarithmic } = useMemo(() => drawnEdges(heatmap.edges), [heatmap])
  const reach = useMemo((): readonly [number, number] => [edges[0] ?? 0, edges.at(-1) ?? 1], [edges])
  const lines = useMemo(
    () => quantiles.map(({ q, ...look }) => ({ ...look, points: heatmap.quantile(q) })),
    [heatmap],
  )
  const given = useCallback(
    (colors: ChartColors): readonly ChartLine[] => [
      // Lines on a ramp wear a halo of the surface.
      ...lines.map((line) => ({ ...line, color: colors['--surface'], dash: [], widthPx: 4 })),
      ...lines.map((line) => ({ ...line, color: colors['--text'] })),
    ],
    [lines],
  )
  const under = useCallback(
    (plot: uPlot, colors: ChartColors) => drawHeatmap(plot, colors, heatmap, edges),
    [heatmap, edges],
  )
  const points = useMemo(
    () =>
      pointsOfCells(heatmap, edges, (low, high, count) => {
        const counted = valueText(count, { ...noUnit, perSecond })
        if (low === -Infinity) return `below ${format(high)}: ${counted}`
        return `${high === Infinity ? `over ${format(low)}` : `${format(low)} – ${format(high)}`}: ${counted}`
      }),
    [heatmap, edges, format, perSecond],
  )
  const ways = useChartTraces({ source, points, meaning, labelsOf: noLabels, zone })
  const laid = useMemo(
    () =>
      guides === undefined
        ? over
        : (plot: uPlot, drawn: number) => (
            <>
              <ChartGuides plot={plot} guides={guides} zone={zone} format={format} />
              {over?.(plot, drawn)}
            </>
          ),
    [guides, over, zone, format],
  )
  const counted = { ...noUnit, perSecond }
  const latest = lines
    .map(({ name, points }) => [name, points.findLast((value) => value !== null)] as const)
    .filter(([, value]) => typeof value === 'number')
    .map(([name, value]) => `${name} ${format(value ?? 0)}`)
  const summary = `Heatmap of ${countOf(Math.max(0, heatmap.edges.length - 1), 'bucket')}, at most ${valueText(heatmap.most, counted)} in one. Latest quantiles: ${latest.join(', ') || 'none'}. The table view has every value.${guides ? ` ${guideWords(guides, { zone, format })}` : ''}`
  return (
    <>
      <TimeChart
        label={label}
        summary={summary}
        times={heatmap.times}
        lines={given}
        window={window}
        zone={zone}
        format={format}
        reach={reach}
        isFixed
        isLogarithmic={isLogarithmic}
        under={under}
        onZoom={onZoom}
        onUndoZoom={onUndoZoom}
        mark={mark}
        ways={ways}
        over={laid}
      />
      <div className={styles.heatFoot}>
        <Legend
          times={heatmap.times}
          lines={lines.map((line) => ({ ...line, color: colors['--text'] }))}
          hidden={none}
          format={format}
        />
        <span className={styles.ramp} aria-hidden="true">
          <span className="t3">few</span>
          {Array.from({ length: 9 }, (_, step) => (
            <i key={step} style={{ background: rampColor(step, colors) }} />
          ))}
          <span className="t3">{valueText(heatmap.most, counted)}</span>
        </span>
      </div>
    </>
  )
}
