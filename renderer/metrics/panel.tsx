import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type uPlot from 'uplot'
import type { ApiError, Source } from '#shared/api/contract'
import type { TimeZone } from '#shared/derive/clock-times'
import { countOf, formatCount } from '#shared/derive/quantities'
import { meaningOfLogql, meaningOfPromql } from '#shared/correlate/chart-traces'
import { serviceOfExpression } from '#shared/correlate/service-panels'
import { frameOf, isBeyondScale, numberOf } from '#shared/metrics/frame'
import { type ExemplarDot } from '#shared/metrics/exemplar-dots'
import { heatmapOf } from '#shared/metrics/heatmap'
import { seriesNames } from '#shared/metrics/series-names'
import { askedWindow } from '#shared/metrics/step'
import { valueText } from '#shared/metrics/value-text'
import type { ChartMark } from '../state/chart-mark'
import { toApiError } from '../state/errors'
import { lacksSeries, languageOf, useExemplars, useMetadata, useRangeAnswer } from '../state/metric-answers'
import { useSaid } from '../state/said-facts'
import { hrefOfPanel, type PanelPlace, type PanelView } from '../state/metrics-location'
import { useGo } from '../state/location'
import { AnswerFoot } from '../chart/answer-foot'
import type { Guides } from '../chart/chart-guides'
import { DotLayer, exemplarCount, keysOfDots } from '../chart/dot-layer'
import { CopyQuery } from '../pivots/copy-query'
import { FollowService } from '../pivots/follow-service'
import { HeldTimeButton } from '../time/held-time-button'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ErrorNote } from '../ui/error-note'
import { useAwaitedKeys } from '../ui/keys'
import { MenuButton } from '../ui/menu'
import { ProgressBar } from '../ui/progress-bar'
import { AveragedNote } from './averaged-note'
import {
  factsIn,
  isEachSecond,
  isMeasure,
  measuredUnit,
  readsHistogram,
  unitFor,
  unitOfLogql,
} from './panel-facts'
import { titleOf } from './panel-titles'
import styles from './metrics.module.css'
import { LackingSeries } from './lacking-series'
import { PanelHeatmap } from './panel-heatmap'
import { PanelLines } from './panel-lines'
import { PanelStat } from './panel-stat'
import { PanelTable } from './panel-table'
import { SaveChart } from './save-chart'
import { useAveraged } from './use-averaged'

interface Props {
  /** What it is called; its query where that is left out. */
  readonly title?: string | undefined
  readonly panel: PanelPlace
  readonly source: Source | undefined
  /** The window all panels share. */
  readonly window: { readonly startMs: number; readonly endMs: number }
  readonly zone: TimeZone
  /** Where one came from. */
  readonly mark?: ChartMark | undefined
  /** What its durations are read against, where it is a heatmap. */
  readonly guides?: Guides | undefined
  readonly isSelected?: boolean | undefined
  readonly onSelect: () => void
  /** Left out where the view is not for choosing. */
  readonly onView?: ((view: PanelView) => void) | undefined
  readonly onRemove?: (() => void) | undefined
  readonly onZoom: (startMs: number, endMs: number) => void
  readonly onUndoZoom: (() => void) | undefined
  readonly onExemplar: (dot: ExemplarDot, inNewTab: boolean) => void
  /** Asks something else in its place; left out, a chart of its own is opened for it. */
  readonly onQuery?: ((query: string) => void) | undefined
  /** What the server could not read in the query, and nothing once it can. */
  readonly onQueryError?: ((query: string, error: ApiError | undefined) => void) | undefined
  /** What came, in a few words: the latest value, or how many series. */
  readonly onAnswer?: ((query: string, count: string) => void) | undefined
}

const views: readonly { readonly view: PanelView; readonly label: string }[] = [
  { view: 'lines', label: 'Lines' },
  { view: 'stacked', label: 'Stacked' },
  { view: 'heatmap', label: 'Heatmap' },
  { view: 'stat', label: 'Latest value' },
  { view: 'table', label: 'Table' },
  { view: 'threshold', label: 'Against its threshold' },
]

/** Nobody tells more lines than this apart, and to draw a hundred thousand takes half a minute. */
const mostDrawn = 1_000

const isSameQuestion = (one: PanelPlace, other: PanelPlace): boolean =>
  one.source === other.source && one.language === other.language && one.query === other.query

