import {
  type CSSProperties,
  type PointerEvent,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { createPortal } from 'react-dom'
import { List } from 'react-window'
import type { CriticalPath } from '#shared/derive/critical-path'
import { lineOfRow, rowOfLine } from '#shared/derive/line-rows'
import type { LogBatch } from '#shared/logs/batch'
import { hasBelow, nodeNear, type RowTree } from '#shared/derive/row-tree'
import { positionOfNode, shownAncestor } from '#shared/derive/visible-rows'
import { waitingNames } from '#shared/derive/waiting'
import { SpanFlag, type SpanIndex, type Trace } from '#shared/trace/table'
import { usePanelSize } from '../state/preferences'
import type { RowColors } from '../state/row-colors'
import { Splitter } from '../ui/splitter'
import { momentAt, positionOf, type Timeline, type TimeWindow } from '#shared/derive/time-window'
import { threadConnectors } from './critical-thread'
import { FlyingRows } from './flying-rows'
import { Hairline } from '../ui/hairline'
import { setHoverMoment } from '../ui/hover-moment'
import { roomOf, rowHeightPx } from './list-position'
import { countBefore, type Scene } from './scene'
import { rowElementId, SpanRow } from './span-row'
import { TimeHeader } from '../ui/time-header'
import type { Reduce } from './use-reductions'
import { shiftSteps } from './shift-steps'
import { type Pointed, RowOverlays } from './row-overlays'
import { rulerTicks } from '#shared/derive/ruler-ticks'
import { treegridStep } from './treegrid-keys'
import { useFirstGroup } from './use-first-group'
import { useHurry } from '../ui/use-hurry'
import { useListPlace } from './use-list-place'
import { useTimeWheel } from '../ui/use-time-wheel'
import { WaitPatterns } from './wait-patterns'
import styles from './waterfall.module.css'

interface Props {
  readonly trace: Trace
  readonly slots: readonly number[]
  readonly colors: RowColors
  readonly tree: RowTree
  /** RowNodes shown, in order. */
  readonly nodes: Int32Array
  /** One byte per node; undefined when nothing is folded. */
  readonly folded: Uint8Array | undefined
  readonly window: TimeWindow
  readonly matches: Uint8Array | undefined
  readonly selected: SpanIndex
  /** Undefined when it is not to be drawn. */
  readonly path: CriticalPath | undefined
  /** When this changes, the selected row is brought into view. */
  readonly reveal: string
  readonly onSelect: (row: SpanIndex) => void
  /** Selects a span wherever it is, and brings it into view. */
  readonly onShow: (row: SpanIndex) => void
  /** Gives every repeated span a row of its own again. */
  readonly onUngroup: () => void
  readonly onFold: (row: SpanIndex, folded: boolean) => void
  readonly onWindow: (next: TimeWindow | ((now: TimeWindow) => TimeWindow)) => void
  readonly onFilter: (term: string, exclude: boolean) => void
  readonly reduce: Reduce
  /** What the lines of the tree are read from. */
  readonly lineBatch: LogBatch | undefined
  /** Number of the line that is selected, under the selected span; undefined for none. */
  readonly selectedLine: number | undefined
  /** `open`: shows it where all of them are. */
  readonly onLine: (line: number, how: 'select' | 'open') => void
}

const durationColumnPx = 66
const selfColumnPx = 70
/** Room at the right for the marks of bars that go on. */
const rightPx = 14
/** At least this much stays for the bars. */
const narrowestBarsPx = 220
const narrowestNamePx = 160
/** Hover intent before a tooltip: --d-hover. */
const tooltipAfterMs = 120

/** Where the keyboard is. A new selection takes it along. */
interface Focus {
  readonly row: SpanIndex
  readonly whenSelected: SpanIndex
}

/** The spans of a trace as rows on a time axis: a treegrid that draws only what is in view. */
export function Waterfall(props: Props) {
  const {
    trace,
    tree,
    slots,
    colors,
    folded,
    window,
    matches,
    selected,
    path,
    reveal,
    onSelect,
    onShow,
    onUngroup,
    onFold,
    onWindow,
    onFilter,
    reduce,
    lineBatch,
    selectedLine,
    onLine,
  } = props
  const { spans, durationNs } = trace
  const lineRow = selectedLine === undefined ? -1 : rowOfLine(tree, selectedLine)
  /** What is selected, be it a span or a line of it. */
  const selectedRow = lineRow >= 0 ? lineRow : selected
  const box = useRef<HTMLDivElement>(null)
  const [innerWidthPx, setInnerWidthPx] = useState(0)
  const [focus, setFocus] = useState<Focus>({ row: -1, whenSelected: -1 })
  const [hasRing, setRing] = useState(false)
  const [menu, setMenu] = useState<Pointed | undefined>(undefined)
  const [pointed, setPointed] = useState<Pointed | undefined>(undefined)
  const pointing = useRef<{ row: SpanIndex; timer: ReturnType<typeof setTimeout> } | undefined>(undefined)
  const gridNow = useCallback(() => gridIn(box.current), [])
  const head = useFirstGroup(gridNow, styles.head)
  const place = useListPlace(gridNow, tree, props.nodes)
  const { nodes, from, bring } = place

  const names = usePanelSize('trace.names', Math.round(Math.min(Math.max(innerWidthPx * 0.38, 220), 560)))
  const widestNamePx = Math.max(
    narrowestNamePx,
    innerWidthPx - durationColumnPx - selfColumnPx - rightPx - narrowestBarsPx,
  )
  const namePx = Math.min(Math.max(names.sizePx, narrowestNamePx), widestNamePx)
  const leftPx = namePx + durationColumnPx + selfColumnPx
  const timelinePx = Math.max(0, innerWidthPx - leftPx - rightPx)

  const timeline = useMemo<Timeline>(() => ({ window, widthPx: timelinePx }), [window, timelinePx])
  const ticks = useMemo(() => rulerTicks(timeline), [timeline])
  const errorsBefore = useMemo(() => countBefore(tree, tree.spans.flags, SpanFlag.error), [tree])
  const matchesBefore = useMemo(() => matches && countBefore(tree, matches, 1), [tree, matches])
  const waiting = useMemo(() => waitingNames(trace.names), [trace])
  const connectors = useMemo(
    () => (path ? threadConnectors(path, tree, props.nodes, timeline) : []),
    [path, tree, props.nodes, timeline],
  )
  const hasFollowed = focus.whenSelected === selectedRow || selectedRow < 0
  const activeRow = hasFollowed && focus.row < tree.at.length ? focus.row : selectedRow
  const activeNode = activeRow < 0 ? -1 : shownAncestor(tree, props.nodes, nodeNear(tree, activeRow))
  const activeIndex = activeNode < 0 ? -1 : positionOfNode(nodes, activeNode)
  const shownActive = activeNode < 0 ? -1 : tree.row[activeNode]
  const { hurriedIn, onScroll: hurryOnScroll } = useHurry()
  const scene = useMemo<Scene>(
    () => ({
      trace,
      tree,
      nodes,
      from,
      folded,
      colors,
      timeline,
      matches,
      errorsBefore,
      matchesBefore,
      waiting,
      path,
      connectors,
      lineBatch,
      indentLimitPx: Math.max(56, namePx - 180),
    }),
    [
      trace,
      tree,
      nodes,
      from,
      folded,
      colors,
      timeline,
      matches,
      errorsBefore,
      matchesBefore,
      waiting,
      path,
      connectors,
      lineBatch,
      namePx,
    ],
  )
  const focused = hasRing ? shownActive : -1
  const rowProps = useMemo(
    () => ({ scene, selected: selectedRow, focused, isHurried: hurriedIn !== undefined }),
    [scene, selectedRow, focused, hurriedIn],
  )

  useLayoutEffect(() => {
    const grid = gridNow()
    if (!grid) return undefined
    const observer = new ResizeObserver(() => setInnerWidthPx(grid.clientWidth))
    // Hears of the width at once, after the page is laid out. To ask for it here would do that within the task that makes the page.
    observer.observe(grid)
    return () => observer.disconnect()
  }, [gridNow])

  useLayoutEffect(() => {
    if (selected < 0 || innerWidthPx === 0) return
    const shown = shownAncestor(tree, props.nodes, nodeNear(tree, selectedRow))
    bring(positionOfNode(props.nodes, shown), 'center')
    // Only a new request scrolls: rows that come or go later must not.
    // oxlint-disable-next-line react/exhaustive-deps, react/exhaustive-effect-dependencies
  }, [reveal, selected < 0, innerWidthPx === 0])

  useTimeWheel(box, durationNs, onWindow)
  const focusAt = (row: SpanIndex) => setFocus({ row, whenSelected: selectedRow })

  const rowAt = (target: EventTarget): SpanIndex => {
    const element = target instanceof Element ? target.closest('[data-index]') : undefined
    const index = element instanceof HTMLElement ? Number(element.dataset.index) : -1
    return index >= 0 && index < nodes.length ? tree.row[nodes[index]] : -1
  }
  const hideTooltip = () => {
    clearTimeout(pointing.current?.timer)
    pointing.current = undefined
    setPointed(undefined)
  }
  const onPointerMove = (event: PointerEvent) => {
    const left = box.current?.getBoundingClientRect().left ?? 0
    const xPx = event.clientX - left - leftPx
    setHoverMoment(xPx >= 0 && xPx <= timelinePx ? momentAt(xPx, timelinePx, window) : undefined)
    const row = event.buttons === 0 ? rowAt(event.target) : -1
    if (row === pointing.current?.row) return
    hideTooltip()
    if (row < 0) return
    const { clientX, clientY } = event
    const timer = setTimeout(() => setPointed({ row, xPx: clientX, yPx: clientY }), tooltipAfterMs)
    pointing.current = { row, timer }
  }
  const onPointerLeave = () => {
    setHoverMoment(undefined)
    hideTooltip()
  }

  const columns = {
    '--nm': `${namePx}px`,
    '--du': `${durationColumnPx}px`,
    '--se': `${selfColumnPx}px`,
  } as CSSProperties
  return (
    <div
      ref={box}
      className={styles.box}
      style={columns}
      onPointerMove={onPointerMove}
      onPointerLeave={onPointerLeave}
    >
      <WaitPatterns />
      <div className={styles.grid} style={{ left: leftPx, width: timelinePx }} aria-hidden="true">
        {ticks.map((tick) => (
          <i key={tick.at} style={{ left: positionOf(tick.at, timeline) }} />
        ))}
      </div>
      <List
        rowComponent={SpanRow}
        rowProps={rowProps}
        rowCount={nodes.length}
        rowHeight={rowHeightPx}
        overscanCount={4}
        role="treegrid"
        aria-label="Spans"
        aria-rowcount={props.nodes.length + 1}
        aria-colcount={4}
        aria-activedescendant={activeIndex >= 0 ? rowElementId(activeIndex) : undefined}
        tabIndex={0}
        className={styles.treegrid}
        onScroll={(event) => {
          hurryOnScroll(event.currentTarget)
          place.onScroll(event.currentTarget)
          if (pointing.current) hideTooltip()
        }}
        onFocus={() => {
          const top = place.topNode()
          if (activeNode < 0 && top >= 0) focusAt(tree.row[top])
        }}
        onBlur={() => setRing(false)}
        onPointerDown={() => setRing(false)}
        onClick={(event) => {
          const row = rowAt(event.target)
          if (row < 0) return
          hideTooltip()
          focusAt(row)
          const isFoldMark =
            event.target instanceof Element && event.target.closest('[data-part=fold]') !== null
          const node = tree.at[row]
          const line = lineOfRow(tree, row)
          if (line >= 0) onLine(tree.lines?.line[line] ?? 0, 'select')
          else if ((isFoldMark && hasBelow(tree, node)) || row >= spans.length)
            onFold(row, folded?.[node] !== 1)
          else onSelect(row)
        }}
        onDoubleClick={(event) => {
          const line = lineOfRow(tree, rowAt(event.target))
          if (line >= 0) onLine(tree.lines?.line[line] ?? 0, 'open')
        }}
        onContextMenu={(event) => {
          // From the keyboard it comes without a row under it: then it is the row with the keyboard.
          const row = rowAt(event.target)
          const about = row >= 0 ? row : shownActive
          if (about < 0 || lineOfRow(tree, about) >= 0) return
          event.preventDefault()
          hideTooltip()
          focusAt(about)
          const line = document
            .getElementById(rowElementId(positionOfNode(nodes, tree.at[about])))
            ?.getBoundingClientRect()
          const isByKey = row < 0 && line !== undefined
          setMenu({
            row: about,
            xPx: isByKey ? line.left + 40 : event.clientX,
            yPx: isByKey ? line.bottom : event.clientY,
          })
        }}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey) return
          if (event.shiftKey) {
            const step = shiftSteps[event.key]
            if (!step) return
            event.preventDefault()
            onWindow((now) => step(now, durationNs))
            return
          }
          const pageRows = Math.floor(roomOf(event.currentTarget) / rowHeightPx)
          const step = treegridStep(event.key, {
            tree,
            nodes: props.nodes,
            folded,
            node: activeNode,
            pageRows,
          })
          if (!step) {
            if (event.key.startsWith('Arrow')) event.preventDefault()
            return
          }
          event.preventDefault()
          setRing(true)
          const row = tree.row[step.node]
          focusAt(row)
          const line = lineOfRow(tree, row)
          if (step.kind === 'select' && line >= 0)
            onLine(tree.lines?.line[line] ?? 0, event.key === 'Enter' ? 'open' : 'select')
          else if (step.kind === 'select' && row >= spans.length) onFold(row, folded?.[step.node] !== 1)
          else if (step.kind === 'select') onSelect(row)
          else if (step.kind === 'focus') bring(positionOfNode(props.nodes, step.node), 'nearest')
          else onFold(row, step.kind === 'fold')
        }}
      >
        {createPortal(
          <div role="row" aria-rowindex={1} className={styles.header}>
            <div role="columnheader">Service and span</div>
            <div role="columnheader" className="num">
              Duration
            </div>
            <div role="columnheader" className="num">
              Self
            </div>
            <TimeHeader
              role="columnheader"
              timeline={timeline}
              ticks={ticks}
              durationNs={durationNs}
              onWindow={onWindow}
            />
          </div>,
          head,
        )}
      </List>
      {hurriedIn && (
        <FlyingRows
          scene={scene}
          list={hurriedIn}
          nameEndPx={namePx}
          durationEndPx={namePx + durationColumnPx}
          selfEndPx={leftPx}
        />
      )}
      <div className={styles.nameSplitter} style={{ left: namePx }}>
        <Splitter
          label="Width of the name column"
          sizePx={namePx}
          minPx={narrowestNamePx}
          maxPx={widestNamePx}
          onChange={names.set}
          onReset={names.reset}
          className={styles.splitter}
        />
      </div>
      <Hairline timeline={timeline} leftPx={leftPx} isLabelled />
      <RowOverlays
        trace={trace}
        tree={tree}
        slots={slots}
        folded={folded}
        menu={menu}
        pointed={pointed}
        onSelect={onSelect}
        onShow={onShow}
        onUngroup={onUngroup}
        onFold={onFold}
        onWindow={onWindow}
        onFilter={onFilter}
        reduce={reduce}
        onCloseMenu={() => setMenu(undefined)}
      />
    </div>
  )
}

/** The scrolling element. List's own handle knows it one render too late to be measured before the first paint. */
function gridIn(box: HTMLElement | null): HTMLElement | undefined {
  return box?.querySelector<HTMLElement>('[role=treegrid]') ?? undefined
}
