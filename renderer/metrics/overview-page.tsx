import { useMemo } from 'react'
import type { Source } from '#shared/api/contract'
import { describeRange } from '#shared/derive/time-range'
import { countOf } from '#shared/derive/quantities'
import { heatmapQuery, oneOf, worsening } from '#shared/metrics/red'
import { toApiError } from '../state/errors'
import { standsBecause } from '../state/held-time'
import { lastPart } from '../state/figures'
import { hrefOf, useGo, useLocationState } from '../state/location'
import { hrefOfMetrics } from '../state/metrics-location'
import { overviewLocation, type ServiceOrder } from '../state/overview-location'
import { useMoves } from '../state/moves'
import { useAskedWindow, usePageTime } from '../state/page-time'
import { usePreferences } from '../state/preferences'
import { rulesLocation } from '../state/rules-location'
import { hrefOfServicePage } from '../state/service-location'
import { type ServiceRow, useRules, useServiceFigures } from '../state/service-figures'
import { useServiceSaturation } from '../state/service-saturation'
import { useTellMoves } from '../state/shown-moves'
import { useStep } from '../state/thread-step'
import { SourceGate } from '../sources/source-gate'
import { HeldTimeButton } from '../time/held-time-button'
import { PageTimeBar } from '../time/page-time-bar'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ErrorNote } from '../ui/error-note'
import { Field } from '../ui/field'
import { ProgressBar } from '../ui/progress-bar'
import { RangeNote } from '../ui/range-note'
import { Segmented } from '../ui/segmented'
import { Slot } from '../ui/slot'
import { AlertList } from './alert-list'
import { durationGuides } from './duration-guides'
import { MovedList } from './moved-list'
import styles from './overview.module.css'
import { Panel } from './panel'
import { factsOf } from './panel-facts'
import { ServiceTable } from './service-table'
import { useOpenExemplar } from './use-open-exemplar'
import { Warnings } from '../ui/warnings'

const orders = [
  { value: 'worse', label: 'Most changed' },
  { value: 'slowest', label: 'Slowest' },
  { value: 'name', label: 'Name' },
] as const

function inOrder(rows: readonly ServiceRow[], order: ServiceOrder): readonly ServiceRow[] {
  const byName = rows.toSorted((one, other) => one.name.localeCompare(other.name, 'en'))
  if (order === 'name') return byName
  const measure = ({ figures }: ServiceRow): number =>
    order === 'worse' ? worsening(figures) : (figures.p99 ?? 0)
  return byName.toSorted((one, other) => measure(other) - measure(one))
}

const noRows: readonly ServiceRow[] = []

/** Where an incident begins: how every service does, what got worse, and what fires; found in the metrics that are there. */
export function OverviewPage() {
  return (
    <SourceGate
      heading="Overview"
      needs="metrics"
      title="No source that keeps metrics."
      advice="Connect a Prometheus, or what speaks its API: the overview finds the services in its metrics."
    >
      {(sources) => <OverviewView sources={sources} />}
    </SourceGate>
  )
}

