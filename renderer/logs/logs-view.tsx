import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react'
import type { Source } from '#shared/api/contract'
import { describeWindow, windowOf } from '#shared/derive/time-range'
import { countOf, formatBytes } from '#shared/derive/quantities'
import { titleOfLogql } from '#shared/correlate/query-title'
import { readingOf } from '#shared/correlate/trace-reading'
import type { LogLine } from '#shared/logs/batch'
import { countFields } from '#shared/logs/field-counts'
import { rowsWith } from '#shared/logs/find-lines'
import { expressionOf, findPatterns } from '#shared/logs/line-patterns'
import { lineAt, rowOf } from '#shared/logs/log-list'
import { foldRepeats, type OpenedFolds } from '#shared/logs/repeated-lines'
import {
  type FieldValue,
  kindOfQuery,
  selectorOf,
  withChoice,
  withFilter,
  withLineFilter,
} from '#shared/query/logql/query'
import { askedWindow } from '#shared/metrics/step'
import { toApiError } from '../state/errors'
import { hrefOf, useGo, useLocationState } from '../state/location'
import { logLocation } from '../state/log-location'
import { useRangeAnswer } from '../state/metric-answers'
import { rangeAmong } from '../state/held-time'
import { useLogPatterns, useLogVolume } from '../state/log-names'
import { usePageTime } from '../state/page-time'
import { usePanelSize, usePreferences, useRemember } from '../state/preferences'
import { isServer, useTraceSources } from '../state/sources'
import { useStep } from '../state/thread-step'
import { useLogFacts } from '../state/log-facts'
import { hrefOfTrace } from '../state/trace-location'
import { CopyQuery } from '../pivots/copy-query'
import { HeldTimeButton } from '../time/held-time-button'
import { PageTimeBar } from '../time/page-time-bar'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ErrorNote } from '../ui/error-note'
import { Keys } from '../ui/key-caps'
import { useKeys } from '../ui/keys'
import { ProgressBar } from '../ui/progress-bar'
import { RangeNote } from '../ui/range-note'
import { Slot } from '../ui/slot'
import { Splitter } from '../ui/splitter'
import { WarnNote } from '../ui/warn-note'
import { FieldPanel, patternCounts } from './field-panel'
import { FollowStrip } from './follow-strip'
import { LineDetail } from './line-detail'
import { useLinesWithAround } from './lines-with-around'
import { marksOf } from './line-marks'
import { ListEnd } from './list-end'
import { ListHead } from './list-head'
import { LogListView } from './log-list-view'
import { LogQueryBar } from './log-query-bar'
import styles from './logs-view.module.css'
import { MetricChart } from './metric-chart'
import { NoLines } from './no-lines'
import { ServiceChoice } from './service-choice'
import { useFollow } from './use-follow'
import { useLineKeys } from './use-line-pivots'
import { useLogRun } from './use-log-run'
import { useSeldom } from './use-seldom'
import { stepOf, sumsOf } from './volume'
import { VolumeChart } from './volume-chart'

/** As many bars as can be told apart on a small screen. */
const mostBars = 100
/** Charts of metric queries have a point for every other of so many pixels. */
const chartPx = 1_000
const fieldsPx = 224
/** Lines come in several times a second while they are followed; their fields are counted anew less often. */
const countAgainMs = 3_000
/** Lines whose fields are counted; a person who filters further has fewer. */
const mostCounted = 2_000

