import { useMemo, useState } from 'react'
import { type TimeZone, formatDate, formatDateTime, formatTime } from '#shared/derive/clock-times'
import { formatDuration } from '#shared/derive/durations'
import { formatCount } from '#shared/derive/quantities'
import { hasFailed, startMsOf, type TraceSort, traceSortColumns } from '#shared/trace/summary'
import type { TraceSummary } from '#shared/trace/table'
import { DataGrid, type GridColumn } from './data-grid'
import styles from './trace-table.module.css'

/** A trace of the list, and where it is: names of sources; none where that goes without saying. */
export interface TraceRow {
  readonly summary: TraceSummary
  readonly sources: readonly { readonly name: string }[]
}

interface Props<Row extends TraceRow> {
  readonly rows: readonly Row[]
  readonly sort: TraceSort
  readonly onSort: (sort: TraceSort) => void
  /** Trace id of the selected row. */
  readonly selected: string | undefined
  readonly onSelect: (traceId: string) => void
  readonly hovered: string | undefined
  readonly onHover: (traceId: string | undefined) => void
  /** Enter, double click, the name; with Control (Command) in a new tab. */
  readonly onOpen: (row: Row, inNewTab: boolean) => void
  readonly hrefOf: (row: Row) => string
  /** The CSS colour of a service. */
  readonly colorOf: (service: string) => string
  readonly zone: TimeZone
  readonly isDimmed?: boolean | undefined
  /** What holds the traces, over the column that names it. */
  readonly heldBy?: 'Source' | 'File' | undefined
}

/** Swatches are drawn for so many services, the most used first; the count says how many there are. */
const swatchesShown = 5

const keyOf = (row: TraceRow): string => row.summary.traceId

/** What a root is called where nobody has seen it. */
const nameOf = (summary: TraceSummary): string => summary.rootName || 'root span not seen'

const joined = (row: TraceRow): string => row.sources.map((source) => source.name).join(', ')

/** What the columns are made of. */
interface Making<Row extends TraceRow> {
  readonly longestNs: number
  readonly isToday: boolean
  readonly hasMatched: boolean
  readonly hasSources: boolean
  readonly heldBy: string
  readonly props: Pick<Props<Row>, 'hrefOf' | 'colorOf' | 'zone' | 'onOpen'>
}

function columnsOf<Row extends TraceRow>(making: Making<Row>): readonly GridColumn<Row>[] {
  const { hrefOf, colorOf, zone, onOpen } = making.props
  const columns: (GridColumn<Row> | false)[] = [
    {
      id: 'name',
      header: 'Trace',
      width: 'minmax(180px, 2.4fr)',
      value: ({ summary }) => `${summary.rootService} ${nameOf(summary)}`,
      cell: (row) => (
        <span className={styles.name}>
          <span
            className="sw"
            style={{ '--c': colorOf(row.summary.rootService) } as React.CSSProperties}
            aria-hidden="true"
          />
          <a
            href={hrefOf(row)}
            tabIndex={-1}
            className={styles.link}
            onClick={(event) => {
              // With a key held or another button the browser's own way with links is right.
              if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
              event.preventDefault()
              onOpen(row, false)
            }}
            onDoubleClick={(event) => event.stopPropagation()}
          >
            <span className="t2">{row.summary.rootService}</span>{' '}
            <span className="m">{nameOf(row.summary)}</span>
          </a>
        </span>
      ),
    },
    {
      id: 'start',
      header: 'Start',
      width: making.isToday ? '104px' : '176px',
      value: ({ summary }) => startMsOf(summary),
      descendingFirst: true,
      cell: ({ summary }) =>
        // None of its spans says when it began.
        startMsOf(summary) === 0 ? (
          <Unknown what="start" />
        ) : (
          <span className="mono t2" title={formatDateTime(startMsOf(summary), zone)}>
            {making.isToday ? formatTime(startMsOf(summary), zone) : formatDateTime(startMsOf(summary), zone)}
          </span>
        ),
    },
    {
      id: 'duration',
      header: 'Duration',
      width: '148px',
      value: ({ summary }) => summary.durationNs,
      descendingFirst: true,
      cell: ({ summary }) => (
        <span className={styles.duration}>
          <span className="m">{formatDuration(summary.durationNs)}</span>
          <span className={styles.track} aria-hidden="true">
            <b
              style={{
                transform: `scaleX(${making.longestNs > 0 ? summary.durationNs / making.longestNs : 0})`,
              }}
            />
          </span>
        </span>
      ),
    },
    {
      id: 'spans',
      header: 'Spans',
      width: '60px',
      isNumber: true,
      value: ({ summary }) => summary.spanCount,
      descendingFirst: true,
      cell: ({ summary }) =>
        summary.spanCount === undefined ? <Unknown what="span count" /> : formatCount(summary.spanCount),
    },
    {
      id: 'errors',
      header: 'Errors',
      width: '60px',
      isNumber: true,
      value: ({ summary }) =>
        summary.errorCount ?? (summary.failed === undefined ? undefined : Number(summary.failed)),
      descendingFirst: true,
      cell: ({ summary }) => <Errors summary={summary} />,
    },
    {
      id: 'services',
      header: 'Services',
      width: '104px',
      value: ({ summary }) => summary.services.length || undefined,
      descendingFirst: true,
      cell: ({ summary }) => <Services services={summary.services} colorOf={colorOf} />,
    },
    making.hasMatched && {
      id: 'matched',
      header: 'Matched span',
      width: 'minmax(84px, 1fr)',
      cell: ({ summary }) => (
        <span className="t2" title={summary.matched?.name}>
          {summary.matched?.name}
        </span>
      ),
    },
    making.hasSources && {
      id: 'source',
      header: making.heldBy,
      width: 'minmax(80px, 0.5fr)',
      value: joined,
      cell: (row) => (
        <span className="t3" title={joined(row)}>
          {joined(row)}
        </span>
      ),
    },
  ]
  return columns.filter((column) => column !== false)
}