function OverviewView({ sources }: { readonly sources: readonly Source[] }) {
  const [place, actions] = useLocationState(overviewLocation)
  const go = useGo()
  const { timeZone: zone } = usePreferences()
  const source = sources.find(({ id }) => id === place.source) ?? sources.at(0)
  const { window, again } = useAskedWindow(place, source)
  const time = usePageTime(place, actions, again)
  const answer = useServiceFigures(source?.id, window)
  const rules = useRules(source?.id)
  const { moves, warnings: movesWarnings, error: movesError } = useMoves(source?.id, window, answer.data)
  useTellMoves(moves?.map(({ kind }) => kind))
  const saturation = useServiceSaturation(source?.id, window)
  const error = answer.error ? toApiError(answer.error) : undefined
  // A server that is down fails every question in the same words: they are said once.
  const otherErrors = [rules.error, movesError, saturation.error]
    .filter((thrown) => thrown !== null)
    .map((thrown) => toApiError(thrown))
    .filter(({ message }, at, list) =>
      [error, ...list.slice(0, at)].every((other) => other?.message !== message),
    )
  const all = answer.data ?? noRows
  const rows = useMemo(() => {
    const wanted = place.filter.trim().toLowerCase()
    return inOrder(all, place.order).filter(({ name }) => name.toLowerCase().includes(wanted))
  }, [all, place.order, place.filter])
  const selected = all.find(({ name }) => name === place.service) ?? rows.at(0)
  const { range: part } = lastPart(window)
  const panel = useMemo(
    () =>
      selected && {
        view: 'heatmap' as const,
        source: source?.id ?? '',
        query: heatmapQuery(selected.family, oneOf(selected.label, selected.value), part),
      },
    [selected, source?.id, part],
  )
  const guides = useMemo(
    () =>
      selected &&
      durationGuides(
        { label: selected.label, value: selected.value, metric: selected.family.metric },
        rules.data ?? [],
        moves ?? [],
      ),
    [selected, rules.data, moves],
  )
  useStep(overviewLocation.path, {
    signal: 'metric',
    title: place.service === '' ? 'Overview' : `Overview of ${place.service}`,
    sources: source ? [source.name] : [],
    query: panel?.query ?? '',
    window,
    count: answer.data ? countOf(all.length, 'service') : '',
  })
  const openExemplar = useOpenExemplar()
  const hrefOfQuery = (query: string): string =>
    hrefOfMetrics({
      panels: [{ view: factsOf(query).threshold ? 'threshold' : 'auto', source: source?.id ?? '', query }],
      range: place.range,
    })
  const hrefOfRules = (rule: string): string =>
    hrefOf(rulesLocation, {
      source: place.source,
      rule,
      range: place.range,
      rangeProblem: undefined,
      follow: place.follow,
    })
  const hrefOfService = (service: string): string =>
    hrefOfServicePage(service, { source: place.source, range: place.range, follow: place.follow })

  return (
    <div className={styles.page}>
      <h1 className="sr">Overview</h1>
      <Slot name="top">
        <PageTimeBar time={time} asked={window} stands={standsBecause(source)} />
      </Slot>
      <Slot name="status">
        {all.length > 0 && (
          <span>
            {countOf(all.length, 'service')} from {source?.name}, by{' '}
            {[...new Set(all.map(({ family }) => family.metric))].join(', ')},{' '}
            {describeRange(place.range, zone, window.endMs)}
          </span>
        )}
      </Slot>
      <RangeNote problem={place.rangeProblem} range={place.range} zone={zone} />
      {answer.isFetching && <ProgressBar label={`Asking ${source?.name ?? ''}`} />}
      {error && (
        <ErrorNote error={error} action={<Button onClick={() => void answer.refetch()}>Retry</Button>} />
      )}
      <Warnings
        source={source?.name ?? ''}
        warnings={[...new Set([...answer.warnings, ...movesWarnings, ...saturation.warnings])]}
      />
      {answer.data?.length === 0 && (
        <EmptyState
          title="No metrics here tell how services do."
          action={source && <HeldTimeButton sources={[source]} window={window} onRange={time.choose} />}
        >
          Looked for: request durations of OpenTelemetry (HTTP, RPC, messaging), span metrics of Tempo and the
          Collector, and histograms named …_request_duration_seconds.
        </EmptyState>
      )}
      <div
        className={styles.upper}
        hidden={selected === undefined && !rules.data && otherErrors.length === 0}
      >
        <div className={styles.chart}>
          {panel && selected && (
            <Panel
              title={`${selected.name} latency`}
              panel={panel}
              source={source}
              window={window}
              zone={zone}
              guides={guides}
              onSelect={() => go(hrefOfQuery(panel.query))}
              onZoom={time.zoom}
              onUndoZoom={time.undoZoom}
              onExemplar={openExemplar}
            />
          )}
        </div>
        <div className={styles.side}>
          {rules.data && (
            <AlertList rules={rules.data} of={source?.name ?? ''} zone={zone} hrefOfRules={hrefOfRules} />
          )}
          {otherErrors.map((one) => (
            <ErrorNote key={one.message} error={one} />
          ))}
          {moves && <MovedList moves={moves} zone={zone} endMs={window.endMs} hrefOf={hrefOfQuery} />}
        </div>
      </div>
      <div className="panel-h">
        <h2>Services</h2>
        <span className="t3 small">
          the last {part}, compared with the window before or, where that is empty, the beginning of this one
        </span>
        <span className="grow" />
        <Field
          label="Filter services"
          hideLabel
          icon="filter"
          placeholder="Filter services"
          clearable
          className={styles.filter}
          value={place.filter}
          onChange={(filter) => actions.adjust({ filter })}
        />
        <Segmented
          label="Order"
          value={place.order}
          options={orders}
          onChange={(order) => actions.adjust({ order })}
        />
      </div>
      <div className={styles.lower}>
        <ServiceTable
          rows={rows}
          selected={selected?.name ?? ''}
          onSelect={(service) => actions.adjust({ service })}
          hrefOf={hrefOfService}
          saturation={saturation}
          hrefOfQuery={hrefOfQuery}
          window={window}
        />
      </div>
    </div>
  )
}
