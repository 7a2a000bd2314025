import { useCallback, useMemo, useRef, useState } from 'react'
import {
  allClosed,
  allOpen,
  type Folding,
  openAncestors,
  openToLevel,
  setFolded,
} from '#shared/derive/folding'
import type { Finding } from '#shared/derive/findings'
import { formatDuration } from '#shared/derive/durations'
import { matchesBefore, nextError, nextMatch, previousError, previousMatch } from '#shared/derive/next-row'
import { reduceRows } from '#shared/derive/reduction'
import { parseFilter } from '#shared/derive/find/parse-filter'
import { formatCount } from '#shared/derive/quantities'
import { rowOfSpanId, spanIdOfRow } from '#shared/derive/span-ids'
import type { SpanLink } from '#shared/trace/detail'
import type { SpanIndex, Trace } from '#shared/trace/table'
import type { LocationActions } from '../state/location'
import { usePanelSize, usePreferences } from '../state/preferences'
import { slotsByUse } from '../state/service-colors'
import { useFind, useSpanDetail, useTraceAnswers } from '../state/trace-answers'
import { hrefOfTrace, type TraceLocation } from '../state/trace-location'
import type { TracePanes } from '../state/trace-pane'
import type { TraceView } from '../state/trace-view'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ErrorNote } from '../ui/error-note'
import { usePageTitle } from '../ui/page-title'
import { Splitter } from '../ui/splitter'
import { WarnNote } from '../ui/warn-note'
import type { MinimapSize } from '../state/trace-answers'
import { AbsentSpan } from './absent-span'
import { DetailPanel } from './detail-panel'
import { FindField } from './find-field'
import { withTerm } from './find-terms'
import { FindingsStrip } from './findings-strip'
import { isGap, LoadStrips, ReadingProgress } from './load-strips'
import { Minimap } from './minimap'
import { mostRows } from './list-position'
import { RepairsStrip } from './repairs-strip'
import { namingRow } from './span-facts'
import {
  clampWindow,
  frameSpan,
  isWhole,
  type TimeWindow,
  wholeWindow,
  windowShowing,
} from '#shared/derive/time-window'
import { TraceHeader } from './trace-header'
import { TraceStatus } from './trace-status'
import { useLive } from '../state/use-live'
import { useMedia } from './use-media'
import { useRememberTrace } from './use-remember-trace'
import { useShownRows } from './use-shown-rows'
import { useWaterfallKeys } from './use-waterfall-keys'
import { Waterfall } from './waterfall'
import { viewsOf, WaterfallTools } from './waterfall-tools'
import styles from './workspace.module.css'

interface Props {
  readonly session: string
  readonly trace: Trace
  readonly view: TraceView
  readonly location: TraceLocation
  readonly actions: LocationActions<TraceLocation>
  /** Names of connections that were not asked. */
  readonly others: readonly string[]
  readonly onAskOthers: () => void
  /** `isHeld`: it is in what was read already. */
  readonly onOpenTrace: (traceId: string, spanId: string, isHeld: boolean) => void
  /** Goes to the list of the traces in the opened files. */
  readonly onAllTraces: () => void
  readonly panes: TracePanes
}

