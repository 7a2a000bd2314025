import { useCallback, useMemo, useState } from 'react'
import type { Source } from '#shared/api/contract'
import { describeRange, windowOf } from '#shared/derive/time-range'
import { countOf } from '#shared/derive/quantities'
import { useDependencies } from '../state/dependencies'
import { useGo, useLocationState } from '../state/location'
import { useChangePreferences, usePreferences } from '../state/preferences'
import { hrefOfSearch } from '../state/search-location'
import { useStep } from '../state/thread-step'
import { colorOfService } from '../state/trace-colors'
import { SourceGate } from '../sources/source-gate'
import { Button } from '../ui/button'
import { Check } from '../ui/check'
import { EmptyState } from '../ui/empty-state'
import { ErrorNote } from '../ui/error-note'
import { Field } from '../ui/field'
import { ProgressBar } from '../ui/progress-bar'
import { RangeNote } from '../ui/range-note'
import { Slot } from '../ui/slot'
import { TimeRangePicker } from '../ui/time-range-picker'
import { dependenciesLocation } from './dependencies-location'
import styles from './dependencies-page.module.css'
import { EdgeTable } from './edge-table'
import { type Edge, filterEdges, isWithin, mergeEdges } from './edges'

/** Who calls whom, from every source that knows. */
export function DependenciesPage() {
  return (
    <SourceGate
      heading="Who calls whom"
      needs="dependencies"
      title="No source that knows who calls whom."
      advice="Jaeger and Zipkin count calls between services; connect one of them, or try the simulated shop."
    >
      {(sources) => <DependenciesView sources={sources} />}
    </SourceGate>
  )
}

function DependenciesView({ sources }: { readonly sources: readonly Source[] }) {
  const [place, actions] = useLocationState(dependenciesLocation)
  const { range, rangeProblem, filter, sort, within } = place
  const go = useGo()
  const { timeZone: zone } = usePreferences()
  const changePreferences = useChangePreferences()
  const [selected, setSelected] = useState<string>()
  const [nowMs] = useState(() => Date.now())
  const answers = useDependencies(sources, range)
  const all = useMemo(() => mergeEdges(answers), [answers])
  const between = useMemo(() => all.filter((edge) => !isWithin(edge)), [all])
  // Where there is nothing else, they are what there is to show.
  const edges = within || between.length === 0 ? all : between
  const pairs = new Set(edges.map(({ parent, child }) => `${parent}\n${child}`)).size
  const shown = useMemo(() => filterEdges(edges, filter), [edges, filter])
  const hrefOf = useCallback(
    (edge: Edge) =>
      hrefOfSearch({ service: edge.child, sources: edge.sources.map((source) => source.id), range }),
    [range],
  )
  const open = useCallback(
    (edge: Edge, inNewTab: boolean) => {
      if (inNewTab) globalThis.open(hrefOf(edge), '_blank', 'noopener')
      else go(hrefOf(edge))
    },
    [go, hrefOf],
  )
  useStep(dependenciesLocation.path, {
    signal: 'map',
    title: 'Who calls whom',
    sources: sources.map(({ name }) => name),
    query: filter,
    window: windowOf(range, nowMs),
    count: countOf(pairs, 'pair'),
  })
  const failed = answers.filter((answer) => answer.error)
  const asking = answers.filter((answer) => answer.isAsking)
  const when = describeRange(range, zone, nowMs)

  return (
    <div className={styles.page}>
      <Slot name="top">
        <TimeRangePicker
          value={range}
          zone={zone}
          onZone={(timeZone) => changePreferences(() => ({ timeZone }))}
          onChange={(next) => actions.go({ range: next })}
        />
      </Slot>
      <Slot name="status">
        {edges.length > 0 && (
          <span>
            {countOf(pairs, 'pair')} of services from {answers.length - failed.length} of{' '}
            {countOf(answers.length, 'source')}, {when}
          </span>
        )}
      </Slot>
      <div className="panel-h">
        <h1 className={styles.title}>Who calls whom</h1>
        <span className="t3 small">as the servers counted it</span>
        <span className="grow" />
        {edges.length > 0 && (
          <>
            <span className="t3 small" role="status">
              {filter.trim() !== '' && `${shown.length} of ${edges.length}`}
            </span>
            {between.length > 0 && between.length < all.length && (
              <Check checked={within} onChange={(next) => actions.adjust({ within: next })}>
                Calls within a service
              </Check>
            )}
            <Field
              label="Filter by service"
              hideLabel
              icon="filter"
              placeholder="Filter by service"
              clearable
              className={styles.filter}
              value={filter}
              onChange={(text) => actions.adjust({ filter: text })}
            />
          </>
        )}
      </div>
      <RangeNote problem={rangeProblem} range={range} zone={zone} />
      {asking.length > 0 && (
        <ProgressBar label={`Asking ${asking.map((answer) => answer.source.name).join(', ')}`} />
      )}
      {failed.map(
        ({ source, error, retry }) =>
          error && (
            <ErrorNote
              key={source.id}
              error={error}
              action={
                <Button onClick={retry} aria-label={`Retry ${source.name}`}>
                  Retry
                </Button>
              }
              kept={edges.length > 0 ? 'What the others know is shown.' : undefined}
            />
          ),
      )}
      {edges.length > 0 && shown.length > 0 && (
        <div className={styles.table}>
          <EdgeTable
            edges={shown}
            sort={sort}
            onSort={(next) => actions.adjust({ sort: next })}
            selected={selected}
            onSelect={setSelected}
            hrefOf={hrefOf}
            onOpen={open}
            colorOf={colorOfService}
          />
        </div>
      )}
      {edges.length > 0 && shown.length === 0 && (
        <EmptyState
          title={`No service here is named “${filter.trim()}”.`}
          action={<Button onClick={() => actions.adjust({ filter: '' })}>Show all {edges.length}</Button>}
        />
      )}
      {edges.length === 0 && asking.length === 0 && failed.length < sources.length && (
        <EmptyState
          title={`No calls between services in ${when.startsWith('last') ? 'the ' : ''}${when}.`}
          action={
            <Button look="primary" onClick={() => actions.go({ range: { from: 'now-7d', to: 'now' } })}>
              Last 7 days instead
            </Button>
          }
        >
          Jaeger on Elasticsearch, OpenSearch or Cassandra knows calls only after its dependencies job has
          run; Zipkin on such a store likewise.
        </EmptyState>
      )}
    </div>
  )
}
