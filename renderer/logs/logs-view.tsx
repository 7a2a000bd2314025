import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Source } from '#shared/api/contract'
import { describeWindow } from '#shared/derive/time-range'
import { countOf, formatBytes } from '#shared/derive/quantities'
import type { LogLine } from '#shared/logs/batch'
import { kindOfQuery, withFilter, type FieldValue } from '#shared/query/logql/query'
import { useGo, useLocationState } from '../state/location'
import { logLocation } from '../state/log-location'
import { useLogVolume } from '../state/log-names'
import { useChangePreferences, usePreferences, useRemember } from '../state/preferences'
import { useTraceSources } from '../state/sources'
import { hrefOfTrace } from '../state/trace-location'
import { hrefOf } from '../state/location'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ErrorNote } from '../ui/error-note'
import { Field } from '../ui/field'
import { Keys } from '../ui/key-caps'
import { ProgressBar } from '../ui/progress-bar'
import { RangeNote } from '../ui/range-note'
import { Segmented } from '../ui/segmented'
import { Slot } from '../ui/slot'
import { TimeRangePicker } from '../ui/time-range-picker'
import { WarnNote } from '../ui/warn-note'
import { LineDetail } from './line-detail'
import { marksOf } from './line-marks'
import { LogListView } from './log-list-view'
import { LogQueryBar } from './log-query-bar'
import styles from './logs-view.module.css'
import { ServiceChoice } from './service-choice'
import { useLogRun } from './use-log-run'
import { bandOf, stepOf } from './volume'
import { VolumeChart } from './volume-chart'

const orders = [
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
] as const

/** As many bars as can be told apart on a small screen. */
const mostBars = 100

