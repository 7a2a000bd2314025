import { useCallback, useMemo } from 'react'
import type { Source } from '#shared/api/contract'
import type { TimeZone } from '#shared/derive/clock-times'
import { frameOf } from '#shared/metrics/frame'
import { seriesNames } from '#shared/metrics/series-names'
import { type AskedWindow, askedWindow } from '#shared/metrics/step'
import { bucketInWords, countedIn, countedText, wholeSteps } from '#shared/metrics/traceql-counts'
import { SeriesChart } from '../chart/series-chart'
import { useSeriesLines } from '../chart/use-series-lines'
import { toApiError } from '../state/errors'
import { type AnswerTo, useRangeAnswer } from '../state/metric-answers'
import type { SearchWindow } from '../state/trace-search'
import { ProgressBar } from '../ui/progress-bar'
import { WarnNote } from '../ui/warn-note'
import styles from './counted-chart.module.css'

/** A point for every other pixel. */
const chartPx = 1_000

interface Props {
  readonly source: Source
  /** TraceQL that ends in `rate()` or its like. */
  readonly query: string
  readonly window: SearchWindow
  /** False while the search, and with it the window, is that of another query: nothing is asked yet, and the chart before stays. */
  readonly isBegun: boolean
  readonly zone: TimeZone
}

/** What TraceQL counts over time, above the traces that it counts. */
export function CountedChart({ source, query, window, isBegun, zone }: Props) {
  const asked = useMemo(() => askedWindow(window, chartPx), [window])
  const { data, error, isFetching, isPlaceholderData, stop } = useRangeAnswer(
    isBegun ? source.id : undefined,
    'traceql',
    query,
    asked,
  )
  return (
    <section className={styles.box} aria-label="Counted over time">
      {isFetching && <ProgressBar label={`Asking ${source.name}`} cancelText="Stop" onCancel={stop} />}
      {error && <WarnNote title={toApiError(error).message}>{toApiError(error).detail}</WarnNote>}
      {data && (
        <div className={isPlaceholderData ? `${styles.chart} old` : styles.chart}>
          <Answer answer={data} window={asked} zone={zone} />
        </div>
      )}
    </section>
  )
}

interface AnswerProps {
  readonly answer: AnswerTo
  readonly window: AskedWindow
  readonly zone: TimeZone
}

function Answer({ answer, window, zone }: AnswerProps) {
  const { query } = answer
  const whole = useMemo(() => ({ ...answer, series: wholeSteps(answer.series, window) }), [answer, window])
  const { series } = whole
  const frame = useMemo(() => frameOf(series, window), [series, window])
  const unit = useMemo(() => countedIn(query), [query])
  const names = useMemo(
    () => seriesNames(series.map(({ labels }) => bucketInWords(labels, unit))),
    [series, unit],
  )
  const format = useCallback((value: number) => countedText(value, unit), [unit])
  const lines = useSeriesLines(frame, names)
  return (
    <SeriesChart
      query={query}
      answer={whole}
      frame={frame}
      names={names}
      lines={lines}
      window={window}
      zone={zone}
      format={format}
    />
  )
}
