import { useCallback, useMemo, useRef, useState } from 'react'
import { allClosed, openToLevel, sameFolding, setFolded } from '#shared/derive/folding'
import { matchesBefore } from '#shared/derive/next-row'
import { countOf, formatCount } from '#shared/derive/quantities'
import { type Reduction, timeLeft } from '#shared/derive/reduction'
import { withLines } from '#shared/derive/line-rows'
import { rowOfSpanId, spanIdOfRow } from '#shared/derive/span-ids'
import type { SpanIndex, Trace } from '#shared/trace/table'
import { type LocationActions, useGo } from '../state/location'
import { hrefOfTraceOnMap } from '../state/map-location'
import { useTellOpenTrace } from '../state/open-trace'
import { useArrangement, useSameReductions } from '../state/arrangement'
import { usePreferences } from '../state/preferences'
import { attributeSlots } from '../state/row-colors'
import { slotsByUse } from '../state/service-colors'
import { foreseeSpan } from '../state/trace-answers'
import { hasTimeAxis, hrefOfTrace, type TraceLocation } from '../state/trace-location'
import type { TracePanes } from '../state/trace-pane'
import { hrefOfLine, useTraceLines } from '../state/trace-lines'
import type { TraceView } from '../state/trace-view'
import type { MinimapSize } from '../state/trace-answers'
import { ColorLegend } from './color-legend'
import { DetailPanel } from './detail-panel'
import { DetailSide } from './detail-side'
import { FollowLadder } from '../pivots/follow-ladder'
import { withTerm } from './find-terms'
import { leadsFrom } from './leads'
import { LinePanel } from './line-panel'
import { Minimap } from './minimap'
import { useKeys } from '../ui/keys'
import { ProgressBar } from '../ui/progress-bar'
import { NothingLeft } from './nothing-left'
import { ReductionStrip } from './reduction-strip'
import { frameSpan, type TimeWindow } from '#shared/derive/time-window'
import { TraceHeader } from './trace-header'
import { TraceNotes } from './trace-notes'
import { TraceStatus } from './trace-status'
import { TraceTools } from './trace-tools'
import { useCameFrom } from './use-came-from'
import { useFindInTrace } from './use-find-in-trace'
import { subjectOfTrace, useFollow } from './use-follow'
import { useJump } from './use-jump'
import { flushLive, useLive } from '../state/use-live'
import { useMedia } from './use-media'
import { useOpenGroups, useRepeats } from './use-repeats'
import { useReductions } from './use-reductions'
import { useRememberTrace } from './use-remember-trace'
import { useSelectedLine } from './use-selected-line'
import { useShownRows } from './use-shown-rows'
import { useTraceFacts } from './use-trace-facts'
import { useTraceStep } from './use-trace-step'
import { useTraceWindow } from './use-trace-window'
import { useWaterfallKeys } from './use-waterfall-keys'
import { Waterfall } from './waterfall'
import { viewsOf } from './waterfall-tools'
import { walksFrom } from './walks'
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
  const navigate = useGo()
  const subject = useMemo(() => subjectOfTrace(trace), [trace])
  const zone = usePreferences().timeZone
  const built = view.isBuilt ? trace : undefined
  const slots = useMemo(
    () => slotsByUse(trace.services, trace.serviceSpans, !view.isBuilt),
    [trace, view.isBuilt],
  )
  const findInput = useRef<HTMLInputElement>(null)
  const grid = useRef<HTMLDivElement>(null)
  const [reveals, setReveals] = useState(0)
  const [isDropping, setDropping] = useState(false)
  const [mapSize, setMapSize] = useState<MinimapSize | undefined>(undefined)

  // What is left in view, and when it was.
  const repeats = useRepeats(location, actions)
  const reductions = useSameReductions(location.reductions)
  const arranged = useArrangement(session, trace, view.isBuilt, reductions, repeats.isFolded)
  const { left, leftCount } = arranged.arrangement
  const cameFrom = useCameFrom(location.sources, location.files, view.result?.inputs)
  const lines = useTraceLines(trace, view.isBuilt ? subject : undefined, cameFrom)
  const tree = useMemo(
    () => (lines.placed ? withLines(arranged.arrangement.tree, lines.placed) : arranged.arrangement.tree),
    [arranged.arrangement.tree, lines.placed],
  )
  const time = useMemo(() => timeLeft(trace, reductions), [trace, reductions])
  const { zoom, window, home, setWindow } = useTraceWindow(
    location.zoom,
    (zoom) => adjust({ zoom }),
    time,
    durationNs,
  )

  // Find, and rows.
  const sought = useFindInTrace(session, trace, location.find, (find) => adjust({ find }), left)
  const { text: find, matches } = sought
  const folding = useLive(location.folding, (folding) => adjust({ folding }), sameFolding)
  // Rows would come and go with each answer while the trace is being read.
  const isFiltering = location.matchesOnly && view.isBuilt && matches !== undefined
  const shown = useShownRows(tree, folding, isFiltering ? matches : undefined)
  const { setFolding } = shown

  // The router takes a moment; a click must not.
  const [chosenLine, chooseLine] = useState<number>()
  const span = useLive(location.span, (span) => adjust({ span }), Object.is)
  const selected = useMemo(() => rowOfSpanId(spans, span.value), [spans, span.value])
  const showSpan = span.show
  const { colors, classes, answers, root, errors, coloring } = useTraceFacts({
    session,
    trace,
    isBuilt: view.isBuilt,
    slots,
    color: location.color,
    mapSize,
  })
  useOpenGroups(tree, selected, setFolding)
  useRememberTrace(trace, view, location)
  useTraceStep(trace, selected, location, view.inputs)

  const select = useCallback(
    (row: SpanIndex) => {
      chooseLine(undefined)
      const id = spanIdOfRow(spans, row)
      if (id === span.value) return
      if (view.isBuilt) foreseeSpan(session, trace, row)
      showSpan(id)
      flushLive()
      go({ span: id })
    },
    [session, trace, spans, view.isBuilt, span.value, showSpan, go],
  )
  const goTo = (list: readonly Reduction[], to: TimeWindow | undefined) => {
    zoom.show(to)
    flushLive()
    go({ reductions: list, zoom: to })
  }
  const reduce = useReductions({
    trace,
    isBuilt: view.isBuilt,
    list: reductions,
    window,
    home,
    isZoomed: zoom.value !== undefined,
    selected,
    goTo,
    open: (row) => folding.set((now) => setFolded(tree, now, tree.at[row], false)),
    onDropShort: () => setDropping(true),
  })
  const jump = useJump({
    trace,
    shown,
    reductions,
    folding,
    only: isFiltering ? matches : undefined,
    span,
    setWindow,
    actions,
    onJump: useCallback(() => {
      chooseLine(undefined)
      setReveals((count) => count + 1)
    }, []),
  })
  const { walk, walkErrors, walkPath } = walksFrom({
    tree,
    selected,
    matches,
    left,
    path: answers?.criticalPath,
    jump,
  })
  const { line, sought: soughtLines } = useSelectedLine(chosenLine, chooseLine, {
    lines,
    tree,
    selected,
    sought: find.value,
    jump,
    setFolding,
    showRows: () => adjust({ matchesOnly: false, view: 'waterfall' }),
  })
  const follow = useFollow(trace, selected, line !== undefined, subject, cameFrom)
  /** Where no span holds what is sought, the walk goes through the lines that do. */
  const walkFound = sought.matches && sought.count === 0 ? soughtLines.walk : walk
  const onLine = (to: number, how: 'select' | 'open') => {
    if (how === 'open' && lines.found) navigate(hrefOfLine(lines.found, to))
    const at = how === 'select' ? lines.placed?.find((one) => one.line === to) : undefined
    if (!at) return
    select(at.span)
    chooseLine(to)
  }
  const onFilter = useCallback(
    (term: string, exclude: boolean) => find.set((now) => withTerm(now, term, exclude)),
    [find],
  )
  const onFold = useCallback(
    (row: SpanIndex, folded: boolean) => setFolding((now) => setFolded(tree, now, tree.at[row], folded)),
    [tree, setFolding],
  )
  const traces = view.result?.traces ?? []
  const { showFinding, openLink } = leadsFrom({ trace, selected, jump, traces, onOpenTrace })
  const close = () => {
    showSpan('')
    adjust({ span: '' })
    rowsIn(grid.current)?.focus({ preventScroll: true })
  }
  const focusGrid = () => rowsIn(grid.current)?.focus()

  const Pane = location.view === 'waterfall' ? undefined : panes[location.view]
  useWaterfallKeys({
    durationNs,
    home,
    hasTime: hasTimeAxis(location),
    view: location.view,
    setWindow,
    frame: () => {
      if (selected < 0) return
      setWindow(frameSpan(spans.start[selected], spans.duration[selected], durationNs))
      setReveals((count) => count + 1)
    },
    focusFind: () => {
      findInput.current?.focus()
      findInput.current?.select()
    },
    focusGrid,
    walk: walkFound,
    walkErrors,
    walkPath,
    unfoldToLevel: (level) => setFolding(() => openToLevel(level)),
    collapseAll: () => setFolding(() => allClosed),
    expandAll: shown.expandAll,
    toggleMatchesOnly: () => adjust({ matchesOnly: !location.matchesOnly }),
    toggleRepeats: () => repeats.set(!repeats.isFolded),
    togglePath: () => adjust({ criticalPath: !location.criticalPath }),
    escape: () => {
      if (view.isReading) view.stop()
      else if (find.value !== '') find.set('')
      else if (span.value !== '') close()
    },
  })

  const when = { startMs: subject.startMs, endMs: subject.endMs }
  const wasTold = location.startMs !== undefined && location.endMs !== undefined
  /** Of a trace that is still being read, what led here may know more than what has come. */
  const isKnown = trace.spanCount > 0 && (view.isBuilt || !wasTold)
  /** What is seen now; the URL follows a moment behind. It says when the trace was: some servers find no other. */
  const linkOf = () =>
    hrefOfTrace({
      ...location,
      ...(isKnown ? when : {}),
      zoom: zoom.value,
      find: find.value,
      folding: folding.value,
      span: span.value,
      repeats: repeats.isFolded,
    })
  const showOnMap = () => navigate(hrefOfTraceOnMap(linkOf().split('?')[1], when))
  useTellOpenTrace(
    {
      session,
      show: (row) => jump(row, 'go'),
      find: (text) => find.set(text),
      color: (key) => adjust({ color: key }),
    },
    built,
  )
  useKeys({ scope: 'Follow', bindings: [{ keys: 'G', title: 'Show the trace on the map', run: showOnMap }] })

  const isNarrow = useMedia('(max-width: 1100px)')
  const match =
    matches && selected >= 0 && matches[selected] === 1
      ? { at: matchesBefore(matches, selected) + 1, of: sought.count }
      : undefined
  const isEmpty = leftCount === 0 ? trace.spanCount > 0 : isFiltering && sought.count === 0
  const included = isFiltering ? matches : left
  const criticalPath = location.criticalPath ? answers?.criticalPath : undefined
  return (
    <div className={styles.workspace} ref={grid}>
      <TraceHeader
        session={session}
        trace={trace}
        slots={slots}
        root={root}
        inputs={view.result?.inputs ?? []}
        zone={zone}
        isWhole={view.isBuilt}
        traceCount={traces.length}
        onAllTraces={onAllTraces}
        onNextError={() => walkErrors(1)}
        logs={follow.traceLogs}
        onShowOnMap={showOnMap}
        linkOf={linkOf}
      />
      <FollowLadder climbing={follow.climbing} of={undefined} />
      <TraceNotes
        trace={trace}
        view={view}
        files={location.files}
        viewName={location.view}
        isAbsent={view.isBuilt && span.value !== '' && selected < 0}
        spanId={span.value}
        rawClock={location.rawClock}
        errors={[...errors, arranged.error]}
        findings={answers?.findings}
        selected={selected}
        others={others}
        onAskOthers={onAskOthers}
        onDismissSpan={close}
        onShow={(row) => jump(row, 'go')}
        onRawClock={(rawClock) => adjust({ rawClock })}
        onFinding={showFinding}
      />
      <div className={isNarrow ? styles.stacked : `cols ${styles.beside}`}>
        <div className={styles.rows}>
          <Minimap
            trace={trace}
            slots={answers?.minimapColor ? attributeSlots : slots}
            columns={answers?.minimap}
            isReading={!view.isBuilt}
            matches={matches}
            window={window}
            home={home}
            onWindow={setWindow}
            onSize={setMapSize}
          />
          <TraceTools
            session={session}
            trace={trace}
            isBuilt={view.isBuilt}
            location={location}
            adjust={adjust}
            view={Pane ? location.view : 'waterfall'}
            views={viewsOf(panes)}
            repeats={repeats}
            lines={lines}
            sought={sought}
            soughtLines={soughtLines}
            matchAt={match?.at}
            leftCount={leftCount}
            selected={selected}
            window={window}
            reduce={reduce}
            isDropping={isDropping}
            onDropping={setDropping}
            findInput={findInput}
            walk={walkFound}
            onLeaveFind={focusGrid}
            onCollapseAll={() => setFolding(() => allClosed)}
            onExpandAll={shown.expandAll}
          />
          {coloring && (
            <ProgressBar
              label={`Reading ${coloring.key} of every span`}
              counts={`${formatCount(coloring.done)} of ${countOf(coloring.of, 'span')}`}
              fraction={coloring.done / coloring.of}
              onCancel={() => adjust({ color: '' })}
            />
          )}
          {classes && (
            <ColorLegend classes={classes} onFilter={onFilter} onClose={() => adjust({ color: '' })} />
          )}
          <ReductionStrip trace={trace} reduce={reduce} arranged={arranged} />
          {isEmpty ? (
            <NothingLeft
              spanCount={trace.spanCount}
              matchCount={isFiltering ? sought.count : undefined}
              leftCount={leftCount}
              reduce={reduce}
              onShowUnmatched={() => adjust({ matchesOnly: false })}
            />
          ) : Pane && built ? (
            <Pane
              session={session}
              trace={trace}
              slots={slots}
              colors={colors}
              included={included}
              matches={matches}
              window={window}
              selected={selected}
              path={criticalPath}
              reveal={`${span.value} ${reveals}`}
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
              colors={colors}
              tree={tree}
              nodes={shown.nodes}
              folded={shown.folded}
              window={window}
              matches={matches}
              selected={selected}
              path={criticalPath}
              // At first, after Back, for a copied link, and whenever something jumps to it; not when rows move while they come.
              reveal={`${span.value} ${view.isBuilt} ${reveals} ${line !== undefined}`}
              onSelect={select}
              onShow={(row) => jump(row, 'go')}
              onUngroup={() => repeats.set(false)}
              onFold={onFold}
              onWindow={setWindow}
              onFilter={onFilter}
              reduce={reduce}
              lineBatch={lines.found?.batch}
              selectedLine={line?.line}
              onLine={onLine}
            />
          )}
        </div>
        {selected >= 0 && (
          <DetailSide isNarrow={isNarrow}>
            {line && lines.found ? (
              <LinePanel
                trace={trace}
                found={lines.found}
                line={line}
                zone={zone}
                onOpen={() => onLine(line.line, 'open')}
                onSpan={() => jump(line.span, 'go')}
                onClose={close}
              />
            ) : (
              <DetailPanel
                session={session}
                trace={trace}
                row={selected}
                slots={slots}
                path={answers?.criticalPath}
                isReading={!view.isBuilt}
                zone={zone}
                follow={follow}
                cameFrom={cameFrom}
                onSelect={(row) => jump(row, 'go')}
                onFilter={onFilter}
                onOpenLink={openLink}
                onClose={close}
              />
            )}
          </DetailSide>
        )}
      </div>
      <TraceStatus
        trace={trace}
        view={Pane ? location.view : 'waterfall'}
        window={window}
        leftCount={leftCount}
        shownCount={shown.nodes.length}
        match={match}
        hasSelection={selected >= 0}
      />
    </div>
  )
}

/** What takes the keyboard in the view that is on screen: rows, or boxes. */
function rowsIn(workspace: HTMLElement | null): HTMLElement | undefined {
  return workspace?.querySelector<HTMLElement>('[role=treegrid], [role=tree]') ?? undefined
}
