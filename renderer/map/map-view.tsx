import { type ReactNode, useCallback, useMemo, useState } from 'react'
import type { Source } from '#shared/api/contract'
import { describeRange, windowOf } from '#shared/derive/time-range'
import { countOf, formatCount } from '#shared/derive/quantities'
import {
  callOf,
  edgeId,
  type MapEdge,
  type MapNode,
  mergeTellings,
  tellerOf,
  type Telling,
} from '#shared/map/graph'
import { choiceToSee, chosenPart, compareMaps, edgesOnCycles } from '#shared/map/shape'
import { rateUnitOf } from '#shared/map/rate-unit'
import { useGo, useLocationState } from '../state/location'
import { useMapLayout } from '../state/map-layout'
import { useChangePreferences, usePanelSize, usePreferences } from '../state/preferences'
import { rangeAmong } from '../state/held-time'
import { hrefOfSearch } from '../state/search-location'
import { useStep } from '../state/thread-step'
import { rangeBefore, useMapAnswers } from '../state/service-map'
import { isServer } from '../state/sources'
import { HeldTimeButton } from '../time/held-time-button'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ErrorNote } from '../ui/error-note'
import { useKeys } from '../ui/keys'
import { ProgressBar } from '../ui/progress-bar'
import { RangeNote } from '../ui/range-note'
import { Slot } from '../ui/slot'
import { Splitter } from '../ui/splitter'
import { TimeRangePicker } from '../ui/time-range-picker'
import { Warnings } from '../ui/warnings'
import { WarnNote } from '../ui/warn-note'
import type { Picture } from './draw-map'
import { curvesOf } from './curves'
import { MapCanvas } from './map-canvas'
import { MapDetail } from './map-detail'
import { depths, mapLocation } from '../state/map-location'
import styles from './map-page.module.css'
import { MapTable } from './map-table'
import { MapTools } from './map-tools'

interface Props {
  readonly sources: readonly Source[]
  /** There are others, which the address does not ask. */
  readonly isPart: boolean
  /** The calls of the trace that is laid over it. */
  readonly overlaid: Telling | undefined
  /** What is said of that trace. */
  readonly children: ReactNode
}

const whyNoCalls =
  'Jaeger on Elasticsearch, OpenSearch or Cassandra knows calls only after its dependencies job has run; Zipkin on such a store ' +
  'likewise. Prometheus knows them where Tempo or a Collector writes its service graph there; without one, some traces of a Tempo are read.'

/** `7 services`, `7 of 18 services` where the others are left out. */
const partOf = (shown: number, all: number, what: string): string =>
  `${shown < all ? `${formatCount(shown)} of ` : ''}${countOf(all, what)}`

/** Calls of services to themselves, as they are drawn. */
const loopsOf = (nodes: readonly MapNode[]): readonly MapEdge[] =>
  nodes.flatMap(({ name, within }) =>
    within ? [{ id: edgeId(name, name), parent: name, child: name, figures: within, told: [] }] : [],
  )

const noPlaces = {}
const noRange = { from: 0, to: 1 } as const

const warningsBySource = (tellings: readonly Telling[]): ReadonlyMap<string, readonly string[]> =>
  new Map(
    [...Map.groupBy(tellings, ({ origin }) => origin.name)].map(([source, told]) => [
      source,
      [...new Set(told.flatMap(({ notes = [] }) => notes))],
    ]),
  )

