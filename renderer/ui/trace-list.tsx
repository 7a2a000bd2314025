import { type ReactNode, useMemo, useState } from 'react'
import type { TimeZone } from '#shared/derive/clock-times'
import { countOf } from '#shared/derive/quantities'
import { isInRegion, type TraceRegion, type TraceSort } from '#shared/trace/summary'
import { Scatter } from './scatter'
import { TraceListHead } from './trace-list-head'
import styles from './trace-list.module.css'
import { type TraceRow, TraceTable } from './trace-table'

interface Props<Row extends TraceRow> {
  readonly rows: readonly Row[]
  /** What was asked for; undefined: as far as the traces go. */
  readonly window: { readonly startMs: number; readonly endMs: number } | undefined
  readonly sort: TraceSort
  readonly onSort: (sort: TraceSort) => void
  /** The part of the scatter that is chosen: the table shows only that. */
  readonly region: TraceRegion | undefined
  readonly onRegion: (region: TraceRegion | undefined) => void
  /** Trace id. */
  readonly selected: string | undefined
  readonly onSelect: (traceId: string) => void
  readonly onOpen: (row: Row, inNewTab: boolean) => void
  readonly hrefOf: (row: Row) => string
  /** The CSS colour of a service. */
  readonly colorOf: (service: string) => string
  readonly zone: TimeZone
  readonly slowestNote?: string | undefined
  /** What is shown belongs to an earlier question. */
  readonly isDimmed?: boolean | undefined
  /** What holds the traces, where rows say it. */
  readonly heldBy?: 'Source' | 'File' | undefined
  /** What is shown of the selected trace, above the table. */
  readonly renderSelected?: ((row: Row) => ReactNode) | undefined
}

/** Traces as a picture and as a table: what is chosen in one is shown in the other. */
export function TraceList<Row extends TraceRow>({
  rows,
  window,
  sort,
  onSort,
  region,
  onRegion,
  selected,
  onSelect,
  onOpen,
  hrefOf,
  colorOf,
  zone,
  slowestNote,
  isDimmed = false,
  heldBy,
  renderSelected,
}: Props<Row>) {
  const [hovered, setHovered] = useState<string>()
  const inside = useMemo(
    () => (region ? rows.filter(({ summary }) => isInRegion(summary, region)) : rows),
    [rows, region],
  )
  const chosen = useMemo(() => rows.find(({ summary }) => summary.traceId === selected), [rows, selected])
  return (
    <>
      <Scatter
        rows={rows}
        window={window}
        region={region}
        onRegion={onRegion}
        selected={selected}
        onSelect={onSelect}
        hovered={hovered}
        onHover={setHovered}
        onOpen={onOpen}
        zone={zone}
        isDimmed={isDimmed}
        regionLabel={countOf(inside.length, 'trace')}
      />
      <TraceListHead
        shown={inside.length}
        all={rows.length}
        hasRegion={region !== undefined}
        onClearRegion={() => onRegion(undefined)}
        sort={sort}
        onSort={onSort}
        slowestNote={slowestNote}
      >
        {chosen && renderSelected?.(chosen)}
      </TraceListHead>
      <div className={styles.table}>
        <TraceTable
          rows={inside}
          sort={sort}
          onSort={onSort}
          selected={selected}
          onSelect={onSelect}
          hovered={hovered}
          onHover={setHovered}
          onOpen={onOpen}
          hrefOf={hrefOf}
          colorOf={colorOf}
          zone={zone}
          isDimmed={isDimmed}
          heldBy={heldBy}
        />
      </div>
    </>
  )
}