/** A trace on screen: header, what was found and mended, minimap, rows, and the span that is selected. */
export function TraceWorkspace(props: Props) {
  const { session, trace, view, location, actions, others, onAskOthers, onOpenTrace, onAllTraces, panes } =
    props
  const { spans, durationNs } = trace
  const { go, adjust } = actions
  const zone = usePreferences().timeZone
  const built = view.isBuilt ? trace : undefined
  const slots = useMemo(
    () => slotsByUse(trace.services, trace.serviceSpans, !view.isBuilt),
    [trace, view.isBuilt],
  )
  const findInput = useRef<HTMLInputElement>(null)
  const grid = useRef<HTMLDivElement>(null)
  const [reveals, setReveals] = useState(0)
  const [mapSize, setMapSize] = useState<MinimapSize | undefined>(undefined)

  // Zoom.
  const zoom = useLive(location.zoom, (zoom) => adjust({ zoom }), sameZoom)
  const window = useMemo(
    () => (zoom.value ? clampWindow(zoom.value, durationNs) : wholeWindow(durationNs)),
    [zoom.value, durationNs],
  )
  const setZoom = zoom.set
  const setWindow = useCallback(
    (next: TimeWindow | ((now: TimeWindow) => TimeWindow)) =>
      setZoom((now) => {
        const from = now ? clampWindow(now, durationNs) : wholeWindow(durationNs)
        const to = typeof next === 'function' ? next(from) : next
        return isWhole(to, durationNs) ? undefined : to
      }),
    [setZoom, durationNs],
  )

  // Find.
  const find = useLive(location.find, (find) => adjust({ find }), Object.is)
  const grammarError = useMemo(() => parseFilter(find.value).error, [find.value])
  const found = useFind(session, built, grammarError ? '' : find.value)
  const result = found.result?.error ? undefined : found.result
  const matches = result && result.mask.length === spans.length ? result.mask : undefined
  const findProblem = grammarError?.message ?? found.result?.error?.message ?? found.error?.message

  // Rows.
  const folding = useLive(location.folding, (folding) => adjust({ folding }), sameFolding)
  const isFiltering = location.matchesOnly && matches !== undefined
  const { reductions } = location
  const included = useMemo(() => {
    const left = reduceRows(trace, reductions)
    return isFiltering ? both(left, matches) : left
  }, [trace, reductions, isFiltering, matches])
  const shown = useShownRows(trace, folding, included)
  const { setFolding } = shown

  // Answers.
  const { answers, error: answersError } = useTraceAnswers(session, built, mapSize)
  // The router takes a moment; a click must not.
  const span = useLive(location.span, (span) => adjust({ span }), Object.is)
  const selected = useMemo(() => rowOfSpanId(spans, span.value), [spans, span.value])
  const showSpan = span.show
  const { detail, error: detailError } = useSpanDetail(session, built, selected)
  const naming = useMemo(() => namingRow(trace), [trace])
  const root = useSpanDetail(session, built, naming)
  useRememberTrace(trace, view, location)
  usePageTitle(naming < 0 ? undefined : `${trace.names[spans.name[naming]]} ${formatDuration(durationNs)}`)

  /** What is seen now; the URL follows a moment behind. */
  const held = () => ({
    zoom: zoom.value,
    find: find.value,
    folding: folding.value,
    span: span.value,
  })
  const flush = useCallback(() => {
    zoom.flush()
    find.flush()
    folding.flush()
  }, [zoom, find, folding])
  const select = useCallback(
    (row: SpanIndex) => {
      const id = spanIdOfRow(spans, row)
      if (id === span.value) return
      showSpan(id)
      flush()
      go({ span: id })
    },
    [spans, span.value, showSpan, flush, go],
  )
  /** Selects a row wherever it is: opens what is folded above it, and moves the window to it. */
  const jump = useCallback(
    (row: SpanIndex, how: 'go' | 'adjust') => {
      if (row < 0) return
      const isHidden = isFiltering && matches?.[row] !== 1
      if (isHidden) folding.set((now) => openAncestors(spans, now, row))
      else setFolding((now) => openAncestors(spans, now, row))
      setWindow((now) => windowShowing(now, spans.start[row], spans.duration[row], durationNs))
      const change = { span: spanIdOfRow(spans, row), ...(isHidden ? { matchesOnly: false } : {}) }
      showSpan(change.span)
      if (how === 'go' && change.span !== span.value) {
        flush()
        go(change)
      } else adjust(change)
      setReveals((count) => count + 1)
    },
    [
      spans,
      durationNs,
      span.value,
      showSpan,
      isFiltering,
      matches,
      folding,
      setFolding,
      setWindow,
      flush,
      go,
      adjust,
    ],
  )
  const walk = (step: 1 | -1) => {
    if (!matches || !result || result.count === 0) return
    jump(step === 1 ? nextMatch(matches, selected) : previousMatch(matches, selected), 'adjust')
  }
  const walkErrors = (step: 1 | -1) =>
    jump(step === 1 ? nextError(spans, selected) : previousError(spans, selected), 'adjust')
  const walkPath = (step: 1 | -1) => {
    const path = answers?.criticalPath
    if (!path || path.length === 0) return
    const onPath = [...new Set(path.row)]
    const at = onPath.indexOf(selected)
    jump(onPath[(at + step + onPath.length) % onPath.length], 'adjust')
  }
  const onFilter = useCallback(
    (term: string, exclude: boolean) => find.set((now) => withTerm(now, term, exclude)),
    [find],
  )
  const onFold = useCallback(
    (row: SpanIndex, folded: boolean) => setFolding((now) => setFolded(spans, now, row, folded)),
    [spans, setFolding],
  )
  const traces = view.result?.traces ?? []
  const showFinding = (finding: Finding) => {
    const at = finding.rows.indexOf(selected)
    jump(at < 0 ? finding.row : finding.rows[(at + 1) % finding.rows.length], 'go')
  }
  const openLink = (link: SpanLink) => {
    const row = link.traceId === trace.traceId ? rowOfSpanId(spans, link.spanId) : -1
    if (row >= 0) jump(row, 'go')
    else
      onOpenTrace(
        link.traceId,
        link.spanId,
        traces.some((one) => one.traceId === link.traceId),
      )
  }
  const close = () => {
    showSpan('')
    adjust({ span: '' })
    grid.current?.querySelector<HTMLElement>('[role=treegrid]')?.focus({ preventScroll: true })
  }
  const focusGrid = () => grid.current?.querySelector<HTMLElement>('[role=treegrid]')?.focus()

  useWaterfallKeys({
    durationNs,
    setWindow,
    frame: () => {
      if (selected >= 0) setWindow(frameSpan(spans.start[selected], spans.duration[selected], durationNs))
    },
    focusFind: () => {
      findInput.current?.focus()
      findInput.current?.select()
    },
    focusGrid,
    walk,
    walkErrors,
    walkPath,
    unfoldToLevel: (level) => setFolding(() => openToLevel(level)),
    collapseAll: () => setFolding(() => allClosed),
    expandAll: () => setFolding(() => allOpen),
    toggleMatchesOnly: () => adjust({ matchesOnly: !location.matchesOnly }),
    togglePath: () => adjust({ criticalPath: !location.criticalPath }),
    escape: () => {
      if (view.isReading) view.stop()
      else if (find.value !== '') find.set('')
      else if (span.value !== '') close()
    },
  })

  const isNarrow = useMedia('(max-width: 1100px)')
  const isWide = useMedia('(min-width: 1800px)')
  const isSmall = useMedia('(max-width: 1360px)')
  // As in the look's --w-detail.
  const width = usePanelSize('trace.detail', isWide ? 456 : isSmall ? 352 : 392)
  const height = usePanelSize('trace.detail-height', 300)
  const repairs = trace.problems.filter((problem) => !isGap(problem) && problem.kind !== 'merged')
  const hasSkew = repairs.some((problem) => problem.kind === 'clock-skew')
  const match =
    matches && selected >= 0 && matches[selected] === 1
      ? { at: matchesBefore(matches, selected) + 1, of: result?.count ?? 0 }
      : undefined
  const Pane = location.view === 'waterfall' ? undefined : panes[location.view]
  const nothingMatches = isFiltering && result?.count === 0
  return (
    <div className={styles.workspace} ref={grid}>
      <TraceHeader
        trace={trace}
        slots={slots}
        root={root.detail}
        inputs={view.result?.inputs ?? []}
        zone={zone}
        isReading={view.isReading}
        traceCount={traces.length}
        onAllTraces={onAllTraces}
        onNextError={() => walkErrors(1)}
        linkOf={() => hrefOfTrace({ ...location, ...held() })}
      />
      {built && span.value !== '' && selected < 0 && <AbsentSpan spanId={span.value} onDismiss={close} />}
      <LoadStrips view={view} others={others} onAskOthers={onAskOthers} />
      <RepairsStrip
        repairs={repairs}
        rawClock={hasSkew || location.rawClock ? location.rawClock : undefined}
        selected={selected}
        onShow={(row) => jump(row, 'go')}
        onRawClock={(rawClock) => adjust({ rawClock })}
      />
      {answersError && <ErrorNote error={answersError} />}
      <FindingsStrip findings={answers?.findings} selected={selected} onShow={showFinding}>
        {!view.isBuilt && <ReadingProgress view={view} />}
      </FindingsStrip>
      <div className={isNarrow ? styles.stacked : 'cols'}>
        <div className={styles.rows}>
          <Minimap
            trace={trace}
            slots={slots}
            columns={answers?.minimap}
            isReading={!view.isBuilt}
            matches={matches}
            window={window}
            onWindow={setWindow}
            onSize={setMapSize}
          />
          <WaterfallTools
            view={Pane ? location.view : 'waterfall'}
            views={viewsOf(panes)}
            matchesOnly={location.matchesOnly}
            criticalPath={location.criticalPath}
            onView={(view) => adjust({ view })}
            onMatchesOnly={(matchesOnly) => adjust({ matchesOnly })}
            onCriticalPath={(criticalPath) => adjust({ criticalPath })}
            onCollapseAll={() => setFolding(() => allClosed)}
            onExpandAll={() => setFolding(() => allOpen)}
          >
            <FindField
              text={find.value}
              onText={find.set}
              matchCount={matches ? result?.count : undefined}
              matchAt={match?.at}
              spanCount={trace.spanCount}
              isSearching={found.isSearching}
              problem={findProblem}
              inputRef={findInput}
              onNext={() => walk(1)}
              onPrevious={() => walk(-1)}
              onLeave={focusGrid}
            />
          </WaterfallTools>
          {shown.rows.length > mostRows && (
            <WarnNote
              title={`The first ${formatCount(mostRows)} of ${formatCount(shown.rows.length)} rows can be scrolled to.`}
            >
              Fold some of them, or show only matches, to reach the rest.
            </WarnNote>
          )}
          {nothingMatches ? (
            <EmptyState
              title="No span matches."
              action={<Button onClick={() => adjust({ matchesOnly: false })}>Show all spans</Button>}
            >
              None of {formatCount(trace.spanCount)} spans has what you look for.
            </EmptyState>
          ) : Pane && built ? (
            <Pane
              session={session}
              trace={trace}
              slots={slots}
              included={included}
              matches={matches}
              window={window}
              selected={selected}
              path={location.criticalPath ? answers?.criticalPath : undefined}
              location={location}
              actions={actions}
              onSelect={select}
              onWindow={setWindow}
              onFilter={onFilter}
            />
          ) : (
            <Waterfall
              trace={trace}
              slots={slots}
              rows={shown.rows}
              folded={shown.folded}
              window={window}
              matches={matches}
              selected={selected}
              path={location.criticalPath ? answers?.criticalPath : undefined}
              // At first, after Back, for a copied link, and whenever something jumps to it; not when rows move while they come.
              reveal={`${span.value} ${view.isBuilt} ${reveals}`}
              onSelect={select}
              onFold={onFold}
              onWindow={setWindow}
              onFilter={onFilter}
            />
          )}
        </div>
        {selected >= 0 && (
          <>
            <Splitter
              label="Size of the details"
              between={isNarrow ? 'row' : 'column'}
              panel="after"
              sizePx={isNarrow ? height.sizePx : width.sizePx}
              minPx={isNarrow ? 120 : 280}
              maxPx={isNarrow ? 600 : 900}
              onChange={isNarrow ? height.set : width.set}
              onReset={isNarrow ? height.reset : width.reset}
            />
            {/* Arrows scroll what is in here; they are not for the rows. */}
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
            <aside
              className={`side ${styles.detail}`}
              style={isNarrow ? { height: height.sizePx } : { width: width.sizePx }}
              aria-label="Span details"
              onKeyDown={(event) => {
                if (event.key.startsWith('Arrow')) event.stopPropagation()
              }}
            >
              <DetailPanel
                trace={trace}
                row={selected}
                slots={slots}
                path={answers?.criticalPath}
                detail={detail}
                error={detailError}
                isReading={!view.isBuilt}
                zone={zone}
                onSelect={(row) => jump(row, 'go')}
                onFilter={onFilter}
                onOpenLink={openLink}
                onClose={close}
              />
            </aside>
          </>
        )}
      </div>
      <TraceStatus
        trace={trace}
        window={window}
        shownCount={shown.rows.length}
        match={match}
        hasSelection={selected >= 0}
      />
    </div>
  )
}

/** Rows that both masks have. */
function both(one: Uint8Array | undefined, other: Uint8Array): Uint8Array {
  return one === undefined ? other : one.map((byte, row) => byte & other[row])
}

function sameZoom(a: TraceLocation['zoom'], b: TraceLocation['zoom']): boolean {
  if (!a || !b) return a === b
  return Math.round(a.from) === Math.round(b.from) && Math.round(a.to) === Math.round(b.to)
}

function sameFolding(a: Folding, b: Folding): boolean {
  return a === b || (a.base === b.base && a.toggled.join() === b.toggled.join())
}
