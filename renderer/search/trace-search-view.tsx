import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { describeRange } from '#shared/derive/time-range'
import { formatDuration } from '#shared/derive/durations'
import { countOf } from '#shared/derive/quantities'
import type { Source } from '#shared/api/contract'
import { countedPart } from '#shared/query/traceql/parse'
import { newestFirst } from '#shared/trace/summary'
import { hrefOf, useLocationState } from '../state/location'
import { useChangePreferences, usePanelSize, usePreferences, useRemember } from '../state/preferences'
import { type SearchLocation, searchKeyOf, searchLocation } from '../state/search-location'
import { isServer } from '../state/sources'
import { useSavedCount, useStep } from '../state/thread-step'
import { again } from '../ui/arrival'
import { Keys } from '../ui/key-caps'
import { useKeys } from '../ui/keys'
import { RangeNote } from '../ui/range-note'
import { Slot } from '../ui/slot'
import { Splitter } from '../ui/splitter'
import { TimeRangePicker } from '../ui/time-range-picker'
import { chosenSources, conditionsOf, ownTraceql, planSearch, textOf } from './plan-search'
import { QueryBar } from './query-bar'
import { CountedChart } from './counted-chart'
import { foundOf, savedFoundOf } from './rest-of'
import { Results } from './results'
import { type Draft, draftOf, locationOf, problemsOf, withoutOwn } from './search-draft'
import { SearchForm } from './search-form'
import styles from './search-page.module.css'
import { nameOfSearch } from './search-words'
import { SourceLines } from './source-lines'
import { readQueryError } from './traceql/error-place'
import { useSearch } from './use-search'

const formPx = 264

/** The draft begins anew where the place asks for something else: after Run, Back, or a link. */
function useDraft(place: SearchLocation): [Draft, (draft: Draft) => void, () => Draft] {
  const key = searchKeyOf(place)
  const [state, setState] = useState(() => ({ key, draft: draftOf(place) }))
  const isOther = state.key !== key
  const present = isOther ? { key, draft: draftOf(place) } : state
  if (isOther) setState(present)
  // Running at once after a key must see what that key wrote, though it is not rendered yet.
  const latest = useRef(present.draft)
  useLayoutEffect(() => {
    latest.current = present.draft
  }, [present.draft])
  const set = useCallback(
    (draft: Draft) => {
      latest.current = draft
      setState({ key, draft })
    },
    [key],
  )
  const read = useCallback(() => latest.current, [])
  return [present.draft, set, read]
}

