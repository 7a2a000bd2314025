import { useCallback, useMemo, useState } from 'react'
import type { ApiError, Source } from '#shared/api/contract'
import { describeRange } from '#shared/derive/time-range'
import { countOf } from '#shared/derive/quantities'
import { titleOfPromql } from '#shared/correlate/query-title'
import { cardinalityLocation } from '../state/cardinality-location'
import { filesOfSource } from '../state/files-source'
import { rangeAmong, standsBecause } from '../state/held-time'
import { hrefOf, useGo, useLocationState } from '../state/location'
import { metricsLocation, type PanelPlace } from '../state/metrics-location'
import { useAskedWindow, usePageTime } from '../state/page-time'
import { lacksSeries, languageOf } from '../state/metric-answers'
import { usePreferences } from '../state/preferences'
import { useQueryHistory } from '../state/query-history'
import { useSources } from '../state/sources'
import { useStep } from '../state/thread-step'
import { SourceGate } from '../sources/source-gate'
import { PageTimeBar } from '../time/page-time-bar'
import { Button } from '../ui/button'
import { useKeys } from '../ui/keys'
import { RangeNote } from '../ui/range-note'
import { Slot } from '../ui/slot'
import styles from './metrics.module.css'
import { LackingSeries } from './lacking-series'
import { Panel } from './panel'
import { titlesOf } from './panel-titles'
import { QueryBar } from './query-bar'
import { useOpenExemplar } from './use-open-exemplar'

const emptyPanel: PanelPlace = { view: 'auto', source: '', query: '' }

/** Lines can be counted as well. */
const needs = ['metrics', 'logs'] as const

/** Metrics: one query per panel, one time range for all of them. */
export function MetricsPage() {
  const [{ panels }] = useLocationState(metricsLocation)
  const sources = useSources().data
  // Where the file of an investigation lost its series and has no lines either, another source would not bring them back.
  const lacking = sources?.find((source) =>
    panels.some((panel) => panel.source === source.id && lacksSeries(panel, source)),
  )
  if (lacking && !sources?.some(({ capabilities }) => needs.some((need) => capabilities[need])))
    return (
      <>
        <h1 className="sr">Metrics</h1>
        <LackingSeries source={lacking} />
      </>
    )
  return (
    <SourceGate
      heading="Metrics"
      needs={needs}
      title="No source that keeps metrics."
      advice="Connect a Prometheus, or what speaks its API: Mimir, Thanos, Cortex, VictoriaMetrics; or a Loki, whose lines can be counted."
    >
      {(sources) => <MetricsView sources={sources} />}
    </SourceGate>
  )
}