/** The lines of one source: a query, its volume over time, and the list. `sources` are those that keep logs, at least one. */
export function LogsView({ sources }: { readonly sources: readonly Source[] }) {
  const [place, actions] = useLocationState(logLocation)
  const source = sources.find(({ id }) => id === place.source) ?? sources[0]
  const traceSources = useTraceSources()
  const go = useGo()
  const { timeZone: zone } = usePreferences()
  const changePreferences = useChangePreferences()
  const remember = useRemember()
  const [selected, setSelected] = useState<LogLine>()
  const isMetric = kindOfQuery(place.query) === 'metric'
  const { run, snapshot, restart } = useLogRun(place, isMetric ? '' : place.query, source)
  const { list, error } = snapshot

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
  const counted = useMemo(() => {
    const sums = { error: 0, warn: 0, all: 0 }
    for (const { level, counts } of volume.data?.levels ?? []) {
      const sum = counts.reduce((total, count) => total + count, 0)
      sums.all += sum
      const band = bandOf(level)
      if (band === 'error' || band === 'warn') sums[band] += sum
    }
    return sums
  }, [volume.data])

  const traceHref = useMemo(() => {
    if (traceSources.length === 0) return undefined
    const ids = traceSources.map(({ id }) => id)
    return (traceId: string, spanId: string | undefined) =>
      hrefOfTrace({ sources: ids, traceId, span: spanId ?? '' })
  }, [traceSources])
  const look = useMemo(
    () => ({
      zone,
      columns: place.columns,
      wrap: place.wrap,
      marks: marksOf(place.query, place.find),
      hrefOfTrace: traceHref,
    }),
    [zone, place.columns, place.wrap, place.query, place.find, traceHref],
  )
  const ask = useCallback(
    (query: string) => {
      setSelected(undefined)
      if (query === place.query) restart()
      else actions.go({ query })
    },
    [actions, place.query, restart],
  )
  const filter = (field: FieldValue, isIn: boolean): void => ask(withFilter(place.query, field, isIn))
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

  const isDone = run !== undefined && !snapshot.isAsking && error === undefined
  const href = hrefOf(logLocation, { ...place, source: source.id, find: '' })
  const holds = countOf(list.length, 'line')
  useEffect(() => {
    if (isDone && list.length > 0)
      remember({ name: place.query, kind: 'Logs', holds, href, openedMs: Date.now(), sizeBytes: 0 })
    // Once for a query that was answered, not for each page of it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [isDone && list.length > 0, href])

  const when = window ? describeWindow(window, zone, window.endMs) : ''
  const soFar = snapshot.hasRest ? `${countOf(list.length, 'line')} so far` : countOf(list.length, 'line')
  return (
    <section className={styles.page} aria-label="Logs">
      <h1 className="sr">Logs</h1>
      <Slot name="top">
        <TimeRangePicker
          value={place.range}
          asked={window}
          zone={zone}
          onZone={(timeZone) => changePreferences(() => ({ timeZone }))}
          onChange={(range) => actions.go({ range })}
        />
      </Slot>
      <Slot name="status">
        {run && (
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
      </Slot>
      <RangeNote problem={place.rangeProblem} range={place.range} zone={zone} />
      <LogQueryBar
        key={place.query}
        query={place.query}
        sources={sources}
        source={source}
        error={error}
        onSource={(id) => actions.go({ source: id })}
        onRun={ask}
      />
      {place.query === '' && <ServiceChoice source={source} range={place.range} onQuery={ask} />}
      {isMetric && (
        <EmptyState title="This query answers with numbers, not with lines.">
          Take the function around it away to see its lines.
        </EmptyState>
      )}
      {volume.data && window && (
        <VolumeChart
          volume={volume.data}
          window={window}
          zone={zone}
          onBrush={({ startMs, endMs }) => actions.go({ range: { from: startMs, to: endMs } })}
        />
      )}
      {run && (
        <div className={`row ${styles.head}`}>
          <span>
            <b>{soFar}</b> from {when}
          </span>
          {snapshot.hasRest && counted.all > list.length && (
            <span className="t3">of about {countOf(counted.all, 'line')}</span>
          )}
          {counted.error > 0 && <span className="tag err">{countOf(counted.error, 'error')}</span>}
          {counted.warn > 0 && <span className="tag wrn">{countOf(counted.warn, 'warning')}</span>}
          <span className="grow" />
          <Segmented
            label="Order"
            value={place.order}
            options={orders}
            onChange={(order) => actions.go({ order })}
          />
          <Button pressed={place.wrap} onClick={() => actions.adjust({ wrap: !place.wrap })}>
            Wrap
          </Button>
          {place.columns.map((name) => (
            <Button
              key={name}
              icon="close"
              aria-label={`Take away the column ${name}`}
              onClick={() => toggleColumn(name)}
            >
              {name}
            </Button>
          ))}
          <Field
            label="Find in these lines"
            hideLabel
            icon="search"
            placeholder="Find in these lines"
            clearable
            className={styles.find}
            value={place.find}
            onChange={(find) => actions.adjust({ find })}
          />
        </div>
      )}
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
      {snapshot.isAsking && list.length === 0 && <ProgressBar label={`Asking ${source.name} for lines`} />}
      {isDone && list.length === 0 && !snapshot.hasRest && (
        <EmptyState
          title={`No line in ${when} matches.`}
          action={
            <Button onClick={() => actions.go({ range: { from: 'now-24h', to: 'now' } })}>
              Last 24 hours instead
            </Button>
          }
        >
          Look at a longer time, or take a filter out of the query.
        </EmptyState>
      )}
      {run && list.length > 0 && (
        <LogListView
          list={list}
          look={look}
          isDimmed={false}
          selected={selected}
          onSelect={setSelected}
          onEnd={more}
          onOpenTrace={go}
          renderDetail={(line) => (
            <LineDetail
              line={line}
              look={look}
              zone={zone}
              onFilter={filter}
              onColumn={toggleColumn}
              onOpenTrace={go}
            />
          )}
        />
      )}
      {run && list.length > 0 && (
        <p className={styles.end} role="status">
          {snapshot.isAsking
            ? 'Asking for more lines…'
            : snapshot.isFull
              ? 'The list is as long as memory allows: choose a shorter time, or filter it.'
              : snapshot.hasRest
                ? 'More lines are asked for as you scroll.'
                : `That is all of this time range: ${countOf(list.length, 'line')}.`}
        </p>
      )}
    </section>
  )
}
