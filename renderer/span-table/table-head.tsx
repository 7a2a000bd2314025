import { createColumnHelper, rowSortingFeature, tableFeatures, useTable } from '@tanstack/react-table'
import { useMemo } from 'react'
import { groupColumns, type GroupSort } from '#shared/derive/groups/order'
import gridStyles from '../ui/data-grid.module.css'
import { Icon } from '../ui/icon'
import { tableColumns } from './table-columns'

interface Props {
  readonly sort: GroupSort
  readonly onSort: (sort: GroupSort) => void
}

const features = tableFeatures({ rowSortingFeature })

/**
 * Groups are columns, made and sorted by the worker: a million of them would be a million rows of react-table, which therefore is given
 * none, and has the head and what a click on it means.
 */
interface NoRow {
  readonly figure: number
}
const noRows: NoRow[] = []
const helper = createColumnHelper<typeof features, NoRow>()
const columns = tableColumns.map(({ id, header }) =>
  helper.accessor((row): unknown => row.figure, { id, header, sortDescFirst: id !== 'name' }),
)

/** The head of the table; each column is a button that sorts. */
export function TableHead({ sort, onSort }: Props) {
  const sorting = useMemo(() => [{ id: sort.column, desc: sort.descending }], [sort])
  const table = useTable({
    features,
    columns,
    data: noRows,
    manualSorting: true,
    enableSortingRemoval: false,
    enableMultiSort: false,
    state: { sorting },
    onSortingChange: (update) => {
      const [next] = typeof update === 'function' ? update(sorting) : update
      const column = groupColumns.find((one) => one === next?.id)
      if (next && column) onSort({ column, descending: next.desc })
    },
  })
  return (
    <div role="row" aria-rowindex={1} className={gridStyles.head}>
      {table.getFlatHeaders().map(({ column, index }) => {
        const sorted = column.getIsSorted()
        const { header, title } = tableColumns[index]
        return (
          <div
            key={column.id}
            role="columnheader"
            aria-sort={sorted === false ? undefined : sorted === 'desc' ? 'descending' : 'ascending'}
            className={column.id === 'name' ? gridStyles.cell : `${gridStyles.cell} ${gridStyles.number}`}
          >
            <button
              type="button"
              className={gridStyles.sort}
              title={title}
              onClick={column.getToggleSortingHandler()}
            >
              {header}
              {sorted !== false && <Icon name={sorted === 'desc' ? 'down' : 'up'} size="x" />}
            </button>
          </div>
        )
      })}
    </div>
  )
}