/** The lines of one source: a query, its volume over time, fields, and the list. `sources` are those that keep logs, at least one. */
export function LogsView({ sources }: { readonly sources: readonly Source[] }) {
  const [place, actions] = useLocationState(logLocation)
  const source = sources.find(({ id }) => id === place.source) ?? sources[0]
  const traceSources = useTraceSources()
  const go = useGo()
  const { timeZone: zone } = usePreferences()
  const width = usePanelSize('logs.fields', fieldsPx)
  const remember = useRemember()
  const [selected, setSelected] = useState<LogLine>()
  const around = useLinesWithAround()
  const time = usePageTime(place, actions)
  const isMetric = kindOfQuery(place.query) === 'metric'
  const range = useMemo(() => rangeAmong([source], place.range), [source, place.range])
  const { run, snapshot, restart } = useLogRun(range, place.order, isMetric ? '' : place.query, source)
  const { list, error } = snapshot
  const isDone = run !== undefined && !snapshot.isAsking && error === undefined
  // What Clew holds itself has ended when it is read: its tail is empty.
  const hasEnded = !isServer(source)
  const canFollow = !hasEnded && run !== undefined && (list.length > 0 || isDone)
  const { snapshot: followed, pause } = useFollow(place.follow && canFollow ? run : undefined)

  const [askedMs, setAskedMs] = useState(() => Date.now())
  const metricWindow = useMemo(() => askedWindow(windowOf(range, askedMs), chartPx), [range, askedMs])
  const metric = useRangeAnswer(source.id, 'logql', isMetric ? place.query : '', metricWindow)
  // While a query is asked, the answer to the one before stays in the chart; it says nothing of this one.
  const metricSeries = metric.isFetching ? undefined : metric.data?.series.length
  const metricError = metric.error ? toApiError(metric.error) : undefined

  const window = useMemo(() => {
    if (!run) return undefined
    const { startNs, endNs } = run.question.window
    return { startMs: Number(startNs) / 1e6, endMs: Number(endNs) / 1e6 }
  }, [run])
  const volumeQuestion = useMemo(
    () =>
      run && window
        ? { sourceId: source.id, query: run.question.query, window, stepMs: stepOf(window, mostBars) }
        : undefined,
    [run, window, source.id],
  )
  const volume = useLogVolume(volumeQuestion)
  const sums = useMemo(() => sumsOf(volume.data), [volume.data])
  const patterns = useLogPatterns(source.id, run ? selectorOf(place.query) : '', window)

  const traceHref = useMemo(() => {
    if (traceSources.length === 0) return undefined
    const ids = traceSources.map(({ id }) => id)
    return (traceId: string, spanId: string | undefined, line: LogLine) =>
      hrefOfTrace({ sources: ids, traceId, span: spanId ?? '', read: readingOf(line, traceId) })
  }, [traceSources])
  const [{ naming }] = useLogFacts(useMemo(() => [source], [source]))
  const look = useMemo(
    () => ({
      zone,
      columns: place.columns,
      wrap: place.wrap,
      marks: marksOf(place.query, place.find),
      hrefOfTrace: traceHref,
      naming,
    }),
    [zone, place.columns, place.wrap, place.query, place.find, traceHref, naming],
  )
  const ask = (query: string): void => {
    setSelected(undefined)
    setAskedMs(Date.now())
    if (query === place.query) restart()
    else actions.go({ query, of: [], instance: '' })
  }
  const toggleColumn = (name: string): void =>
    actions.adjust({
      columns: place.columns.includes(name)
        ? place.columns.filter((one) => one !== name)
        : [...place.columns, name],
    })
  const more = useCallback(() => {
    // After a failure a person decides.
    if (error === undefined) void run?.more()
  }, [run, error])

  const [openedFolds, setOpenedFolds] = useState<OpenedFolds>([])
  const folded = useMemo(
    () => (place.fold ? foldRepeats(list, openedFolds) : undefined),
    [place.fold, list, openedFolds],
  )
  const shown = folded ?? list
  const repeatsOf = (line: LogLine) => {
    const count = folded?.counts[rowOf(folded, line) ?? -1] ?? 1
    return count === 1 ? undefined : { count, onOpen: () => setOpenedFolds((now) => [...now, line]) }
  }
  const sought = useDeferredValue(place.find)
  const rows = useMemo(() => rowsWith(shown, sought), [shown, sought])
  const at = selected === undefined ? -1 : (rowOf(shown, selected) ?? -1)
  const step = (by: 1 | -1): void => {
    // Who types and presses Enter at once is taken to what was typed, not to what was looked for before.
    const found = sought === place.find ? rows : rowsWith(shown, place.find)
    const next = by === 1 ? found.find((row) => row > at) : found.findLast((row) => row < at)
    const row = next ?? (by === 1 ? found[0] : found.at(-1))
    if (row !== undefined) setSelected(lineAt(shown, row))
  }
  useKeys({
    scope: 'Logs',
    bindings: [
      { keys: 'F', title: 'Follow live', run: () => canFollow && time.toggleFollow() },
      { keys: 'J', title: 'Next line found', run: () => step(1) },
      { keys: 'K', title: 'Line found before', run: () => step(-1) },
    ],
  })

  useLineKeys(source, selected, look)

  const href = hrefOf(logLocation, { ...place, source: source.id, find: '', follow: false })
  const isAnswered = isDone && list.length > 0
  const holds = countOf(list.length, 'line')
  const isPart = snapshot.hasRest || snapshot.isCut
  /** Away from the page, where nothing says that it is only the first of them. */
  const held = isPart ? `${place.order} ${holds}` : holds
  useEffect(() => {
    if (isAnswered)
      remember({ name: place.query, kind: 'Logs', holds: held, href, openedMs: Date.now(), sizeBytes: 0 })
    // Once for a query that was answered, not for each page of it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [isAnswered, href])

  useStep(
    logLocation.path,
    place.query === ''
      ? undefined
      : {
          signal: 'log',
          title: titleOfLogql(place.query),
          sources: [source.name],
          query: place.query,
          window: isMetric ? metricWindow : window,
          count: isMetric
            ? metricSeries === undefined
              ? ''
              : countOf(metricSeries, 'series', 'series')
            : isDone
              ? held
              : '',
        },
  )

  const copies = (
    <CopyQuery
      label="Copy the query"
      source={source}
      asked={run && { kind: 'lines', ...run.question, limit: 1_000 }}
      link={{ title: 'Link to this page', href: globalThis.location.href }}
    />
  )
  const counted = useDeferredValue(useSeldom(list, followed === undefined ? 0 : countAgainMs))
  const fields = useMemo(() => countFields(counted, mostCounted), [counted])
  const seen = Math.min(mostCounted, counted.length)
  // Old servers find none, and those that may are not always told to.
  const byServer = patterns.data !== undefined && patterns.data.length > 0
  const isLocal = !byServer && !patterns.isFetching
  const foundPatterns = useMemo(
    () => (isLocal ? findPatterns(counted, mostCounted) : patternCounts(patterns.data ?? [])),
    [isLocal, counted, patterns.data],
  )
  const names = useMemo(() => fields.map(({ name }) => name), [fields])
  const when = window ? describeWindow(window, zone, askedMs) : ''
  const soFar = isPart ? `${holds} so far` : holds
  const hasLines = run !== undefined && list.length > 0
  const isRefused = error?.kind === 'bad-query' && !hasLines
  return (
    <section className={styles.page} aria-label="Logs">
      <h1 className="sr">Logs</h1>
      <Slot name="top">
        <PageTimeBar time={time} asked={window ?? (hasEnded ? metricWindow : undefined)} followsElsewhere />
      </Slot>
      <Slot name="status">
        {run && !isRefused && (
          <span>
            {soFar} from {source.name} in {Math.round(snapshot.tookMs)} ms, {place.order} first
            {snapshot.searchedBytes > 0 && `; it looked through ${formatBytes(snapshot.searchedBytes)}`}
          </span>
        )}
        <span className="opt">
          <Keys keys="Enter" /> expand
        </span>
        <span className="opt">
          <Keys keys="T" /> trace
        </span>
        <span className="opt">
          <Keys keys="F" /> follow live
        </span>
      </Slot>
      <RangeNote problem={place.rangeProblem} range={place.range} zone={zone} />
      <LogQueryBar
        key={place.query}
        query={place.query}
        range={range}
        sources={sources}
        source={source}
        error={error ?? metricError}
        isFollowing={place.follow && !hasEnded}
        canFollow={canFollow}
        hasEnded={hasEnded}
        onSource={(id) => actions.go({ source: id })}
        onRun={ask}
        onFollow={time.toggleFollow}
      />
      {place.query === '' && (
        <ServiceChoice source={source} range={range} onQuery={ask} onRange={time.choose} />
      )}
      {isMetric && metricError && metricError.kind !== 'bad-query' && (
        <ErrorNote
          error={metricError}
          action={<Button onClick={() => void metric.refetch()}>Retry</Button>}
        />
      )}
      {isMetric && metric.isFetching && (
        <ProgressBar label={`Asking ${source.name} for values`} cancelText="Stop" onCancel={metric.stop} />
      )}
      {isMetric && metricSeries === 0 && (
        <EmptyState
          title="This query has no value in this time range."
          action={<HeldTimeButton sources={[source]} window={metricWindow} onRange={time.choose} />}
        >
          {hasEnded ? '' : 'Look at a longer time.'}
        </EmptyState>
      )}
      {isMetric && metric.data !== undefined && metric.data.series.length > 0 && (
        <MetricChart
          answer={metric.data}
          isOld={metric.isPlaceholderData}
          source={source}
          window={metricWindow}
          zone={zone}
          onZoom={time.zoom}
          onUndoZoom={time.undoZoom}
        />
      )}
      <div className="cols">
        {hasLines && (
          <>
            <FieldPanel
              fields={fields}
              seen={seen}
              query={place.query}
              patterns={foundPatterns}
              patternsAre={byServer ? 'as the server found them' : `in ${countOf(seen, 'line')}`}
              onStopPatterns={patterns.isFetching ? patterns.stop : undefined}
              widthPx={width.sizePx}
              onChoose={(field, values) => ask(withChoice(place.query, field, values))}
              onPattern={(pattern) =>
                ask(
                  byServer
                    ? withLineFilter(place.query, '|>', pattern)
                    : withLineFilter(place.query, '|~', expressionOf(pattern)),
                )
              }
            />
            <Splitter
              label="Width of the fields"
              sizePx={width.sizePx}
              minPx={160}
              maxPx={420}
              onChange={width.set}
              onReset={width.reset}
            />
          </>
        )}
        <div className={styles.page}>
          {volume.isFetching && hasLines && (
            <ProgressBar label="Counting these lines over time" onCancel={volume.stop} />
          )}
          {volume.data && window && (
            <VolumeChart volume={volume.data} window={window} zone={zone} onBrush={time.zoom} />
          )}
          {run && !isRefused && (
            <ListHead
              place={place}
              errors={sums.error}
              warnings={sums.warn}
              found={{ count: rows.length, at: rows.indexOf(at) + 1 }}
              names={names}
              onColumn={toggleColumn}
              onStep={step}
              onAdjust={actions.adjust}
              copies={copies}
              onOrder={(order) => actions.go({ order, follow: false })}
            >
              <b>{soFar}</b> from {when}
              {folded && folded.length < list.length && (
                <span className="t3"> in {countOf(folded.length, 'row')}</span>
              )}
              {snapshot.hasRest && hasLines && sums.all > list.length && (
                <span className="t3"> of about {countOf(sums.all, 'line')}</span>
              )}
            </ListHead>
          )}
          {(volume.error ?? volume.isStopped) && hasLines && (
            <WarnNote
              title={`These lines ${volume.error ? 'could not be' : 'were not'} counted over time.`}
              action={<Button onClick={() => void volume.refetch()}>Count again</Button>}
            >
              {volume.error ? toApiError(volume.error).message : undefined}
            </WarnNote>
          )}
          {followed && <FollowStrip follow={followed} onPause={pause} />}
          {snapshot.notes.map((note) => (
            <WarnNote key={note} title={note} />
          ))}
          {error && error.kind !== 'bad-query' && (
            <ErrorNote
              error={error}
              action={<Button onClick={() => void run?.more()}>Retry</Button>}
              kept={list.length > 0 ? 'The lines read before it are shown.' : undefined}
            />
          )}
          {isRefused && (
            <EmptyState title={`${source.name} could not read the query.`}>
              What it says, and where, stands under the query. Put that right, and press Enter.
            </EmptyState>
          )}
          {snapshot.isAsking && list.length === 0 && (
            <ProgressBar
              label={`Asking ${source.name} for lines`}
              cancelText="Stop"
              onCancel={run?.endHere}
            />
          )}
          {snapshot.isCut && list.length === 0 && (
            <EmptyState
              title="Stopped before a line came."
              action={<Button onClick={restart}>Ask again</Button>}
            >
              {source.name} had sent nothing whole until then.
            </EmptyState>
          )}
          {isDone && list.length === 0 && !snapshot.hasRest && !snapshot.isCut && !place.follow && (
            <NoLines
              when={when}
              source={source}
              services={place.of}
              instance={place.instance === '' ? undefined : place.instance}
              window={window}
              onRange={(range) => actions.go({ range })}
            />
          )}
          {hasLines && (
            <>
              <LogListView
                key={run.id}
                list={shown}
                look={look}
                selected={selected}
                onSelect={setSelected}
                onEnd={more}
                onOpenTrace={go}
                around={around}
                renderDetail={(line) => (
                  <LineDetail
                    source={source}
                    line={line}
                    look={look}
                    around={around}
                    zone={zone}
                    onFilter={(field: FieldValue, isIn) => ask(withFilter(place.query, field, isIn))}
                    onColumn={toggleColumn}
                    repeats={repeatsOf(line)}
                  />
                )}
              />
              <ListEnd
                snapshot={snapshot}
                holds={holds}
                file={source.kind === 'files' ? source.name : undefined}
                isFollowing={place.follow && !hasEnded}
                onStop={run.endHere}
                onRestart={restart}
              />
            </>
          )}
        </div>
      </div>
    </section>
  )
}
