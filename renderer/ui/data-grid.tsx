/**
 * A sortable table of any length with one tab stop: arrow keys move, Enter opens. Draws only the rows in view; sorting is
 * @tanstack/react-table's, drawing react-window's.
 */
import {
  createColumnHelper,
  createSortedRowModel,
  type RowData,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { List, type RowComponentProps, useListRef } from 'react-window'
import { bringIntoView } from './bring-into-view'
import { isApple } from './platform'
import { Icon } from './icon'
import styles from './data-grid.module.css'

export interface GridColumn<Row> {
  readonly id: string
  readonly header: string
  /** A grid track: `96px`, `minmax(160px, 2fr)`. */
  readonly width: string
  readonly isNumber?: boolean | undefined
  /** What it is sorted by; without it the column cannot be. Undefined sorts last either way. */
  readonly value?: ((row: Row) => string | number | undefined) | undefined
  /** The first click sorts downwards: for durations and counts the largest is what one looks for. */
  readonly descendingFirst?: boolean | undefined
  readonly cell: (row: Row) => ReactNode
}

export interface GridSort<Id extends string = string> {
  readonly column: Id
  readonly descending: boolean
}

interface Props<Row> {
  /** Its accessible name: `Traces`. */
  readonly label: string
  readonly rows: readonly Row[]
  /** Names a row for as long as it exists. */
  readonly keyOf: (row: Row) => string
  readonly columns: readonly GridColumn<Row>[]
  readonly sort: GridSort
  readonly onSort: (sort: GridSort) => void
  /** Key of the selected row. */
  readonly selected: string | undefined
  readonly onSelect: (key: string) => void
  /** Enter, double click; with Control (Command) in a new tab. */
  readonly onOpen: (row: Row, inNewTab: boolean) => void
  /** The row under the pointer, for marking the same thing elsewhere. */
  readonly onHover?: ((key: string | undefined) => void) | undefined
  /** Marked from elsewhere as the thing under the pointer. */
  readonly hovered?: string | undefined
  /** What is shown belongs to an earlier question. */
  readonly isDimmed?: boolean | undefined
}

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })

const rowPx = 28
const pageRows = 10

const compareValues = (a: unknown, b: unknown): number => {
  if (typeof a === 'string' && typeof b === 'string') return a.localeCompare(b)
  return Number(a) - Number(b)
}

interface RowProps<Row> {
  readonly rows: readonly Row[]
  readonly columns: readonly GridColumn<Row>[]
  readonly keyOf: (row: Row) => string
  readonly idOf: (key: string) => string
  readonly selected: string | undefined
  readonly hovered: string | undefined
  readonly onSelect: (key: string) => void
  readonly onOpen: (row: Row, inNewTab: boolean) => void
  readonly onHover: ((key: string | undefined) => void) | undefined
}

const hasMod = (event: MouseEvent | KeyboardEvent): boolean => (isApple ? event.metaKey : event.ctrlKey)

function GridRow<Row>({
  index,
  style,
  rows,
  columns,
  keyOf,
  idOf,
  selected,
  hovered,
  onSelect,
  onOpen,
  onHover,
}: RowComponentProps<RowProps<Row>>) {
  const row = rows[index]
  const key = keyOf(row)
  const classes = [styles.row, key === hovered && styles.hovered].filter(Boolean).join(' ')
  return (
    // Keys are handled by the grid, which keeps the focus (aria-activedescendant).
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={idOf(key)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={key === selected}
      className={classes}
      style={style}
      onClick={(event) => {
        onSelect(key)
        if (hasMod(event) && !(event.target instanceof Element && event.target.closest('a')))
          onOpen(row, true)
      }}
      onDoubleClick={() => onOpen(row, false)}
      onPointerEnter={onHover && (() => onHover(key))}
      onPointerLeave={onHover && (() => onHover(undefined))}
    >
      {columns.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          className={column.isNumber ? `${styles.cell} ${styles.number}` : styles.cell}
        >
          {column.cell(row)}
        </div>
      ))}
    </div>
  )
}

