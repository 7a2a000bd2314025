import { type CSSProperties, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { List, useListRef } from 'react-window'
import { formatCount } from '#shared/derive/quantities'
import type { GroupSort } from '#shared/derive/groups/order'
import type { SpanIndex, Trace } from '#shared/trace/table'
import type { SpanTableAnswer } from '../state/span-table'
import { bringIntoView } from '../ui/bring-into-view'
import gridStyles from '../ui/data-grid.module.css'
import { useTallestPx } from '../ui/tallest'
import { WarnNote } from '../ui/warn-note'
import { tableColumns, tableTracks } from './table-columns'
import { TableHead } from './table-head'
import { tableStep } from './table-keys'
import { isOpen, lineAt, lineCount, lineOfGroup, lineOfSpan } from './table-lines'
import { TableRow } from './table-row'
import styles from './span-table.module.css'

interface Props {
  readonly trace: Trace
  readonly table: SpanTableAnswer
  readonly slots: readonly number[]
  readonly matches: Uint8Array | undefined
  readonly selected: SpanIndex
  readonly sort: GroupSort
  /** What is shown answers an earlier question. */
  readonly isOld: boolean
  readonly onSort: (sort: GroupSort) => void
  /** Opens or closes the group at a place; `row` is one of its spans. */
  readonly onOpen: (row: SpanIndex, at: number, isOpened: boolean) => void
  readonly onSelect: (row: SpanIndex) => void
}

const linePx = 28

/** Where the keyboard is: on a span, or on the group that a span is in. Both stay when lines move. */
interface Focus {
  readonly row: SpanIndex
  readonly isGroup: boolean
}

/** The line that an element is part of; -1 for none. */
function indexAt(target: EventTarget): number {
  const line = target instanceof Element ? target.closest('[data-index]') : undefined
  return line instanceof HTMLElement ? Number(line.dataset.index) : -1
}

/** The groups and their spans: a treegrid that draws only what is in view. */
export function SpanTable(props: Props) {
  const { trace, table, slots, matches, selected, sort, isOld, onSort, onOpen, onSelect } = props
  const id = useId()
  const list = useListRef(null)
  const head = useRef<HTMLDivElement>(null)
  const [focus, setFocus] = useState<Focus | undefined>(undefined)
  const [hasRing, setRing] = useState(false)
  /** The line the pointer was over last. */
  const [near, setNear] = useState(-1)
  const [drawn, setDrawn] = useState({ from: 0, to: -1 })
  const all = useMemo(() => lineCount(table), [table])
  const mostLines = Math.floor(useTallestPx() / linePx)
  const count = Math.min(all, mostLines)
  const selectedLine = useMemo(() => (selected < 0 ? -1 : lineOfSpan(table, selected)), [table, selected])
  const focusedLine = useMemo(() => {
    if (focus === undefined) return selectedLine
    if (!focus.isGroup) return lineOfSpan(table, focus.row)
    const at = table.groupAt[focus.row] ?? -1
    return at < 0 ? -1 : lineOfGroup(table, at)
  }, [table, focus, selectedLine])
  const idOf = useMemo(() => (index: number) => `${id}-${index}`, [id])
  const rowProps = useMemo(
    () => ({
      trace,
      table,
      slots,
      selected,
      focused: hasRing ? focusedLine : -1,
      current: focusedLine,
      near,
      matches,
      idOf,
    }),
    [trace, table, slots, selected, hasRing, focusedLine, near, matches, idOf],
  )

  /** Undefined until it is known: nothing can be brought into a view without a height. */
  const roomPx = useRef<number | undefined>(undefined)
  const scrollTo = (index: number) => {
    const { element } = list.current ?? {}
    if (!element || roomPx.current === undefined || index < 0 || index >= count) return
    const place = { topPx: index * linePx, heightPx: linePx, roomPx: roomPx.current }
    bringIntoView(element, place, 'nearest')
  }
  /** The head keeps beside the lines what their scroll bar takes, and moves sideways with them. */
  const alignHead = () => {
    const { element } = list.current ?? {}
    if (!element || !head.current) return
    head.current.style.paddingRight = `${element.offsetWidth - element.clientWidth}px`
    head.current.scrollLeft = element.scrollLeft
  }
  // More lines bring the scroll bar, fewer take it away.
  // oxlint-disable-next-line react/exhaustive-deps
  useLayoutEffect(alignHead, [count])
  // Chosen elsewhere, by J or in the details; lines that move do not call for it.
  useEffect(() => {
    setFocus(undefined)
    scrollTo(selectedLine)
    // oxlint-disable-next-line react/exhaustive-deps
  }, [selected])

  const act = (index: number) => {
    const line = lineAt(table, index)
    if (line === undefined) return
    setFocus({ row: line.row, isGroup: line.kind === 'group' })
    if (line.kind === 'span') onSelect(line.row)
    else onOpen(line.row, line.at, !isOpen(table, line.at))
  }
  return (
    <>
      {all > mostLines && (
        <WarnNote
          title={`The first ${formatCount(mostLines)} of ${formatCount(all)} lines can be scrolled to.`}
        >
          Close some groups, or filter them, to reach the rest.
        </WarnNote>
      )}
      <div className={isOld ? `${styles.box} ${styles.old}` : styles.box}>
        {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- it has the focus: see tabIndex */}
        <div
          role="treegrid"
          aria-label="Spans by groups"
          aria-rowcount={all + 1}
          aria-colcount={tableColumns.length}
          aria-busy={isOld}
          aria-activedescendant={
            focusedLine >= drawn.from && focusedLine <= drawn.to ? idOf(focusedLine) : undefined
          }
          tabIndex={0}
          className={`${gridStyles.grid} ${styles.grid}`}
          style={{ '--columns': tableTracks } as CSSProperties}
          onFocus={(event) => {
            if (event.target !== event.currentTarget || focusedLine >= 0) return
            const top = Math.floor((list.current?.element?.scrollTop ?? 0) / linePx)
            const line = lineAt(table, top)
            if (line) setFocus({ row: line.row, isGroup: line.kind === 'group' })
          }}
          onBlur={() => setRing(false)}
          onPointerDown={() => setRing(false)}
          onKeyDown={(event) => {
            if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
            if (event.target instanceof Element && event.target.closest('button')) return
            const pageLines = Math.floor((list.current?.element?.clientHeight ?? 0) / linePx)
            const step = tableStep(event.key, table, focusedLine, pageLines)
            if (!step) {
              if (event.key.startsWith('Arrow')) event.preventDefault()
              return
            }
            event.preventDefault()
            setRing(true)
            const line = step.kind === 'focus' ? lineAt(table, Math.min(step.index, count - 1)) : step.line
            if (line === undefined) return
            setFocus({ row: line.row, isGroup: line.kind === 'group' })
            if (step.kind === 'focus') scrollTo(step.index)
            else if (step.kind === 'select') onSelect(line.row)
            else onOpen(line.row, line.at, step.kind === 'open')
          }}
        >
          {/* First in the document, as it is read; a List would put it after its lines. */}
          <div ref={head} role="rowgroup" className={gridStyles.headBox}>
            <TableHead
              sort={sort}
              onSort={(next) => {
                list.current?.element?.scrollTo({ top: 0 })
                onSort(next)
              }}
            />
          </div>
          <List
            role="rowgroup"
            tabIndex={-1}
            listRef={list}
            className={gridStyles.rows}
            rowCount={count}
            rowHeight={linePx}
            overscanCount={6}
            rowComponent={TableRow}
            rowProps={rowProps}
            onClick={({ target }) => {
              // A menu acts for itself.
              if (!(target instanceof Element && target.closest('button'))) act(indexAt(target))
            }}
            onPointerOver={({ target }) => {
              const index = indexAt(target)
              if (index >= 0) setNear(index)
            }}
            onRowsRendered={(_, { startIndex: from, stopIndex: to }) =>
              setDrawn((now) => (now.from === from && now.to === to ? now : { from, to }))
            }
            onResize={({ height }) => {
              alignHead()
              const isFirst = roomPx.current === undefined && height > 0
              if (height > 0) roomPx.current = height
              if (isFirst) scrollTo(selectedLine)
            }}
            onScroll={alignHead}
          />
        </div>
      </div>
    </>
  )
}
