import { useMemo } from 'react'
import type { Source } from '#shared/api/contract'
import { meaningOfLogql } from '#shared/correlate/chart-traces'
import type { TimeZone } from '#shared/derive/clock-times'
import { countOf } from '#shared/derive/quantities'
import { frameOf } from '#shared/metrics/frame'
import { seriesNames } from '#shared/metrics/series-names'
import type { AskedWindow } from '#shared/metrics/step'
import { noUnit } from '#shared/metrics/unit'
import { valueText } from '#shared/metrics/value-text'
import { AnswerFoot } from '../chart/answer-foot'
import { chartColors } from '../chart/chart-colors'
import { Legend } from '../chart/legend'
import { TimeChart } from '../chart/time-chart'
import { useSeriesLines } from '../chart/use-series-lines'
import type { TimedAnswer } from '../client/metrics-api'
import { CopyQuery } from '../pivots/copy-query'
import { useLineTraces } from '../pivots/use-line-traces'
import { useGo } from '../state/location'
import { hrefOfPanel } from '../state/metrics-location'
import { Button } from '../ui/button'
import { useThemeColors } from '../ui/theme-colors'
import { WarnNote } from '../ui/warn-note'
import styles from './metric-chart.module.css'

interface Props {
  readonly query: string
  readonly answer: TimedAnswer
  readonly source: Source
  readonly window: AskedWindow
  readonly zone: TimeZone
  readonly onZoom: (startMs: number, endMs: number) => void
  readonly onUndoZoom: (() => void) | undefined
}

const format = (value: number): string => valueText(value, noUnit)

/** What a metric query over logs answers, as lines over time with their names below, and as a table for who does not see them. */
export function MetricChart({ query, answer, source, window, zone, onZoom, onUndoZoom }: Props) {
  const { series } = answer
  const go = useGo()
  const colors = useThemeColors(chartColors)
  const frame = useMemo(() => frameOf(series, window), [series, window])
  const labels = useMemo(() => series.map((one) => one.labels), [series])
  const names = useMemo(() => seriesNames(labels), [labels])
  const { hidden, linesOf, shownOf, toggle } = useSeriesLines(frame, names)
  const ways = useLineTraces({
    source: source.id,
    meaning: useMemo(() => meaningOfLogql(query), [query]),
    frame,
    names,
    labels,
    hidden,
    isStacked: false,
    format,
    zone,
  })
  return (
    <div className={styles.box}>
      <div className="row">
        <Button
          icon="metrics"
          onClick={() =>
            go(
              hrefOfPanel(
                {
                  view: 'auto',
                  source: source.id,
                  language: source.capabilities.metrics ? 'logql' : undefined,
                  query,
                },
                source,
                window,
              ),
            )
          }
        >
          Chart it in Metrics
        </Button>
        <CopyQuery
          label="Copy the query"
          source={source}
          asked={{ kind: 'log-metric', query, window, stepMs: window.stepMs }}
          link={{ title: 'Link to this page', href: globalThis.location.href }}
        />
      </div>
      {answer.warnings.map((warning) => (
        <WarnNote key={warning} title={warning} />
      ))}
      <TimeChart
        label={query}
        summary={`${countOf(series.length, 'line')}; the table after it has their latest values.`}
        times={frame.times}
        lines={shownOf}
        window={window}
        zone={zone}
        format={format}
        isFilled={series.length === 1}
        ways={ways}
        onZoom={onZoom}
        onUndoZoom={onUndoZoom}
      />
      <Legend times={frame.times} lines={linesOf(colors)} hidden={hidden} onToggle={toggle} format={format} />
      <AnswerFoot
        series={series.length}
        stepMs={window.stepMs}
        tookMs={answer.tookMs}
        bytes={answer.bytes}
        stats={answer.stats}
      />
      <table className="sr">
        <caption>Latest values</caption>
        <tbody>
          {series.map(({ values }, index) => (
            <tr key={names[index]}>
              <th scope="row">{names[index]}</th>
              <td>{String(values.at(-1) ?? '')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
