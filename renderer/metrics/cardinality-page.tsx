import { useMemo, useState } from 'react'
import type { NamedCount } from '#shared/api/metrics'
import type { Source } from '#shared/api/contract'
import { countOf, formatBytes, formatCount } from '#shared/derive/quantities'
import { growthOf, useLabelWeights, useWeights } from '../state/cardinality'
import { cardinalityLocation } from '../state/cardinality-location'
import { nowOf } from '../state/held-time'
import { toApiError } from '../state/errors'
import { useLocationState } from '../state/location'
import { useSavedCount, useStep } from '../state/thread-step'
import { SourceGate } from '../sources/source-gate'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ErrorNote } from '../ui/error-note'
import { MenuButton } from '../ui/menu'
import { ProgressBar } from '../ui/progress-bar'
import { Segmented } from '../ui/segmented'
import { Slot } from '../ui/slot'
import styles from './cardinality.module.css'
import { LabelWeights } from './label-weights'
import { MetricWeights } from './metric-weights'
import { Warnings } from '../ui/warnings'

/** Which metrics and labels hold the series of a server, which grow, and what would be saved without a label. */
export function CardinalityPage() {
  return (
    <SourceGate
      heading="Cardinality"
      needs="metrics"
      title="No source that keeps metrics."
      advice="Connect a Prometheus, or what speaks its API, to see which metrics and labels hold its series."
    >
      {(sources) => <CardinalityView sources={sources} />}
    </SourceGate>
  )
}

interface LargestProps {
  readonly title: string
  readonly counts: readonly NamedCount[]
  readonly format: (value: number) => string
}

const orders = [
  { value: 'largest', label: 'Largest' },
  { value: 'growing', label: 'Grow most' },
] as const

/** What grows is compared with a day ago. */
const dayMs = 86_400_000
/** The first few are most of it. */
const mostShown = 8

function Largest({ title, counts, format }: LargestProps) {
  if (counts.length === 0) return undefined
  return (
    <section aria-label={title}>
      <div className="panel-h">
        <h2>{title}</h2>
      </div>
      <ul className={styles.pairs}>
        {counts.slice(0, mostShown).map(({ name, value }) => (
          <li key={name}>
            <span className="mono cut">{name}</span>
            <span>{format(value)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function CardinalityView({ sources }: { readonly sources: readonly Source[] }) {
  const [place, actions] = useLocationState(cardinalityLocation)
  const [askedMs, setAsked] = useState(() => Date.now())
  const source = sources.find(({ id }) => id === place.source) ?? sources[0]
  const nowMs = nowOf(source, askedMs)
  const weights = useWeights(source.id, nowMs)
  const known = weights.data?.answer
  const metric = place.metric === '' ? known?.metrics.at(0)?.name : place.metric
  const metrics =
    place.order === 'largest'
      ? known?.metrics
      : known?.metrics.toSorted((one, other) => growthOf(other) - growthOf(one))
  const labels = useLabelWeights(source.id, metric, nowMs)
  const weighed = labels.data?.answer
  const window = useMemo(() => ({ startMs: nowMs - dayMs, endMs: nowMs }), [nowMs])
  const all = known ? countOf(known.all, 'series', 'series') : ''
  useStep(cardinalityLocation.path, {
    signal: 'metric',
    title: place.metric === '' ? 'Cardinality' : `Cardinality of ${place.metric}`,
    sources: [source.name],
    query: '',
    window,
    count: all,
  })
  const saved = useSavedCount(cardinalityLocation.path)
  return (
    <div className={styles.page}>
      <Slot name="top">
        <MenuButton
          label="Source"
          size="lg"
          entries={sources.map((one) => ({
            id: one.id,
            label: one.name,
            icon: one.id === source.id ? 'check' : undefined,
            run: () => actions.go({ source: one.id, metric: '' }),
          }))}
        >
          {source.name}
        </MenuButton>
        <Button size="lg" icon="refresh" onClick={() => setAsked(Date.now())}>
          Count again
        </Button>
      </Slot>
      <Slot name="status">
        {known && (
          <span>
            {all} now
            {known.status && `, ${formatCount(known.status.series)} in memory`}
          </span>
        )}
      </Slot>
      <div className={styles.side}>
        <div className="panel-h">
          <h1>Cardinality</h1>
          {known && (
            <span className="t3 small">
              {known.status
                ? 'in memory are also series that have ended since; many more than now means that labels change often'
                : source.kind === 'files'
                  ? `${source.name} is asked, not a server: counted are the series that it holds`
                  : `${source.name} does not tell what its store holds: these are counts of its series now`}
            </span>
          )}
        </div>
        {known && saved !== '' && saved !== all && (
          <p className={styles.reason}>
            When this step was saved there were {saved}. The file holds those that its steps read, which are{' '}
            {all}.
          </p>
        )}
        {weights.isFetching && <ProgressBar label={`Counting the series of ${source.name}`} />}
        {weights.error && (
          <ErrorNote
            error={toApiError(weights.error)}
            action={<Button onClick={() => void weights.refetch()}>Retry</Button>}
          />
        )}
        {weights.data && <Warnings source={source.name} warnings={weights.data.warnings} />}
        {known && (
          <div className="panel-h">
            <h2>Metrics</h2>
            <span className="grow" />
            <Segmented
              label="Order"
              value={place.order}
              options={orders}
              onChange={(order) => actions.adjust({ order })}
            />
          </div>
        )}
        {known?.metrics.length === 0 && (
          <EmptyState title={`${source.name} holds no series now.`}>
            What is sent to it, or scraped by it, is counted here.
          </EmptyState>
        )}
        {known && known.metrics.length > 0 && (
          <MetricWeights
            source={source.name}
            status={known.status}
            metrics={metrics ?? []}
            selected={metric ?? ''}
            onSelect={(next) => actions.adjust({ metric: next })}
          />
        )}
      </div>
      <div className={styles.side}>
        {metric !== undefined && (
          <div className="panel-h">
            <h2 className="mono cut">{metric}</h2>
            {weighed && (
              <span className="t3 small nowrap">{countOf(weighed.series, 'series', 'series')} now</span>
            )}
          </div>
        )}
        {labels.isFetching && <ProgressBar label={`Counting labels of ${metric ?? ''}`} />}
        {labels.error && !weights.error && (
          <ErrorNote
            error={toApiError(labels.error)}
            action={<Button onClick={() => void labels.refetch()}>Retry</Button>}
          />
        )}
        {labels.data && <Warnings source={source.name} warnings={labels.data.warnings} />}
        {metric !== undefined && weighed && (
          <LabelWeights metric={metric} series={weighed.series} labels={weighed.labels} />
        )}
        {weighed && weighed.unasked > 0 && (
          <p className="t3 small">and {countOf(weighed.unasked, 'label')} that were not counted</p>
        )}
        {known?.status && (
          <>
            <Largest
              title="Labels with most values"
              counts={known.status.valuesByLabel}
              format={formatCount}
            />
            <Largest
              title="Labels that take most memory"
              counts={known.status.bytesByLabel}
              format={formatBytes}
            />
            <Largest title="Pairs with most series" counts={known.status.seriesByPair} format={formatCount} />
          </>
        )}
      </div>
    </div>
  )
}