/** The table; give it a box with a height. */
export function DataGrid<Row extends RowData>({
  label,
  rows,
  keyOf,
  columns,
  sort,
  onSort,
  selected,
  onSelect,
  onOpen,
  onHover,
  hovered,
  isDimmed = false,
}: Props<Row>) {
  const id = useId()
  const list = useListRef(null)
  /** The first row in view, so that rows coming in above it do not move it. */
  const anchor = useRef<{ readonly key: string; readonly offsetPx: number } | undefined>(undefined)

  const [drawn, setDrawn] = useState({ from: 0, to: -1 })

  const tableColumns = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>()
    return columns.map((column) =>
      helper.accessor((row: Row): unknown => column.value?.(row), {
        id: column.id,
        header: column.header,
        enableSorting: column.value !== undefined,
        sortUndefined: 'last',
        sortFn: (a, b, columnId) => compareValues(a.getValue(columnId), b.getValue(columnId)),
      }),
    )
  }, [columns])
  const sorting = useMemo(() => [{ id: sort.column, desc: sort.descending }], [sort.column, sort.descending])
  const table = useTable({ features, columns: tableColumns, data: rows, state: { sorting } })
  const sortedModel = table.getRowModel().rows
  const sorted = useMemo(() => sortedModel.map((row) => row.original), [sortedModel])

  const idOf = useMemo(() => (key: string) => `${id}-${key}`, [id])
  const at = selected === undefined ? -1 : sorted.findIndex((row) => keyOf(row) === selected)
  const rowProps = useMemo(
    () => ({ rows: sorted, columns, keyOf, idOf, selected, hovered, onSelect, onOpen, onHover }),
    [sorted, columns, keyOf, idOf, selected, hovered, onSelect, onOpen, onHover],
  )

  useLayoutEffect(() => {
    const { element } = list.current ?? {}
    if (!element || !anchor.current || element.scrollTop === 0) return
    const index = sorted.findIndex((row) => keyOf(row) === anchor.current?.key)
    if (index >= 0) element.scrollTo({ top: index * rowPx + anchor.current.offsetPx })
  }, [list, sorted, keyOf])

  /** Shows the selected row; rows coming in do not call for it, a new selection or a first size does, and a new size if it was in view. */
  const latestAt = useRef(at)
  useLayoutEffect(() => {
    latestAt.current = at
  })
  const isShown = useRef(true)
  /** As told last: what stands around the rows may have changed since. */
  const heightPx = useRef(0)
  /** Scrolls as little as needed. List's own way does not know yet of a size that it tells of. */
  const bring = (index: number) => {
    const { element } = list.current ?? {}
    if (!element || index < 0 || heightPx.current < rowPx) return
    const place = { topPx: index * rowPx, heightPx: rowPx, roomPx: heightPx.current }
    bringIntoView(element, place, 'nearest')
    isShown.current = true
  }
  const showSelected = () => bring(latestAt.current)
  // Chosen elsewhere, such as in the scatter.
  // oxlint-disable-next-line react/exhaustive-deps
  useEffect(showSelected, [selected])

  /** The head keeps beside the rows what their scroll bar takes, and moves sideways with them. */
  const head = useRef<HTMLDivElement>(null)
  const alignHead = () => {
    const { element } = list.current ?? {}
    if (!element || !head.current) return
    head.current.style.paddingRight = `${element.offsetWidth - element.clientWidth}px`
    head.current.scrollLeft = element.scrollLeft
  }
  // More rows bring the scroll bar, fewer take it away.
  // oxlint-disable-next-line react/exhaustive-deps
  useLayoutEffect(alignHead, [sorted.length])

  const remember = () => {
    const { element } = list.current ?? {}
    if (!element) return
    const index = Math.floor(element.scrollTop / rowPx)
    const row = sorted[index]
    anchor.current =
      row === undefined ? undefined : { key: keyOf(row), offsetPx: element.scrollTop - index * rowPx }
    const topPx = at * rowPx - element.scrollTop
    isShown.current = topPx > -rowPx && topPx < heightPx.current
  }
  const moveTo = (index: number) => {
    const row = sorted[Math.min(sorted.length - 1, Math.max(0, index))]
    if (row === undefined) return
    onSelect(keyOf(row))
    bring(sorted.indexOf(row))
  }
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => moveTo(at + 1),
    ArrowUp: () => moveTo(at < 0 ? sorted.length - 1 : at - 1),
    PageDown: () => moveTo(at + pageRows),
    PageUp: () => moveTo(at - pageRows),
    Home: () => moveTo(0),
    End: () => moveTo(sorted.length - 1),
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof Element && event.target.closest('button')) return
    if (event.key === 'Enter' && at >= 0) {
      event.preventDefault()
      onOpen(sorted[at], hasMod(event))
    } else if (keys[event.key] && !event.altKey && !hasMod(event)) {
      event.preventDefault()
      keys[event.key]()
    }
  }
  const clickHeader = (column: GridColumn<Row>) => {
    const isCurrent = sort.column === column.id
    anchor.current = undefined
    list.current?.element?.scrollTo({ top: 0 })
    onSort({
      column: column.id,
      descending: isCurrent ? !sort.descending : (column.descendingFirst ?? false),
    })
  }
  // Only a row that is drawn can be named as the active one.
  const isDrawn = at >= drawn.from && at <= drawn.to

  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- it has the focus: see tabIndex
    <div
      role="grid"
      aria-label={label}
      aria-rowcount={sorted.length + 1}
      aria-busy={isDimmed}
      aria-activedescendant={isDrawn ? idOf(keyOf(sorted[at])) : undefined}
      tabIndex={0}
      className={isDimmed ? `${styles.grid} ${styles.dimmed} inset` : `${styles.grid} inset`}
      style={{ '--columns': columns.map((column) => column.width).join(' ') } as CSSProperties}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (event.target === event.currentTarget && at < 0 && sorted.length > 0) onSelect(keyOf(sorted[0]))
      }}
    >
      {/* First in the document, as it is read; a List would put it after its rows. */}
      <div ref={head} role="rowgroup" className={styles.headBox}>
        <div role="row" aria-rowindex={1} className={styles.head}>
          {columns.map((column) => {
            const isSorted = sort.column === column.id
            return (
              <div
                key={column.id}
                role="columnheader"
                aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
                className={column.isNumber ? `${styles.cell} ${styles.number}` : styles.cell}
              >
                {column.value ? (
                  <button type="button" className={styles.sort} onClick={() => clickHeader(column)}>
                    {column.header}
                    {isSorted && <Icon name={sort.descending ? 'down' : 'up'} size="x" />}
                  </button>
                ) : (
                  column.header
                )}
              </div>
            )
          })}
        </div>
      </div>
      <List
        role="rowgroup"
        tabIndex={-1}
        listRef={list}
        className={styles.rows}
        rowCount={sorted.length}
        rowHeight={rowPx}
        overscanCount={6}
        rowComponent={GridRow<Row>}
        rowProps={rowProps}
        onRowsRendered={(_, all) =>
          setDrawn((now) =>
            now.from === all.startIndex && now.to === all.stopIndex
              ? now
              : { from: all.startIndex, to: all.stopIndex },
          )
        }
        onResize={(size) => {
          alignHead()
          heightPx.current = size.height
          if (isShown.current) showSelected()
        }}
        onScroll={() => {
          alignHead()
          remember()
        }}
      />
    </div>
  )
}