function Unknown({ what }: { readonly what: string }) {
  return (
    <span className="t3" title={`The source does not say the ${what}`}>
      <span aria-hidden="true">–</span>
      <span className="sr">not said</span>
    </span>
  )
}

function Errors({ summary }: { readonly summary: TraceSummary }) {
  if (summary.errorCount === undefined) {
    if (summary.failed === undefined) return <Unknown what="number of errors" />
    return summary.failed ? <span className="err m">failed</span> : <span className="t3">0</span>
  }
  return <span className={hasFailed(summary) ? 'err m' : 't3'}>{formatCount(summary.errorCount)}</span>
}

function Services({
  services,
  colorOf,
}: {
  readonly services: TraceSummary['services']
  readonly colorOf: (service: string) => string
}) {
  if (services.length === 0) return <Unknown what="services" />
  const names = services.map((service) => service.name).join(', ')
  return (
    <span className={styles.services} title={names}>
      {services.slice(0, swatchesShown).map(({ name }) => (
        <span
          key={name}
          className="sw"
          style={{ '--c': colorOf(name) } as React.CSSProperties}
          aria-hidden="true"
        />
      ))}
      <span className="t3 small">{services.length}</span>
      <span className="sr">{names}</span>
    </span>
  )
}

/** Traces as rows: what, when, how long, how many spans and errors, which services, where from. */
export function TraceTable<Row extends TraceRow>({
  rows,
  sort,
  onSort,
  hrefOf,
  colorOf,
  zone,
  onOpen,
  heldBy = 'Source',
  ...rest
}: Props<Row>) {
  const [nowMs] = useState(() => Date.now())
  const { longestNs, isToday, hasMatched, hasSources } = useMemo(() => {
    let longestNs = 0
    let hasMatched = false
    const today = formatDate(nowMs, zone)
    let isToday = true
    let hasSources = false
    for (const { summary, sources } of rows) {
      hasSources ||= sources.length > 0
      longestNs = Math.max(longestNs, summary.durationNs)
      hasMatched ||= summary.matched !== undefined && summary.matched.name !== ''
      isToday &&= startMsOf(summary) === 0 || formatDate(startMsOf(summary), zone) === today
    }
    return { longestNs, isToday, hasMatched, hasSources }
  }, [rows, zone, nowMs])
  const columns = useMemo(
    () =>
      columnsOf({
        longestNs,
        isToday,
        hasMatched,
        hasSources,
        heldBy,
        props: { hrefOf, colorOf, zone, onOpen },
      }),
    [longestNs, isToday, hasMatched, hasSources, heldBy, hrefOf, colorOf, zone, onOpen],
  )
  return (
    <DataGrid
      label="Traces"
      rows={rows}
      keyOf={keyOf}
      columns={columns}
      sort={sort}
      onSort={({ column, descending }) => {
        const known = traceSortColumns.find((one) => one === column)
        if (known) onSort({ column: known, descending })
      }}
      onOpen={onOpen}
      {...rest}
    />
  )
}
