import { useMemo } from 'react'
import { DataGrid } from '../ui/data-grid'
import { edgeColumns, type MapLocation } from '../state/map-location'
import { edgeColumnsOf } from './edge-columns'
import { type Edge, edgeKey } from './edges'

interface Props {
  readonly edges: readonly Edge[]
  readonly sort: MapLocation['sort']
  readonly onSort: (sort: MapLocation['sort']) => void
  readonly selected: string | undefined
  readonly onSelect: (key: string) => void
  /** The search of the service that is called. */
  readonly hrefOf: (edge: Edge) => string
  readonly onOpen: (edge: Edge, inNewTab: boolean) => void
  readonly colorOf: (service: string) => string
}

/** Calls between services as rows: caller, callee, how many, how many failed, who says so. */
export function EdgeTable({ edges, sort, onSort, selected, onSelect, hrefOf, onOpen, colorOf }: Props) {
  const columns = useMemo(() => edgeColumnsOf({ colorOf, hrefOf, onOpen }), [colorOf, hrefOf, onOpen])
  return (
    <DataGrid
      label="Calls between services"
      rows={edges}
      keyOf={edgeKey}
      columns={columns}
      sort={sort}
      onSort={({ column, descending }) => {
        const known = edgeColumns.find((one) => one === column)
        if (known) onSort({ column: known, descending })
      }}
      selected={selected}
      onSelect={onSelect}
      onOpen={onOpen}
    />
  )
}
