import { useCallback, useMemo } from 'react'
import { spanIdOfRow } from '#shared/derive/span-ids'
import type { SpanIndex } from '#shared/trace/table'
import { type SpanTableQuestion, useSpanTable } from '../state/span-table'
import { maxOpenGroups, type TableLocation } from '../state/table-location'
import type { TracePaneProps } from '../state/trace-pane'
import { useLive } from '../state/use-live'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ErrorNote } from '../ui/error-note'
import { useKeys } from '../ui/keys'
import { SpanTable } from './span-table'
import { TableProgressBar } from './table-progress-bar'
import { inWords } from './table-row'
import { TableTools } from './table-tools'
import { openedWith, sameTable } from './table-view'
import { useCsvExport } from './use-csv-export'
import styles from './span-table.module.css'

/** The spans of a trace by groups: how many, how many failed, how long they took. */
export function SpanTablePane(props: TracePaneProps) {
  const { session, trace, slots, included, matches, selected, location, actions, onSelect } = props
  const { spans } = trace
  const live = useLive(location.table, (table) => actions.adjust({ table }), sameTable)
  const view = live.value
  const { by, sort, filter, open } = view
  const question = useMemo<SpanTableQuestion>(
    () => ({ by, included, sort, filter, open }),
    [by, included, sort, filter, open],
  )
  const isChosen = by.kind !== 'attribute' || by.key !== ''
  const { table, question: answered, progress, error } = useSpanTable(session, trace, question)
  const { set } = live
  const change = useCallback((next: Partial<TableLocation>) => set((now) => ({ ...now, ...next })), [set])
  const onOpen = useCallback(
    (row: SpanIndex, at: number, isOpened: boolean) => {
      if (table === undefined) return
      const { groupAt } = table
      set((now) => ({ ...now, open: openedWith(spans, now.open, groupAt, row, at, isOpened) }))
    },
    [spans, table, set],
  )
  useKeys({
    scope: 'Table',
    bindings: [
      { keys: '-', title: 'Close all groups', run: () => change({ open: [] }) },
      {
        keys: ['+', '='],
        title: `Open all groups, ${maxOpenGroups} at most`,
        run: () => {
          if (!table) return
          const first = table.first.subarray(0, maxOpenGroups)
          change({ open: Array.from(first, (row) => spanIdOfRow(spans, row)) })
        },
      },
    ],
  })
  const csv = useCsvExport(session, trace, question)
  /** What it was before, and is again if nobody wants to wait. */
  const before = answered ?? { by: { kind: 'operation' }, sort, filter: '', open: [] }
  const isNew = before.by !== by || before.sort !== sort || before.filter !== filter
  const problem = csv.error ?? error
  return (
    <section className={styles.pane} aria-label="Span table">
      <TableTools
        session={session}
        trace={trace}
        view={view}
        onView={change}
        amount={table && isChosen ? inWords(table) : ''}
        onExport={isChosen && csv.writing === undefined ? csv.write : undefined}
      />
      {problem && <ErrorNote error={problem} />}
      {progress && (
        <TableProgressBar
          progress={progress}
          by={by}
          onCancel={
            isNew
              ? () => change({ by: before.by, sort: before.sort, filter: before.filter, open: before.open })
              : undefined
          }
        />
      )}
      {csv.writing && <TableProgressBar progress={csv.writing} by={by} onCancel={csv.stop} />}
      {!isChosen ? (
        <EmptyState title="By which attribute?">
          Choose one above: of spans or of their resources; those of most spans come first.
        </EmptyState>
      ) : table === undefined ? (
        !problem &&
        !progress && (
          <p className={styles.wait} role="status">
            Measuring the spans…
          </p>
        )
      ) : table.length === 0 ? (
        <EmptyState
          title={filter === '' ? 'No span is in view.' : 'No group has that in its name.'}
          action={filter !== '' && <Button onClick={() => change({ filter: '' })}>Show all groups</Button>}
        />
      ) : (
        <SpanTable
          trace={trace}
          table={table}
          slots={slots}
          matches={matches}
          selected={selected}
          sort={sort}
          isOld={answered !== question}
          onSort={(next) => change({ sort: next })}
          onOpen={onOpen}
          onSelect={onSelect}
        />
      )}
    </section>
  )
}
