/** What uPlot is told: axes in our type and colours, gaps that stay gaps, a point alone that is seen. */
import type uPlot from 'uplot'
import { formatTickTimes, type TimeZone } from '#shared/derive/clock-times'
import { alone, type Point } from '#shared/metrics/frame'
import type { ChartColors } from './chart-colors'

/** One line of a chart. */
export interface ChartLine {
  readonly name: string
  readonly color: string
  readonly dash: readonly number[]
  readonly points: readonly Point[]
  readonly widthPx?: number | undefined
  /** Never filled under. */
  readonly isBare?: boolean | undefined
}

interface Given {
  readonly lines: readonly ChartLine[]
  readonly colors: ChartColors
  readonly isFilled: boolean
  /** Each line stands on the next one, and is filled down to it. */
  readonly isStacked: boolean
  readonly zone: TimeZone
  readonly format: (value: number) => string
  readonly isLogarithmic: boolean
  /** From where to where the value axis goes, by the least and the most that is drawn. */
  readonly valueRange: (min: number | null, max: number | null) => [number, number]
  readonly window: { readonly startMs: number; readonly endMs: number }
}

/** With more lines than this each is as thin as the screen can draw it: wide ones would cover one another, and take a second where no GPU helps. */
const mostWideLines = 16

/** Whether lines are drawn as hairlines, by `drawHairlines`. */
export const areHairlines = ({
  lines,
  isStacked,
  isLogarithmic,
}: Pick<Given, 'lines' | 'isStacked' | 'isLogarithmic'>): boolean =>
  lines.length > mostWideLines && !isStacked && !isLogarithmic

const tickFont = '10.5px'
const axisPx = 60

/** How far a value axis goes at least; exactly so far where it is fixed. */
export interface Reach {
  readonly reach: readonly [number, number] | undefined
  readonly isFixed: boolean
}

/** A value axis that begins at 0 unless something is below it, with a little room above. */
export function valueRangeOf(
  min: number | null,
  max: number | null,
  { reach, isFixed }: Reach,
): [number, number] {
  if (isFixed && reach) return [reach[0], reach[1]]
  const low = Math.min(0, min ?? 0, reach?.[0] ?? 0)
  const high = Math.max(max ?? low, reach?.[1] ?? low)
  if (high === low) return low === 0 ? [0, 1] : [low * 1.25, 0]
  return [low < 0 ? low - (high - low) * 0.05 : 0, high + (high - low) * 0.05]
}

const hex = (color: string, alpha: string): string =>
  `${color.length === 4 ? color.replace(/[\da-f]/gi, (digit) => digit + digit) : color}${alpha}`

export function plotOptions(given: Given): Omit<uPlot.Options, 'width' | 'height'> {
  const { lines, colors, isFilled, isStacked, zone, format, isLogarithmic, valueRange, window } = given
  const font = `${tickFont} ${getComputedStyle(document.documentElement).getPropertyValue('--font-ui')}`
  const hairlinePx = lines.length > mostWideLines ? 1 / devicePixelRatio : undefined
  const isDrawnElsewhere = areHairlines(given)
  const axis = { font, stroke: colors['--text-3'], ticks: { show: false } }
  return {
    // Seconds since 1970 stay what they are; the zone is chosen by the page.
    tzDate: (seconds) => new Date(zone === 'utc' ? seconds * 1e3 + utcShiftMs(seconds * 1e3) : seconds * 1e3),
    // The last time stands under the right edge, and reaches beyond it by half.
    padding: [8, 20, 0, 0],
    legend: { show: false },
    cursor: {
      points: { size: 7 },
      drag: { x: true, y: false, setScale: false },
    },
    scales: {
      x: { time: true, range: [window.startMs / 1_000, window.endMs / 1_000] },
      y: {
        ...(isLogarithmic ? { distr: 3 } : {}),
        range: (_plot, min, max) => valueRange(min, max),
      },
    },
    axes: [
      {
        ...axis,
        size: 24,
        space: 70,
        grid: { show: false },
        values: (_plot, splits) => [
          ...formatTickTimes(
            splits.map((seconds) => seconds * 1_000),
            zone,
          ),
        ],
      },
      {
        ...axis,
        size: axisPx,
        space: 32,
        grid: { stroke: colors['--grid'], width: 1 },
        values: (_plot, splits) => splits.map((value) => (value === null ? '' : format(value))),
      },
    ],
    bands: isStacked
      ? lines.slice(1).map((_, index): uPlot.Band => ({ series: [index + 1, index + 2] }))
      : [],
    series: [
      {},
      ...lines.map(({ name, color, dash, points, widthPx = 1.5, isBare = false }): uPlot.Series => ({
        label: name,
        stroke: color,
        width: hairlinePx ?? widthPx,
        ...(isDrawnElsewhere ? { paths: () => null } : {}),
        dash: [...dash],
        spanGaps: false,
        ...((isFilled || isStacked) && !isBare ? { fill: hex(color, isStacked ? '66' : '26') } : {}),
        // A line has two ends: what has neither is drawn as a point.
        points: { show: false, size: 5, fill: color, filter: () => [...alone(points)] },
      })),
    ],
  }
}

const utcShiftMs = (ms: number): number => new Date(ms).getTimezoneOffset() * 60_000