/** Finds traces in every connected source at once. `sources` are those that keep traces. */
export function TraceSearchView({ sources }: { readonly sources: readonly Source[] }) {
  const [place, actions] = useLocationState(searchLocation)
  const [draft, setDraft, readDraft] = useDraft(place)
  const { timeZone: zone } = usePreferences()
  const changePreferences = useChangePreferences()
  const width = usePanelSize('search.form', formPx)
  const remember = useRemember()
  const running = useSearch(place, sources)
  const { key, search, snapshot, shown } = running
  const { asks, leftOut } = useMemo(
    () => (search ? planSearch(place, sources, search.window) : { asks: [], leftOut: [] }),
    [place, sources, search],
  )

  const runNow = (written: Draft) => {
    // Own TraceQL is nothing to those who do not speak it: without a speaker the form is the query.
    const hasSpeaker = chosenSources(sources, written.sources).some((source) => source.capabilities.traceql)
    const next = hasSpeaker ? written : withoutOwn(written)
    const problems = problemsOf(next)
    if (problems.min ?? problems.max ?? problems.limit ?? problems.tags) {
      document.querySelector<HTMLElement>('form [aria-invalid=true]')?.focus()
      return
    }
    const wanted = { ...place, ...locationOf(next) }
    if (place.asked && searchKeyOf(wanted) === searchKeyOf(place)) running.restart()
    else actions.go(locationOf(next))
  }
  const latestRun = useRef(runNow)
  useLayoutEffect(() => {
    latestRun.current = runNow
  })
  // The same function for good: typing draws the form again, and not the list.
  const run = useCallback(() => latestRun.current(readDraft()), [readDraft])
  const askOthers = useCallback(() => latestRun.current({ ...readDraft(), askOthers: true }), [readDraft])
  // What stands in place of results leaves with the button one has pressed there.
  const start = useCallback(() => again(run)(), [run])
  const searchFor = useCallback(
    (change: Partial<SearchLocation>) =>
      again(() => actions.go({ asked: true, traceql: '', ...change, region: undefined, isLed: false }))(),
    [actions],
  )
  const searchService = useCallback(
    (service: string) => searchFor({ ...conditionsOf(place), service, operation: '' }),
    [searchFor, place],
  )
  useKeys({
    scope: 'Search',
    bindings: [{ keys: 'Mod+Enter', title: 'Run the search', whileTyping: true, run }],
  })

  const own = ownTraceql(place)
  const isCount = useMemo(() => own !== undefined && countedPart(own) !== undefined, [own])
  // Servers are asked for the traces alone.
  const counting = isCount ? chosenSources(sources, place.sources).find((one) => !isServer(one)) : undefined
  const countedWindow = search?.window ?? shown.window
  const isDone = search !== undefined && !snapshot.isAsking
  const isAnswered = isDone && snapshot.sources.some((source) => source.phase === 'answered')
  const found = snapshot.traces.length
  const href = hrefOf(searchLocation, { ...place, sort: newestFirst, region: undefined, isLed: false })
  const name = nameOfSearch(conditionsOf(place), own)
  useEffect(() => {
    if (!isAnswered) return
    remember({
      name,
      kind: 'Search',
      holds: countOf(found, 'trace'),
      href,
      openedMs: Date.now(),
      sizeBytes: 0,
    })
  }, [isAnswered, name, found, href, remember])

  // Where nobody understood it, nothing is known of how many there are.
  const count = isDone && (isAnswered || found > 0) ? foundOf(found, snapshot.sources) : ''
  useStep(
    searchLocation.path,
    search && {
      signal: 'trace',
      title: name,
      sources: snapshot.sources.map((source) => source.source.name),
      query: own ?? textOf(asks, sources),
      window: search.window,
      count,
    },
  )
  const saved = useSavedCount(searchLocation.path)

  const refused = snapshot.sources.find(({ error }) => error?.kind === 'bad-query')
  const ran = useMemo(() => (place.asked ? draftOf(place) : undefined), [place])
  // As the page says it again: TraceQL of an address may be what the form says.
  const keyOfDraft = (one: Draft): string => searchKeyOf({ ...place, ...locationOf(one) })
  const isChanged = ran !== undefined && keyOfDraft(draft) !== keyOfDraft(ran)
  const error = useMemo(
    () =>
      refused?.error && draft.text === ran?.text
        ? { source: refused.source.name, at: readQueryError(refused.error.detail ?? refused.error.message) }
        : undefined,
    [refused, draft.text, ran],
  )
  const canAsk =
    place.asked ||
    planSearch({ ...place, ...locationOf(draft) }, sources, { startMs: 0, endMs: 1 }).asks.length > 0
  const failed = snapshot.sources.filter(({ phase }) => phase === 'failed' || phase === 'choose').length
  const summary = !search
    ? ''
    : snapshot.isAsking
      ? `${countOf(found, 'trace')} so far from ${countOf(snapshot.sources.length, 'source')}`
      : `${countOf(found, 'trace')} from ${snapshot.sources.length - failed} of ${countOf(snapshot.sources.length + leftOut.length, 'source')}`

  return (
    <div className="cols">
      <h1 className="sr">Traces</h1>
      <Slot name="top">
        <TimeRangePicker
          value={draft.range}
          asked={place.asked ? search?.window : undefined}
          zone={zone}
          onZone={(timeZone) => changePreferences(() => ({ timeZone }))}
          onChange={(range) => {
            const next = { ...draft, range }
            setDraft(next)
            if (place.asked) runNow(next)
          }}
        />
      </Slot>
      <Slot name="status">
        {summary !== '' && (
          <span>
            {summary}, {describeRange(place.range, zone, search?.window.endMs ?? 0)}
          </span>
        )}
        <span className="opt">
          <Keys keys="Mod+Enter" /> run
        </span>
      </Slot>
      <SearchForm draft={draft} onDraft={setDraft} sources={sources} onRun={run} widthPx={width.sizePx} />
      <Splitter
        label="Width of the search form"
        sizePx={width.sizePx}
        minPx={220}
        maxPx={420}
        onChange={width.set}
        onReset={width.reset}
      />
      <section className={styles.results} aria-label="Results">
        <RangeNote problem={place.rangeProblem} range={place.range} zone={zone} />
        <QueryBar
          draft={draft}
          ran={ran}
          isChanged={isChanged}
          onDraft={setDraft}
          sources={sources}
          error={error}
          onRun={run}
        />
        {search && (
          <SourceLines
            search={search}
            snapshot={snapshot}
            leftOut={leftOut}
            onAskOthers={askOthers}
            onService={searchService}
          />
        )}
        {count !== '' && saved !== '' && saved !== count && (
          <p className={`t2 small ${styles.led}`}>{savedFoundOf(saved)}</p>
        )}
        {search && place.isLed && place.earlierMs > 0 && (
          <p className={`t2 small ${styles.led}`}>
            From {formatDuration(place.earlierMs * 1e6)} before the place in the chart on: its points tell of
            the time before them, and of what was read up to a minute late.
          </p>
        )}
        {counting && countedWindow && (
          <CountedChart
            source={counting}
            query={own ?? ''}
            window={countedWindow}
            isBegun={search !== undefined}
            zone={zone}
          />
        )}
        <p className="sr" role="status">
          {isDone && summary}
        </p>
        <Results
          key={key === undefined ? 'none' : 'some'}
          searchKey={key}
          place={place}
          onAdjust={actions.adjust}
          snapshot={snapshot}
          shown={shown}
          zone={zone}
          isDone={isDone}
          onSearch={searchFor}
          sources={sources}
          start={canAsk ? start : undefined}
        />
      </section>
    </div>
  )
}