/** One query of the page: asked at the width it is drawn in, and shown the way that was chosen. */
export function Panel(props: Props) {
  const { panel, source, window, zone, isSelected = false, onSelect, onView, onRemove } = props
  const { onQueryError, onAnswer, onExemplar } = props
  const go = useGo()
  const body = useRef<HTMLDivElement>(null)
  const [widthPx, setWidth] = useState<number>()
  useEffect(() => {
    const element = body.current
    if (!element) return undefined
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const asked = useMemo(
    // A little wider or narrower is no reason to ask again.
    () => (widthPx === undefined ? undefined : askedWindow(window, Math.ceil(widthPx / 200) * 200)),
    [window, widthPx],
  )
  const language = languageOf(panel, source)
  const facts = useMemo(() => factsIn(language, panel.query), [language, panel.query])
  const averaged = useAveraged(facts, panel.query, source?.id)
  const [insistedOn, insistOn] = useState<string>()
  const isRefused = averaged !== undefined && insistedOn !== panel.query
  const lacking = source && lacksSeries(panel, source) ? source : undefined
  const asking = isRefused || lacking ? undefined : source?.id
  // The comparison would leave out what is on the other side.
  const threshold = panel.view === 'threshold' ? facts.threshold : undefined
  const answer = useRangeAnswer(asking, language, threshold?.query ?? panel.query, asked)
  // What is drawn until the answer is there belongs to the query before, with its unit and its meaning.
  const [answered, setAnswered] = useState(panel)
  const isOld = answer.isPlaceholderData
  if (!isOld && !isSameQuestion(answered, panel)) setAnswered(panel)
  const drawn = isOld ? answered : panel
  const isOther = !isSameQuestion(drawn, panel)
  const drawnIn = languageOf(drawn, source)
  const drawnFacts = useMemo(() => factsIn(drawnIn, drawn.query), [drawnIn, drawn.query])
  const metadata = useMetadata(language === 'promql' && !lacking ? source?.id : undefined)
  const service = useMemo(() => facts.expression && serviceOfExpression(facts.expression), [facts])
  const unit = useMemo(
    () => (drawnIn === 'promql' ? unitFor(drawnFacts, metadata) : unitOfLogql(drawn.query)),
    [drawnIn, drawn.query, drawnFacts, metadata],
  )
  const format = useCallback((value: number) => valueText(value, unit), [unit])
  // Also what was drawn before is no answer to a query that is refused.
  const data = isRefused || lacking || panel.query.trim() === '' ? undefined : answer.data
  const measured = useMemo(() => measuredUnit(drawnFacts, metadata), [drawnFacts, metadata])
  const shown = useMemo(() => data?.series.slice(0, mostDrawn) ?? [], [data])
  const frame = useMemo(() => data && asked && frameOf(shown, asked), [data, shown, asked])
  const labels = useMemo(() => shown.map((one) => one.labels), [shown])
  const names = useMemo(() => seriesNames(labels), [labels])
  const error = useMemo(() => (answer.error ? toApiError(answer.error) : undefined), [answer.error])
  useEffect(() => onQueryError?.(panel.query, error), [onQueryError, panel.query, error])

  const count = useMemo(() => {
    if (!data || isOld) return ''
    const last = data.series.length === 1 ? data.series[0].values.at(-1) : undefined
    return last === undefined ? countOf(data.series.length, 'series', 'series') : format(numberOf(last))
  }, [data, isOld, format])
  useEffect(() => onAnswer?.(panel.query, count), [onAnswer, panel.query, count])

  const title = props.title ?? titleOf(panel)
  const drawnTitle = isOther ? titleOf(drawn) : title
  const heatmap = useMemo(
    () => (data && asked && /^(auto|heatmap)$/.test(panel.view) ? heatmapOf(data.series, asked) : undefined),
    [data, asked, panel.view],
  )
  const view = panel.view === 'auto' ? (heatmap ? 'heatmap' : 'lines') : panel.view
  const said = useSaid(source?.id)
  const meaning = useMemo(
    () =>
      drawnIn === 'promql'
        ? meaningOfPromql(
            drawnFacts.expression,
            view === 'heatmap' ? measured : unit,
            view === 'heatmap',
            said,
          )
        : meaningOfLogql(drawn.query),
    [drawnIn, drawnFacts, view, measured, unit, drawn.query, said],
  )
  const formatMeasured = useCallback((value: number) => valueText(value, measured), [measured])
  const {
    dots,
    error: dotsError,
    isFetching: areDotsComing,
  } = useExemplars(
    asking,
    panel.query,
    window,
    language === 'promql' &&
      // The name of a native histogram does not tell that it is one; its answer does.
      (heatmap !== undefined || readsHistogram(facts, panel.query)) &&
      view !== 'stat' &&
      view !== 'table',
  )
  useAwaitedKeys(keysOfDots, areDotsComing)
  const isOnAxis =
    view === 'heatmap' ||
    (/^(lines|threshold)$/.test(view) && isMeasure(isOther ? drawn.query : (threshold?.query ?? panel.query)))
  const over = useMemo(
    () =>
      dots.length === 0
        ? undefined
        : (plot: uPlot, drawn: number) => (
            <DotLayer
              plot={plot}
              drawn={drawn}
              dots={dots}
              zone={zone}
              format={formatMeasured}
              isOnAxis={isOnAxis}
              onOpen={onExemplar}
            />
          ),
    [dots, zone, formatMeasured, isOnAxis, onExemplar],
  )
  const reach = useMemo(
    (): readonly [number, number] | undefined =>
      isOnAxis && dots.length > 0
        ? [0, dots.reduce((most, { value }) => Math.max(most, value), 0)]
        : undefined,
    [dots, isOnAxis],
  )
  const isEmpty = data !== undefined && data.series.length === 0 && data.text === undefined
  const warnings = [
    ...(data?.warnings ?? []),
    ...(dotsError ? [`Exemplars: ${toApiError(dotsError).message}`] : []),
  ]
  // Nothing is wrong with these: they say what the chart cannot show.
  const unseen =
    data && /^(lines|stacked|threshold)$/.test(view)
      ? data.series.filter(({ histograms }) => histograms.length > 0).length
      : 0
  const remarks = [
    ...(data?.infos ?? []),
    data && data.series.length > shown.length && view !== 'heatmap' && view !== 'table'
      ? `The first ${formatCount(shown.length)} of ${countOf(data.series.length, 'series', 'series')} are drawn: narrow the query, or ask for topk(20, …).`
      : undefined,
    unseen > 0
      ? `${countOf(unseen, 'series', 'series')} of native histograms: the heatmap shows them, lines cannot.`
      : undefined,
    frame && isBeyondScale(frame)
      ? 'Its values lie further apart than can be drawn: the table has them.'
      : undefined,
    heatmap && view === 'heatmap' && heatmap.most === 0 ? 'No observations in this time.' : undefined,
    frame && frame.undrawn.nan > 0 ? `${countOf(frame.undrawn.nan, 'value')} NaN, not drawn.` : undefined,
    frame && frame.undrawn.infinite > 0
      ? `${countOf(frame.undrawn.infinite, 'value')} without bound (±Inf), not drawn.`
      : undefined,
  ].filter((remark) => remark !== undefined)

  return (
    <section
      className={isSelected ? `${styles.panel} ${styles.selected}` : styles.panel}
      aria-label={title}
      aria-current={isSelected || undefined}
    >
      <header className={styles.head}>
        <button type="button" className={styles.title} onClick={onSelect} title={title}>
          <h2 className="cut">{title}</h2>
        </button>
        {source && <span className="t3 small nowrap">{source.name}</span>}
        <CopyQuery
          label={`Copy ${title}`}
          look="ghost"
          source={source}
          asked={
            asked && panel.query.trim() !== ''
              ? {
                  kind: language === 'promql' ? 'metrics' : 'log-metric',
                  query: panel.query,
                  window: asked,
                  stepMs: asked.stepMs,
                }
              : undefined
          }
          link={{ title: 'Link to this chart', href: hrefOfPanel(panel, source, window) }}
        />
        {service !== undefined && <FollowService service={service} {...window} />}
        {frame && frame.columns.length > 0 && (
          <SaveChart
            title={title}
            frame={frame}
            names={names}
            heatmap={view === 'heatmap' ? heatmap : undefined}
            zone={zone}
            format={view === 'heatmap' ? formatMeasured : format}
          />
        )}
        {onView && (
          <MenuButton
            label={`How ${title} is shown`}
            look="ghost"
            entries={views
              .filter(
                ({ view: one }) =>
                  (one !== 'threshold' || facts.threshold !== undefined) &&
                  (one !== 'heatmap' || language === 'promql'),
              )
              .map(({ view: one, label }) => ({
                id: one,
                label,
                icon: one === view ? 'check' : undefined,
                run: () => onView(one),
              }))}
          >
            {views.find((one) => one.view === view)?.label}
          </MenuButton>
        )}
        {onRemove && <Button look="ghost" icon="close" label={`Remove ${title}`} onClick={onRemove} />}
      </header>
      {answer.isFetching && (
        <ProgressBar label={`Asking ${source?.name ?? ''}`} cancelText="Stop" onCancel={answer.stop} />
      )}
      {error?.kind === 'cancelled' && (
        <EmptyState
          title="Stopped before anything came."
          action={<Button onClick={() => void answer.refetch()}>Ask again</Button>}
        >
          {source?.name} had sent nothing whole until then.
        </EmptyState>
      )}
      {error && error.kind !== 'cancelled' && (
        <ErrorNote
          error={error}
          action={<Button onClick={() => void answer.refetch()}>Retry</Button>}
          kept={data ? 'What was answered before is shown.' : undefined}
        />
      )}
      {lacking && <LackingSeries source={lacking} />}
      {averaged && !lacking && (
        <AveragedNote
          averaged={averaged}
          onQuery={props.onQuery ?? ((query) => go(hrefOfPanel({ ...panel, query }, source, window)))}
          onInsist={isRefused ? () => insistOn(panel.query) : undefined}
        />
      )}
      {isOther && data && answer.isFetching && (
        <p className={`${styles.note} t3`}>Until the answer comes, this is still {drawnTitle}.</p>
      )}
      <div ref={body} className={isOld || error ? `${styles.body} old` : styles.body}>
        {panel.query.trim() === '' && (
          <p className={styles.hint}>
            Write a query above; Enter asks. Metrics, labels and values are completed.
          </p>
        )}
        {isEmpty && !answer.isFetching && (
          <p className={styles.hint}>
            No series in this window.{' '}
            {source && (
              <HeldTimeButton
                sources={[source]}
                window={window}
                onRange={({ from, to }) => props.onZoom(from, to)}
              />
            )}
          </p>
        )}
        {data?.text !== undefined && <p className={styles.hint}>“{data.text}”</p>}
        {data &&
          frame &&
          data.series.length > 0 &&
          (view === 'lines' || view === 'stacked' || view === 'threshold') && (
            <PanelLines
              label={drawnTitle}
              frame={frame}
              names={names}
              labels={labels}
              source={source?.id}
              meaning={meaning}
              isStacked={view === 'stacked'}
              threshold={isOther ? undefined : threshold?.value}
              window={window}
              zone={zone}
              mark={props.mark}
              format={format}
              onZoom={props.onZoom}
              onUndoZoom={props.onUndoZoom}
              reach={reach}
              over={over}
            />
          )}
        {heatmap && view === 'heatmap' && (
          <PanelHeatmap
            label={drawnTitle}
            heatmap={heatmap}
            source={source?.id}
            meaning={meaning}
            window={window}
            zone={zone}
            mark={props.mark}
            guides={props.guides}
            format={formatMeasured}
            perSecond={unit.perSecond || isEachSecond(drawnFacts.expression)}
            onZoom={props.onZoom}
            onUndoZoom={props.onUndoZoom}
            over={over}
          />
        )}
        {data && data.series.length > 0 && view === 'heatmap' && !heatmap && (
          <p className={styles.hint}>
            This is no histogram: it takes series with the label le, such as sum by (le) (rate(…_bucket[5m])),
            or native histograms.
          </p>
        )}
        {data && frame && data.series.length > 0 && view === 'stat' && (
          <PanelStat series={shown} names={names} frame={frame} format={format} />
        )}
        {data && data.series.length > 0 && view === 'table' && (
          <PanelTable label={drawnTitle} series={data.series} format={format} />
        )}
      </div>
      {warnings.map((warning) => (
        <p key={warning} className={`${styles.note} wrn`}>
          {warning}
        </p>
      ))}
      {remarks.map((remark) => (
        <p key={remark} className={`${styles.note} t3`}>
          {remark}
        </p>
      ))}
      {data && asked && (
        <AnswerFoot
          series={data.series.length}
          stepMs={asked.stepMs}
          tookMs={data.tookMs}
          bytes={data.bytes}
          stats={data.stats}
          more={dots.length > 0 ? exemplarCount(dots) : undefined}
        />
      )}
    </section>
  )
}
