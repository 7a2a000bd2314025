import { useMemo } from 'react'
import type { Source } from '#shared/api/contract'
import { meaningOfLogql } from '#shared/correlate/chart-traces'
import type { TimeZone } from '#shared/derive/clock-times'
import { frameOf } from '#shared/metrics/frame'
import { seriesNames } from '#shared/metrics/series-names'
import type { AskedWindow } from '#shared/metrics/step'
import { noUnit } from '#shared/metrics/unit'
import { valueText } from '#shared/metrics/value-text'
import { SeriesChart } from '../chart/series-chart'
import { useSeriesLines } from '../chart/use-series-lines'
import { CopyQuery } from '../pivots/copy-query'
import { useLineTraces } from '../pivots/use-line-traces'
import { useGo } from '../state/location'
import type { AnswerTo } from '../state/metric-answers'
import { hrefOfPanel } from '../state/metrics-location'
import { Button } from '../ui/button'
import { WarnNote } from '../ui/warn-note'
import styles from './metric-chart.module.css'

interface Props {
  readonly answer: AnswerTo
  /** Something else is being asked: it is the answer to the query before. */
  readonly isOld: boolean
  readonly source: Source
  readonly window: AskedWindow
  readonly zone: TimeZone
  readonly onZoom: (startMs: number, endMs: number) => void
  readonly onUndoZoom: (() => void) | undefined
}

const format = (value: number): string => valueText(value, noUnit)

/** What a metric query over logs answers, and the ways on from it. */
export function MetricChart({ answer, isOld, source, window, zone, onZoom, onUndoZoom }: Props) {
  const { series, query } = answer
  const go = useGo()
  const frame = useMemo(() => frameOf(series, window), [series, window])
  const labels = useMemo(() => series.map((one) => one.labels), [series])
  const names = useMemo(() => seriesNames(labels), [labels])
  const lines = useSeriesLines(frame, names)
  const ways = useLineTraces({
    source: source.id,
    meaning: useMemo(() => meaningOfLogql(query), [query]),
    frame,
    names,
    labels,
    hidden: lines.hidden,
    isStacked: false,
    format,
    zone,
  })
  return (
    <div className={isOld ? `${styles.box} old` : styles.box}>
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
      <SeriesChart
        query={query}
        answer={answer}
        frame={frame}
        names={names}
        lines={lines}
        window={window}
        zone={zone}
        format={format}
        ways={ways}
        onZoom={onZoom}
        onUndoZoom={onUndoZoom}
      />
    </div>
  )
}
