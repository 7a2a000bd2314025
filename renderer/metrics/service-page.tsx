import { useMemo } from 'react'
import { Link } from '@tanstack/react-router'
import type { Source } from '#shared/api/contract'
import { formatShortTime } from '#shared/derive/clock-times'
import { countOf } from '#shared/derive/quantities'
import { describeRange } from '#shared/derive/time-range'
import { errorQuery, heatmapQuery, oneOf, rateQuery, tellsFailures } from '#shared/metrics/red'
import { standsBecause } from '../state/held-time'
import { toApiError } from '../state/errors'
import { lastPart, momentOf } from '../state/figures'
import { hrefOf, useGo, useLocationState } from '../state/location'
import { useMeasures } from '../state/metric-facts'
import { hrefOfMetrics, type PanelPlace } from '../state/metrics-location'
import { overviewLocation } from '../state/overview-location'
import { useAskedWindow, usePageTime } from '../state/page-time'
import { usePreferences } from '../state/preferences'
import { serviceLocation } from '../state/service-location'
import { mostParts, type PartRow, useServiceParts } from '../state/service-parts'
import { useServiceResources } from '../state/service-resources'
import { useTellUses } from '../state/shown-uses'
import { useStep } from '../state/thread-step'
import { colorOfService } from '../state/trace-colors'
import { FollowService } from '../pivots/follow-service'
import { SourceGate } from '../sources/source-gate'
import { PageTimeBar } from '../time/page-time-bar'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ErrorNote } from '../ui/error-note'
import { ProgressBar } from '../ui/progress-bar'
import { RangeNote } from '../ui/range-note'
import { Slot } from '../ui/slot'
import { Panel } from './panel'
import { ServicePartsTable } from './service-parts-table'
import { ServiceResources } from './service-resources'
import styles from './service-page.module.css'
import { useOpenExemplar } from './use-open-exemplar'
import { Warnings } from '../ui/warnings'

/** One service: its durations, its operations and instances, and how full what it depends on is. */
export function ServicePage() {
  return (
    <SourceGate
      heading="Service"
      needs="metrics"
      title="No source that keeps metrics."
      advice="Connect a Prometheus, or what speaks its API, to see the operations and instances of a service."
    >
      {(sources) => <ServiceView sources={sources} />}
    </SourceGate>
  )
}

const byRate = (rows: readonly PartRow[]): readonly PartRow[] =>
  rows.toSorted((one, other) => (other.figures.rate ?? 0) - (one.figures.rate ?? 0))

const inWhichOrder = ({ length }: readonly PartRow[]): string =>
  length < mostParts ? 'the busiest first' : 'the busiest; if there are more, they are not shown'

interface Answer {
  readonly error: Error | null
  readonly isFetching: boolean
  refetch(): unknown
}

interface WaitingProps {
  readonly what: string
  readonly answer: Answer
  /** Asks again; `answer` alone where that is left out. */
  readonly onRetry?: () => void
}

/** That something is being asked for, or could not be had. */
function Waiting({ what, answer, onRetry }: WaitingProps) {
  return (
    <>
      {answer.isFetching && <ProgressBar label={`Asking for ${what}`} />}
      {answer.error && (
        <ErrorNote
          error={toApiError(answer.error)}
          action={<Button onClick={onRetry ?? (() => void answer.refetch())}>Retry</Button>}
        />
      )}
    </>
  )
}

