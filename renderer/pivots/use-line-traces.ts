/** Where the points of lines lead: to the traces of what a line is of. */
import { useCallback, useMemo } from 'react'
import type { Labels } from '#shared/api/logs'
import type { ChartMeaning } from '#shared/correlate/chart-traces'
import type { TimeZone } from '#shared/derive/clock-times'
import { type ChartWays, pointsOfLines } from '#shared/metrics/chart-point'
import type { Frame } from '#shared/metrics/frame'
import { useChartTraces } from './use-chart-traces'

interface Lines {
  readonly source: string | undefined
  readonly meaning: ChartMeaning
  readonly frame: Frame
  readonly names: readonly string[]
  /** Of each series. */
  readonly labels: readonly Labels[]
  readonly hidden: ReadonlySet<number>
  readonly isStacked: boolean
  readonly format: (value: number) => string
  readonly zone: TimeZone
}

export function useLineTraces({ source, meaning, zone, ...lines }: Lines): ChartWays | undefined {
  const { frame, names, labels, hidden, isStacked, format } = lines
  const shown = useMemo(
    () => frame.columns.map((_, column) => column).filter((column) => !hidden.has(column)),
    [frame, hidden],
  )
  const points = useMemo(
    () =>
      pointsOfLines(
        frame,
        shown,
        isStacked,
        (column, value) => `${names[column] ?? ''} ${value === null ? 'no value' : format(value)}`,
      ),
    [frame, shown, isStacked, names, format],
  )
  const labelsOf = useCallback((row: number) => labels[shown[row]] ?? {}, [labels, shown])
  return useChartTraces({ source, points, meaning, labelsOf, zone })
}