/** The map and its table: what was asked, what was answered, and what of it is looked at. */
export function MapView({ sources, isPart, overlaid, children }: Props) {
  const [place, actions] = useLocationState(mapLocation)
  const { rangeProblem, view, focus, depth, leastRate, hidden, compared } = place
  const selected = tellerOf(place.selected)
  // Of what stands still, `now` is its end: asked and said as that.
  const range = useMemo(() => rangeAmong(sources, place.range), [sources, place.range])
  const go = useGo()
  const { timeZone: zone, mapPlaces = noPlaces } = usePreferences()
  const changePreferences = useChangePreferences()
  const side = usePanelSize('map.detail', 364)
  const [nowMs] = useState(() => Date.now())
  const now = useMapAnswers(sources, range, nowMs)
  const earlier = useMemo(() => (compared ? rangeBefore(range, nowMs) : noRange), [compared, range, nowMs])
  const then = useMapAnswers(sources, earlier, nowMs, compared)
  const tellings = useMemo(
    () => (overlaid ? [...now.tellings, overlaid] : now.tellings),
    [now.tellings, overlaid],
  )
  const isKnownBefore = then.tellings.some(({ calls }) => calls.length > 0)
  const comparison = useMemo(() => {
    const here = mergeTellings(tellings)
    return compared && isKnownBefore
      ? compareMaps(here, mergeTellings(then.tellings))
      : { map: here, changeOf: undefined, before: undefined }
  }, [tellings, then.tellings, compared, isKnownBefore])
  const all = comparison.map
  const shown = useMemo(
    () => chosenPart(all, { leastRate, hidden, focus, depth }),
    [all, leastRate, hidden, focus, depth],
  )
  const { layout, placing, isPlacing, error: layoutError } = useMapLayout(shown, mapPlaces)
  // Not for every figure that is chosen: its lines are looked for one by one.
  const edges = useMemo(() => [...shown.edges, ...loopsOf(shown.nodes)], [shown])
  const curves = useMemo(() => layout && curvesOf(edges, layout.nodes), [edges, layout])
  const window = windowOf(range, nowMs)
  const windowMs = window.endMs - window.startMs
  const picture = useMemo((): Picture | undefined => {
    if (!layout || !curves) return undefined
    return {
      nodes: shown.nodes,
      edges,
      places: layout.nodes,
      groups: layout.groups,
      curves,
      onCycles: edgesOnCycles(shown),
      changeOf: comparison.changeOf,
      before: comparison.before,
      overlaid: overlaid
        ? new Set(overlaid.calls.flatMap(({ parent, child }) => [parent, child, edgeId(parent, child)]))
        : undefined,
      figure: place.figure,
      unit: rateUnitOf(
        all.edges.map(({ figures }) => figures),
        windowMs,
      ),
    }
  }, [layout, curves, edges, shown, all, comparison, overlaid, place.figure, windowMs])

  const answers = compared ? [...now.answers, ...then.answers] : now.answers
  const failed = answers.filter((answer) => answer.error)
  const asking = answers.filter((answer) => answer.isAsking)
  const hrefOfTraces = useCallback(
    (id: string) => hrefOfSearch({ service: callOf(id)?.[1] ?? id, range }),
    [range],
  )
  const select = useCallback((id: string) => actions.adjust({ selected: tellerOf(id) }), [actions])
  const hide = (name: string) => actions.go({ hidden: [...hidden, name], selected: '', focus: '' })
  // Until the first answer there was nothing to place, which took no time.
  const isPlaced = shown.nodes.some(({ name }) => layout?.nodes.has(name))
  const isAround = shown.nodes.some(({ name }) => name === focus)
  const isFocusLost = focus !== '' && !isAround && asking.length === 0 && shown.nodes.length > 0
  const toFocus = isFocusLost ? choiceToSee(all, place, focus) : undefined
  /** A new object for each time that something was found. */
  const [found, setFound] = useState<{ readonly name: string }>()
  /** What is left out is let in: it is what somebody asks for by name. */
  const find = (name: string): void => {
    const change = choiceToSee(all, place, name) ?? {}
    if (Object.keys(change).length > 0) actions.go({ ...change, selected: name })
    else select(name)
    setFound({ name })
  }
  const isService = shown.nodes.some(({ name }) => name === selected)
  useKeys({
    scope: 'Map',
    bindings: [
      { keys: 'H', title: 'Hide the selected service', run: () => isService && hide(selected) },
      {
        keys: 'D',
        title: 'Only the selected service and its neighbours; again: one call further',
        run: () => {
          if (!isService) return
          const next = depths[(depths.findIndex((one) => one === depth) + 1) % depths.length]
          actions.go(focus === selected ? { depth: next } : { focus: selected, depth: 1 })
        },
      },
      {
        keys: 'Escape',
        title: 'Let go of what is selected',
        run: () => actions.adjust({ selected: '' }),
      },
    ],
  })
  useStep(mapLocation.path, {
    signal: 'map',
    title: focus === '' || isFocusLost ? 'Who calls whom' : `Around ${focus}`,
    sources: sources.map(({ name }) => name),
    query: callOf(selected)?.join(' → ') ?? selected,
    window,
    // Said once all have answered: what is there before may be a part. None, where some could not be asked, is nothing that was found.
    count:
      asking.length === 0 && (shown.edges.length > 0 || failed.length === 0)
        ? countOf(shown.edges.length, 'call')
        : '',
  })
  const hasServer = sources.some(isServer)
  const when = describeRange(range, zone, nowMs)
  const whenBefore = describeRange(earlier, zone, nowMs)
  const isCompared = comparison.before !== undefined
  const tellers = [
    ...new Set(now.tellings.filter(({ calls }) => calls.length > 0).map(({ origin }) => origin.name)),
  ].join(', ')
  const tellsOfTrace = overlaid && overlaid.calls.length > 0 ? overlaid.origin.name : ''
  return (
    <div className={styles.page}>
      <Slot name="top">
        <TimeRangePicker
          value={place.range}
          asked={range === place.range ? undefined : window}
          zone={zone}
          onZone={(timeZone) => changePreferences(() => ({ timeZone }))}
          onChange={(next) => actions.go({ range: next })}
        />
      </Slot>
      <Slot name="status">
        {all.nodes.length > 0 && (
          <span>
            {partOf(shown.nodes.length, all.nodes.length, 'service')},{' '}
            {partOf(shown.edges.length, all.edges.length, 'call')} from{' '}
            {[tellers, tellsOfTrace].filter((one) => one !== '').join(' and ')}, {when}
            {isCompared && `, beside ${whenBefore}`}
          </span>
        )}
      </Slot>
      <MapTools
        place={place}
        actions={actions}
        only={isPart ? sources.map(({ name }) => name).join(', ') : ''}
        map={all}
        around={isFocusLost ? '' : focus}
        isMoved={Object.keys(mapPlaces).length > 0}
        onPlaceAll={() => changePreferences(() => ({ mapPlaces: {} }))}
        onFind={find}
      />
      <RangeNote problem={rangeProblem} range={place.range} zone={zone} />
      {children}
      {(asking.length > 0 || isPlacing) && (
        <ProgressBar
          label={
            asking.length > 0
              ? `Asking ${[...new Set(asking.map((answer) => answer.source.name))].join(', ')}`
              : `Placing ${countOf(shown.nodes.length, 'service')}`
          }
        />
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
              kept={all.nodes.length > 0 ? 'What the others know is shown.' : undefined}
            />
          ),
      )}
      {compared && asking.length === 0 && !isKnownBefore && all.nodes.length > 0 && (
        <WarnNote icon="clock" title={`No call is known of the time before, ${whenBefore}.`}>
          There is nothing to compare with. A shorter time range may have calls before it.
        </WarnNote>
      )}
      {isFocusLost && view === 'map' && (
        <WarnNote
          icon="map"
          title={
            toFocus
              ? `${focus} is ${hidden.includes(focus) ? 'hidden' : 'left out, for its calls are rarer than asked for'}.`
              : `No call of ${focus} is known in this time.`
          }
          action={
            toFocus ? (
              <Button onClick={() => actions.go(toFocus)}>Show {focus}</Button>
            ) : (
              <Button onClick={() => actions.go({ focus: '' })}>Show all services</Button>
            )
          }
        >
          All others are shown, not only those around it.
        </WarnNote>
      )}
      {layoutError && <ErrorNote error={layoutError} />}
      {[...warningsBySource([...now.tellings, ...then.tellings])].map(([source, warnings]) => (
        <Warnings key={source} source={source} warnings={warnings} />
      ))}
      {all.nodes.length > 0 &&
        (view === 'table' ? (
          <MapTable
            tellings={tellings}
            nodes={all.nodes}
            place={place}
            range={range}
            nowMs={nowMs}
            onChange={actions.adjust}
          />
        ) : (
          <div className="cols">
            {picture && placing && isPlaced ? (
              <MapCanvas
                picture={picture}
                selected={selected}
                found={found}
                onSelect={select}
                onOpen={(id) => go(hrefOfTraces(id))}
                onMove={(name, x, y) =>
                  changePreferences((known) => ({
                    mapPlaces: { ...known.mapPlaces, [name]: [Math.round(x), Math.round(y)] },
                  }))
                }
                placing={placing}
              />
            ) : (
              <div className="grow">
                {shown.nodes.length > 0 && isPlacing && (
                  <EmptyState title={`Placing ${countOf(shown.nodes.length, 'service')} on the map…`}>
                    {countOf(shown.edges.length, 'call')} decide where they go. The table has them already.
                  </EmptyState>
                )}
                {shown.nodes.length === 0 && (
                  <EmptyState
                    title="Nothing is left to show."
                    action={
                      <Button onClick={() => actions.go({ focus: '', leastRate: 0, hidden: [] })}>
                        Show all {countOf(all.nodes.length, 'service')}
                      </Button>
                    }
                  >
                    Every call is rarer than asked for, or hidden.
                  </EmptyState>
                )}
              </div>
            )}
            {selected !== '' && (
              <>
                <Splitter
                  label="Width of the details"
                  panel="after"
                  sizePx={side.sizePx}
                  minPx={280}
                  maxPx={700}
                  onChange={side.set}
                  onReset={side.reset}
                />
                <aside className="side" style={{ width: side.sizePx }} aria-label="Details">
                  <MapDetail
                    map={shown}
                    all={all}
                    unit={picture?.unit}
                    onShow={find}
                    tellings={now.tellings}
                    before={comparison.before}
                    selected={selected}
                    window={window}
                    focus={focus}
                    onSelect={select}
                    onFocus={(name) => actions.go({ focus: name, depth: 1 })}
                    onHide={hide}
                  />
                </aside>
              </>
            )}
          </div>
        ))}
      {all.nodes.length === 0 && asking.length === 0 && failed.length < answers.length && (
        <EmptyState
          title={`${failed.length > 0 ? 'No other source knows of calls' : 'No calls'} between services in ${when.startsWith('last') ? 'the ' : ''}${when}.`}
          action={
            <>
              <HeldTimeButton
                sources={sources}
                window={window}
                onRange={(held) => actions.go({ range: held })}
              />
              {hasServer && (
                <Button look="primary" onClick={() => actions.go({ range: { from: 'now-7d', to: 'now' } })}>
                  Last 7 days instead
                </Button>
              )}
            </>
          }
        >
          {hasServer ? whyNoCalls : 'They are counted from the spans that are held.'}
        </EmptyState>
      )}
    </div>
  )
}
