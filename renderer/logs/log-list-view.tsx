import {
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { formatDate, type TimeZone } from '#shared/derive/clock-times'
import { type LogBatch, type LogLine, msOf, textOf } from '#shared/logs/batch'
import { lineAt, type LogList, rowOf } from '#shared/logs/log-list'
import type { FoldedList } from '#shared/logs/repeated-lines'
import { traceOf } from '#shared/logs/trace-of-line'
import { bringIntoView } from '../ui/bring-into-view'
import { copy } from '../ui/copy'
import { useKeys } from '../ui/keys'
import { useHurry } from '../ui/use-hurry'
import { columnPx, fixedWidth, gapPx, levelPx, timeWidth, tracePx } from './column-widths'
import { FlyingLines } from './flying-lines'
import { HoverMark } from './hover-mark'
import { aroundKey, type LinesWithAround } from './lines-with-around'
import styles from './log-list.module.css'
import { LogRow, type RowLook, type RowLookInList } from './log-row'
import { evenHeights, type RowHeights, unevenHeights } from './row-heights'
import { wrappedHeights } from './wrapped-heights'

interface Props {
  /** Some rows may stand for several lines. */
  readonly list: LogList | FoldedList
  readonly look: RowLook
  readonly selected: LogLine | undefined
  readonly onSelect: (line: LogLine) => void
  /** The rows in view reach the end. */
  readonly onEnd: () => void
  readonly onOpenTrace: (href: string) => void
  /** Undefined where the lines around one cannot be asked for. */
  readonly around?: LinesWithAround | undefined
  readonly renderDetail: (line: LogLine) => ReactNode
}

const rowPx = 20
const overscan = 6
/** Asked for this many rows before the end comes into view. */
const aheadRows = 300

interface Expanded {
  readonly line: LogLine
  readonly px: number
}

const same = (a: LogLine, b: LogLine | undefined): boolean => a.batch === b?.batch && a.at === b.at

/** Whether its first and last line are of different days. */
function isOfDays(list: LogList, zone: TimeZone): boolean {
  if (list.length === 0) return false
  const [first, last] = [0, list.length - 1].map((row) => formatDate(msOf(lineAt(list, row)), zone))
  return first !== last
}

/** The lines: only those in view are drawn. One tab stop; arrow keys move, Enter expands, T opens the trace. */
export function LogListView(props: Props) {
  const { list, look: ownLook, selected, onSelect, onEnd, onOpenTrace, around, renderDetail } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const ruler = useRef<HTMLSpanElement>(null)
  const [view, setView] = useState({ topPx: 0, roomPx: 800, widthPx: 1_000 })
  const [letterPx, setLetterPx] = useState(7)
  const [expanded, setExpanded] = useState<readonly Expanded[]>([])
  /** Heights of wrapped rows as they turned out, by batch; the number changes when one does. */
  const measured = useRef(new WeakMap<LogBatch, Map<number, number>>())
  const [measuredCount, setMeasuredCount] = useState(0)
  const { hurriedIn, onScroll: hurryOnScroll, onMoved } = useHurry()
  const hasDays = isOfDays(list, ownLook.zone)
  const look = useMemo((): RowLookInList => ({ ...ownLook, hasDays }), [ownLook, hasDays])
  const { wrap, columns } = look
  const messagePx = view.widthPx - fixedWidth(hasDays) - columns.length * (columnPx + gapPx)
  const letters = wrap ? Math.max(10, Math.floor(messagePx / letterPx)) : 0

  useLayoutEffect(() => {
    measured.current = new WeakMap()
  }, [letters])

  const heights = useMemo((): RowHeights => {
    const own = new Map(
      expanded.flatMap(({ line, px }): [number, number][] => {
        const row = rowOf(list, line)
        return row === undefined ? [] : [[row, px]]
      }),
    )
    if (letters === 0) return evenHeights(list.length, rowPx, own)
    const all = wrappedHeights(list, letters, (batch) => measured.current.get(batch))
    for (const [row, px] of own) all[row] = px
    return unevenHeights(all)
    // Heights that were measured are outside of React.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [list, letters, expanded, measuredCount])

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    const read = (): void =>
      setView({ topPx: element.scrollTop, roomPx: element.clientHeight, widthPx: element.clientWidth })
    read()
    if (ruler.current) setLetterPx(ruler.current.offsetWidth / 100)
    const observer = new ResizeObserver(read)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  /** The first line in view, so that lines that come in above it do not move it. */
  const anchor = useRef<{ readonly line: LogLine; readonly offsetPx: number } | undefined>(undefined)
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element || !anchor.current || element.scrollTop === 0) return
    const row = rowOf(list, anchor.current.line)
    const topPx = row === undefined ? undefined : heights.topOf(row) + anchor.current.offsetPx
    if (topPx !== undefined && topPx !== element.scrollTop) {
      element.scrollTop = topPx
      onMoved(element.scrollTop)
    }
    // Only lines that come in move it, not heights that are measured.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [list])
  useLayoutEffect(() => {
    const row = heights.rowAt(view.topPx)
    anchor.current =
      list.length === 0 ? undefined : { line: lineAt(list, row), offsetPx: view.topPx - heights.topOf(row) }
  })

  const first = Math.max(0, heights.rowAt(view.topPx) - overscan)
  const last = Math.min(list.length - 1, heights.rowAt(view.topPx + view.roomPx) + overscan)
  const isNearEnd = last + aheadRows >= list.length
  useEffect(() => {
    if (isNearEnd && list.length > 0) onEnd()
  }, [isNearEnd, list.length, onEnd])

  const onHeight = useCallback((line: LogLine, px: number) => {
    setExpanded((now) =>
      now.some((one) => same(one.line, line) && one.px !== px)
        ? now.map((one) => (same(one.line, line) ? { line, px } : one))
        : now,
    )
    const known = measured.current.get(line.batch) ?? new Map<number, number>()
    measured.current.set(line.batch, known.set(line.at, px))
    setMeasuredCount((count) => count + 1)
  }, [])

  const isOpen = (line: LogLine): boolean => expanded.some((one) => same(one.line, line))
  const setOpen = useCallback((line: LogLine, open: boolean | 'other'): void => {
    // The height it had while it was open is not the one it has now.
    measured.current.get(line.batch)?.delete(line.at)
    setExpanded((now) => {
      const others = now.filter((one) => !same(one.line, line))
      const isOpened = open === 'other' ? others.length === now.length : open
      return isOpened ? [...others, { line, px: 260 }] : others
    })
  }, [])
  const shown = useRef<LogLine | undefined>(undefined)
  const onPick = useCallback(
    (line: LogLine): void => {
      // It is in view already.
      shown.current = line
      onSelect(line)
      setOpen(line, 'other')
    },
    [onSelect, setOpen],
  )

  useKeys({
    scope: 'Follow',
    bindings:
      selected && around
        ? [
            {
              keys: aroundKey,
              title: 'Lines around it',
              run: () => {
                // In a detail that is closed they are not seen.
                around.set(selected, !(isOpen(selected) && around.has(selected)))
                setOpen(selected, true)
              },
            },
          ]
        : [],
  })

  const at = selected === undefined ? undefined : rowOf(list, selected)
  const showRow = (row: number, align: 'nearest' | 'center' = 'nearest'): void => {
    const element = scroller.current
    if (!element) return
    const topPx = heights.topOf(row)
    bringIntoView(element, { topPx, heightPx: rowPx, roomPx: element.clientHeight }, align)
  }
  useLayoutEffect(() => {
    if (selected === undefined || at === undefined || (shown.current && same(selected, shown.current))) return
    shown.current = selected
    showRow(at, 'center')
  })

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || list.length === 0) return
    const page = Math.max(1, Math.floor(view.roomPx / rowPx) - 1)
    const now = at ?? -1
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: now + 1,
      ArrowUp: now - 1,
      PageDown: now + page,
      PageUp: now - page,
      Home: 0,
      End: list.length - 1,
    }
    const line = at === undefined ? undefined : lineAt(list, at)
    const acts: Readonly<Record<string, () => void>> = {
      Enter: () => line && setOpen(line, 'other'),
      ArrowRight: () => line && setOpen(line, true),
      ArrowLeft: () => line && setOpen(line, false),
      c: () => line && void copy('line', textOf(line)),
      t: () => {
        const trace = line && traceOf(line, look.naming)
        const href = trace && look.hrefOfTrace?.(trace.traceId, trace.spanId, line)
        if (href !== undefined) onOpenTrace(href)
      },
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const to = moves[event.key]
    if (to !== undefined) {
      event.preventDefault()
      const row = Math.min(list.length - 1, Math.max(0, to))
      onSelect(lineAt(list, row))
      shown.current = lineAt(list, row)
      showRow(row)
    } else if (acts[event.key] && line) {
      event.preventDefault()
      acts[event.key]()
    }
  }

  const rows = []
  const lastDrawn = hurriedIn === undefined ? last : first - 1
  for (let row = first; row <= lastDrawn; row++) {
    const line = lineAt(list, row)
    const topPx = heights.topOf(row)
    const isExpanded = isOpen(line)
    rows.push(
      <LogRow
        key={row}
        batch={line.batch}
        at={line.at}
        id={`${id}-${row}`}
        row={row}
        look={look}
        topPx={topPx}
        heightPx={heights.topOf(row + 1) - topPx}
        isSelected={row === at}
        isExpanded={isExpanded}
        repeats={'counts' in list ? list.counts[row] : 1}
        onPick={onPick}
        onOpenTrace={onOpenTrace}
        onHeight={onHeight}
      >
        {isExpanded && renderDetail(line)}
      </LogRow>,
    )
  }
  const tracks = [
    `${timeWidth(hasDays)}px`,
    `${levelPx}px`,
    ...columns.map(() => `${columnPx}px`),
    'minmax(0, 1fr)',
    `${tracePx}px`,
  ]
  return (
    <div
      role="treegrid"
      aria-label="Log lines"
      aria-rowcount={list.length}
      aria-activedescendant={at !== undefined && at >= first && at <= last ? `${id}-${at}` : undefined}
      tabIndex={0}
      className={styles.list}
      style={{ '--log-columns': tracks.join(' ') } as Record<string, string>}
      onKeyDown={onKeyDown}
    >
      <div
        ref={scroller}
        role="presentation"
        className={styles.scroller}
        onScroll={(event) => {
          const { scrollTop: topPx, clientHeight: roomPx, clientWidth: widthPx } = event.currentTarget
          setView({ topPx, roomPx, widthPx })
          hurryOnScroll(event.currentTarget)
        }}
      >
        <span ref={ruler} aria-hidden="true" className={`mono ${styles.ruler}`}>
          {'0'.repeat(100)}
        </span>
        <div role="presentation" className={styles.rows} style={{ height: heights.totalPx }}>
          {rows}
          <HoverMark list={list} heights={heights} />
        </div>
      </div>
      {hurriedIn && (
        <FlyingLines list={list} heights={heights} look={look} letters={letters} scroller={hurriedIn} />
      )}
    </div>
  )
}
