import type { MetricAnswer } from '#shared/api/metrics'
import type { TimeZone } from '#shared/derive/clock-times'
import { countOf } from '#shared/derive/quantities'
import type { ChartWays } from '#shared/metrics/chart-point'
import type { Frame } from '#shared/metrics/frame'
import { latestOf } from '#shared/metrics/latest'
import type { AskedWindow } from '#shared/metrics/step'
import { useThemeColors } from '../ui/theme-colors'
import { AnswerFoot } from './answer-foot'
import { chartColors } from './chart-colors'
import { Legend } from './legend'
import { TimeChart } from './time-chart'
import type { useSeriesLines } from './use-series-lines'

interface Props {
  readonly query: string
  /** With how long it took, and how large it was. */
  readonly answer: MetricAnswer & { readonly tookMs: number; readonly bytes: number }
  /** The answer on the grid of the window. */
  readonly frame: Frame
  /** Of each series. */
  readonly names: readonly string[]
  readonly lines: ReturnType<typeof useSeriesLines>
  readonly window: AskedWindow
  readonly zone: TimeZone
  readonly format: (value: number) => string
  readonly ways?: ChartWays | undefined
  readonly onZoom?: ((startMs: number, endMs: number) => void) | undefined
  readonly onUndoZoom?: (() => void) | undefined
}

/** An answer as lines over time with their names below, what it cost, and the latest values as a table for who does not see it. */
export function SeriesChart(props: Props) {
  const { query, answer, frame, names, lines, window, zone, format, ways, onZoom, onUndoZoom } = props
  const { hidden, linesOf, shownOf, toggle } = lines
  const { series } = answer
  const colors = useThemeColors(chartColors)
  return (
    <>
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
          {series.map((one, index) => (
            <tr key={names[index]}>
              <th scope="row">{names[index]}</th>
              <td>{latestOf(one, format)?.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