function ServiceView({ sources }: { readonly sources: readonly Source[] }) {
  const [place, actions] = useLocationState(serviceLocation)
  const go = useGo()
  const { timeZone: zone } = usePreferences()
  const { service, range } = place
  const source = sources.find(({ id }) => id === place.source) ?? sources[0]
  const { window, again } = useAskedWindow(place, source)
  const time = usePageTime(place, actions, again)
  const measures = useMeasures(source.id, service, window.endMs)
  const atMs = momentOf(window, place.mark)
  const { whole, operations, instances } = useServiceParts(source.id, measures.data, { ...window, atMs })
  const resources = useServiceResources(source.id, service, window)
  useTellUses(resources.data?.map(({ group }) => group))
  const openExemplar = useOpenExemplar()
  const measure = measures.data?.at(0)
  const { range: part } = lastPart(window)
  const panel = useMemo(
    (): PanelPlace | undefined =>
      measure && {
        view: 'heatmap',
        source: source.id,
        query: heatmapQuery(measure.family, oneOf(measure.label, measure.value), part),
      },
    [measure, source.id, part],
  )
  const requests = useMemo((): readonly (readonly [title: string, panel: PanelPlace])[] => {
    if (!measure) return []
    const asked = { view: 'lines', source: source.id } as const
    const own = oneOf(measure.label, measure.value)
    // Where its own histogram does not tell them, another may.
    const teller = measures.data?.find(({ family }) => tellsFailures(family)) ?? measure
    const failures = errorQuery(
      teller.family,
      teller.label,
      { range: part },
      oneOf(teller.label, teller.value),
    )
    return [
      [
        `${service} requests`,
        { ...asked, query: rateQuery(measure.family, measure.label, { range: part }, own) },
      ],
      ...(failures === undefined ? [] : ([[`${service} failures`, { ...asked, query: failures }]] as const)),
    ]
  }, [measure, measures.data, service, source.id, part])
  useStep(
    serviceLocation.path,
    service === ''
      ? undefined
      : {
          signal: 'metric',
          title: service,
          sources: [source.name],
          query: [...(panel ? [panel] : []), ...requests.map(([, one]) => one)]
            .map((one) => one.query)
            .join('\n'),
          window,
          count: operations.data ? countOf(operations.data.length, 'operation') : '',
        },
  )
  const charts = {
    source,
    window,
    zone,
    mark: place.mark,
    onZoom: time.zoom,
    onUndoZoom: time.undoZoom,
    onExemplar: openExemplar,
  }
  const openPanel = (one: PanelPlace) => go(hrefOfMetrics({ panels: [one], range, mark: place.mark }))
  const table = { service, source: source.id, range, window }
  return (
    <div className={styles.page}>
      <Slot name="top">
        <PageTimeBar time={time} asked={window} stands={standsBecause(source)} />
      </Slot>
      <Slot name="status">
        {measures.data && measures.data.length > 0 && (
          <span>
            {service} from {source.name}, by {measures.data.map(({ family }) => family.metric).join(', ')},{' '}
            {describeRange(range, zone, window.endMs)}
          </span>
        )}
      </Slot>
      <RangeNote problem={place.rangeProblem} range={range} zone={zone} />
      <div className="panel-h">
        <Link
          to={hrefOf(overviewLocation, {
            ...overviewLocation.parse(new URLSearchParams()),
            source: place.source,
            service,
            range,
            follow: place.follow,
          })}
        >
          All services
        </Link>
        <i className="sw" style={{ background: colorOfService(service) }} />
        <h1 className="cut">{service === '' ? 'No service is named' : service}</h1>
        <FollowService service={service} {...window} />
        <span className="grow" />
        <span className="t3 small">
          {atMs === undefined
            ? `the last ${part}`
            : `the ${part} up to ${formatShortTime(atMs, zone)}, around ${place.mark?.name ?? 'the mark'}`}
          , compared with the window before or, where that is empty, the beginning of this one
        </span>
      </div>
      <Waiting
        what={service}
        answer={measures}
        onRetry={() => {
          void measures.refetch()
          if (resources.error) void resources.refetch()
        }}
      />
      {service === '' && (
        <EmptyState title="No service is named.">
          Open one from all services, or from a span of it.
        </EmptyState>
      )}
      <Warnings
        source={source.name}
        warnings={[...new Set([whole, operations, instances, resources].flatMap(({ warnings }) => warnings))]}
      />
      {service !== '' && measures.data?.length === 0 && (
        <EmptyState
          title={`No histogram of ${source.name} measured ${service} at ${formatShortTime(window.endMs, zone)}.`}
        >
          Its requests may be counted under another name; or it had ended by then, and a window that ends
          earlier shows it.
        </EmptyState>
      )}
      {panel && (
        <div className={styles.durations}>
          <Panel {...charts} title={`${service} latency`} panel={panel} onSelect={() => openPanel(panel)} />
        </div>
      )}
      {requests.length > 0 && (
        <div className={styles.charts}>
          {requests.map(([title, one]) => (
            <Panel key={title} {...charts} title={title} panel={one} onSelect={() => openPanel(one)} />
          ))}
        </div>
      )}
      {measure && (
        <>
          <div className="panel-h">
            <h2>Operations</h2>
            {operations.data && (
              <span className="t3 small">
                {countOf(operations.data.length, 'operation')}, {inWhichOrder(operations.data)}
              </span>
            )}
          </div>
          <Waiting what="operations" answer={operations} />
          {operations.data?.length === 0 && (
            <p className={styles.none}>These metrics do not tell its operations apart.</p>
          )}
          <ServicePartsTable
            kind="operation"
            rows={[...(whole.data ?? []), ...byRate(operations.data ?? [])]}
            {...table}
          />
          <div className="panel-h">
            <h2>Instances</h2>
            {instances.data && (
              <span className="t3 small">
                {countOf(instances.data.length, 'instance')}, {inWhichOrder(instances.data)}
              </span>
            )}
          </div>
          <Waiting what="instances" answer={instances} />
          {instances.data?.length === 0 ? (
            <p className={styles.none}>These metrics do not tell its instances apart.</p>
          ) : (
            <ServicePartsTable kind="instance" rows={byRate(instances.data ?? [])} {...table} />
          )}
        </>
      )}
      <div className="panel-h">
        <h2>What it uses</h2>
        <span className="t3 small">pools, queues, runtime and container, each instance a line</span>
      </div>
      {/* A server that is down is told once, and asked for all of it again. */}
      {(resources.error === null || resources.error.message !== measures.error?.message) && (
        <Waiting what="pools, queues and runtimes" answer={resources} />
      )}
      {resources.data?.length === 0 && (
        <p className={styles.none}>No metric of a pool, a queue, a runtime or a container names {service}.</p>
      )}
      {resources.data && <ServiceResources resources={resources.data} onOpen={openPanel} {...charts} />}
    </div>
  )
}