function MetricsView({ sources }: { readonly sources: readonly Source[] }) {
  const [place, actions] = useLocationState(metricsLocation)
  const go = useGo()
  const { timeZone: zone } = usePreferences()
  const panels = useMemo(() => (place.panels.length === 0 ? [emptyPanel] : place.panels), [place.panels])
  const selected = panels[place.selected] ?? panels[0]
  const sourceOf = (panel: PanelPlace) =>
    sources.find((source) => source.id === panel.source) ??
    // Of opened files that are no source now, nobody else can tell.
    (filesOfSource(panel.source).length > 0
      ? undefined
      : (sources.find(({ capabilities }) => capabilities[panel.language ? 'logs' : 'metrics']) ??
        sources.at(0)))
  const source = sourceOf(selected)
  const language = languageOf(selected, source)
  const { history, remember } = useQueryHistory(language)
  const { window, again } = useAskedWindow(place, source)
  const time = usePageTime(place, actions, again)

  // What is being written belongs to one panel, and to the query it began from.
  const draftKey = `${place.selected} ${selected.query}`
  const [draft, setDraft] = useState({ key: draftKey, text: selected.query })
  const text = draft.key === draftKey ? draft.text : selected.query
  const [failed, setFailed] = useState<{ readonly query: string; readonly error: ApiError }>()
  const noteError = useCallback(
    (query: string, error: ApiError | undefined) =>
      setFailed((now) => {
        if (error?.kind === 'bad-query') return { query, error }
        return now?.query === query ? undefined : now
      }),
    [],
  )

  const [answered, setAnswered] = useState({ query: '', count: '' })
  const noteAnswer = useCallback((query: string, count: string) => setAnswered({ query, count }), [])
  const { query } = selected
  useStep(
    metricsLocation.path,
    query.trim() === ''
      ? undefined
      : {
          signal: 'metric',
          title: titleOfPromql(query),
          sources: source ? [source.name] : [],
          query,
          window,
          count: answered.query === query ? answered.count : '',
        },
  )

  const change = (index: number, changes: Partial<PanelPlace>) =>
    panels.map((panel, at) => (at === index ? { ...panel, ...changes } : panel))
  const run = (query = text) => {
    if (query.trim() === '') return
    remember(query.trim())
    setDraft({ key: draftKey, text: query })
    if (query === selected.query) again()
    else actions.go({ panels: change(place.selected, { query }) })
  }
  const add = () =>
    actions.go({
      panels: [...panels, { ...emptyPanel, source: selected.source, language: selected.language }],
      selected: panels.length,
    })
  const remove = (index: number) =>
    actions.go({
      panels: panels.filter((_, at) => at !== index),
      selected: Math.max(0, place.selected >= index ? place.selected - 1 : place.selected),
    })
  const openExemplar = useOpenExemplar()
  const titles = titlesOf(panels)
  useKeys({
    scope: 'Metrics',
    bindings: [{ keys: 'Mod+Enter', title: 'Run the query', whileTyping: true, run: () => run() }],
  })

  return (
    <div className={styles.page}>
      <h1 className="sr">Metrics</h1>
      <Slot name="top">
        {language === 'promql' && (
          <Button
            size="lg"
            onClick={() =>
              go(hrefOf(cardinalityLocation, { source: selected.source, metric: '', order: 'largest' }))
            }
          >
            Cardinality
          </Button>
        )}
        <PageTimeBar time={time} asked={window} stands={standsBecause(source)} />
      </Slot>
      <Slot name="status">
        <span>
          {countOf(panels.length, 'chart')}, {describeRange(place.range, zone, window.endMs)}
        </span>
      </Slot>
      <QueryBar
        sources={sources}
        source={source}
        language={language}
        range={source ? rangeAmong([source], place.range) : place.range}
        onSource={(id, language) => actions.go({ panels: change(place.selected, { source: id, language }) })}
        text={text}
        onText={(next) => setDraft({ key: draftKey, text: next })}
        isDrawn={text === selected.query}
        isChanged={selected.query !== '' && text !== selected.query}
        error={failed?.query === text ? failed.error : undefined}
        history={history}
        onRun={run}
        onAdd={add}
      />
      <RangeNote problem={place.rangeProblem} range={place.range} zone={zone} />
      <div className={styles.grid} data-count={Math.min(panels.length, 3)}>
        {panels.map((panel, index) => (
          <Panel
            // A panel keeps its place while its query changes.
            // oxlint-disable-next-line react/no-array-index-key
            key={index}
            title={titles[index]}
            panel={panel}
            source={sourceOf(panel)}
            window={window}
            zone={zone}
            mark={place.mark}
            isSelected={panels.length > 1 && index === place.selected}
            onSelect={() => actions.adjust({ selected: index })}
            onView={(view) => actions.adjust({ panels: change(index, { view }) })}
            onRemove={panels.length > 1 ? () => remove(index) : undefined}
            onZoom={time.zoom}
            onUndoZoom={time.undoZoom}
            onExemplar={openExemplar}
            onQuery={(query) => actions.go({ panels: change(index, { query }) })}
            onQueryError={noteError}
            onAnswer={index === place.selected ? noteAnswer : undefined}
          />
        ))}
      </div>
    </div>
  )
}
