import { useMemo, useState } from 'react'
import { Link } from '@tanstack/react-router'
import type { MetricRule } from '#shared/api/metrics'
import type { Source } from '#shared/api/contract'
import { countOf } from '#shared/derive/quantities'
import { standsBecause } from '../state/held-time'
import { toApiError } from '../state/errors'
import { hrefOf, useGo, useLocationState } from '../state/location'
import { hrefOfMetrics, type PanelPlace } from '../state/metrics-location'
import { overviewLocation } from '../state/overview-location'
import { useAskedWindow, usePageTime } from '../state/page-time'
import { usePreferences } from '../state/preferences'
import { rulesLocation } from '../state/rules-location'
import { useStep } from '../state/thread-step'
import { useRules } from '../state/service-figures'
import { SourceGate } from '../sources/source-gate'
import { PageTimeBar } from '../time/page-time-bar'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ErrorNote } from '../ui/error-note'
import { ProgressBar } from '../ui/progress-bar'
import { RangeNote } from '../ui/range-note'
import { Slot } from '../ui/slot'
import styles from './overview.module.css'
import { Panel } from './panel'
import { factsOf } from './panel-facts'
import { RuleAlerts } from './rule-alerts'
import { RuleTable } from './rule-table'
import { useOpenExemplar } from './use-open-exemplar'

/** The rules of a server, alerts and recordings: how they stand, and each one's expression against its threshold. */
export function RulesPage() {
  return (
    <SourceGate
      heading="Rules"
      needs="metrics"
      title="No source that keeps metrics."
      advice="Connect a Prometheus, or what speaks its API, to see its rules and what fires."
    >
      {(sources) => <RulesView sources={sources} />}
    </SourceGate>
  )
}

const keyOf = ({ group, name }: MetricRule): string => `${group}/${name}`

/** What needs a look comes first. */
const urgency = ({ kind, state, problem }: MetricRule): number => {
  if (problem !== undefined) return 1
  if (kind === 'recording') return 4
  return state === 'firing' ? 0 : state === 'pending' ? 2 : 3
}

function RulesView({ sources }: { readonly sources: readonly Source[] }) {
  const [place, actions] = useLocationState(rulesLocation)
  const go = useGo()
  const { timeZone: zone } = usePreferences()
  // Alerts are told as they are now, whatever window is looked at.
  const [nowMs] = useState(() => Date.now())
  const source = sources.find(({ id }) => id === place.source) ?? sources[0]
  const { window, again } = useAskedWindow(place, source)
  const time = usePageTime(place, actions, again)
  const answer = useRules(source.id)
  const rules = useMemo(
    () =>
      answer.data?.toSorted(
        (one, other) => urgency(one) - urgency(other) || keyOf(one).localeCompare(keyOf(other), 'en'),
      ) ?? [],
    [answer.data],
  )
  const selected = rules.find((rule) => keyOf(rule) === place.rule) ?? rules.at(0)
  const panel = useMemo(
    (): PanelPlace | undefined =>
      selected && {
        view: factsOf(selected.query).threshold ? 'threshold' : 'auto',
        source: source.id,
        query: selected.query,
      },
    [selected, source.id],
  )
  useStep(rulesLocation.path, {
    signal: 'metric',
    title: place.rule === '' || !selected ? 'Rules' : `Rule ${selected.name}`,
    sources: [source.name],
    query: place.rule === '' || !selected ? '' : selected.query,
    window,
    count: answer.data
      ? countOf(rules.filter(({ state }) => state === 'firing').length, 'firing', 'firing')
      : '',
  })
  const openExemplar = useOpenExemplar()
  return (
    <div className={styles.page}>
      <Slot name="top">
        <PageTimeBar time={time} asked={window} stands={standsBecause(source)} />
      </Slot>
      <Slot name="status">
        {answer.data && (
          <span>
            {countOf(rules.length, 'rule')} of {source.name}
          </span>
        )}
      </Slot>
      <RangeNote problem={place.rangeProblem} range={place.range} zone={zone} />
      <div className="panel-h">
        <Link
          to={hrefOf(overviewLocation, {
            ...overviewLocation.parse(new URLSearchParams()),
            source: place.source,
            range: place.range,
            follow: place.follow,
          })}
        >
          All services
        </Link>
        <h1>Rules</h1>
        <span className="t3 small">what fires first; each expression is drawn against its threshold</span>
      </div>
      {answer.isLoading && <ProgressBar label={`Asking ${source.name} for its rules`} />}
      {answer.error && (
        <ErrorNote
          error={toApiError(answer.error)}
          action={<Button onClick={() => void answer.refetch()}>Retry</Button>}
        />
      )}
      {answer.data?.length === 0 && (
        <EmptyState title={`${source.name} has no rules.`}>
          Alerts are rules of a Prometheus, or of the ruler of a Mimir, Thanos or Cortex.
        </EmptyState>
      )}
      {selected && panel && (
        <>
          <div className={styles.upper}>
            <div className={styles.chart}>
              <Panel
                title={selected.name}
                panel={panel}
                source={source}
                window={window}
                zone={zone}
                onSelect={() => go(hrefOfMetrics({ panels: [panel], range: place.range }))}
                onZoom={time.zoom}
                onUndoZoom={time.undoZoom}
                onExemplar={openExemplar}
              />
            </div>
            <div className={styles.side}>
              <RuleAlerts rule={selected} zone={zone} nowMs={nowMs} />
            </div>
          </div>
          <div className={styles.lower}>
            <RuleTable
              rules={rules}
              selected={selected}
              zone={zone}
              nowMs={nowMs}
              onSelect={(rule) => actions.adjust({ rule: keyOf(rule) })}
            />
          </div>
        </>
      )}
    </div>
  )
}
