import { useCallback, useMemo, useState } from 'react'
import { type TimeRange, windowOf } from '#shared/derive/time-range'
import { type MapNode, pairsOf, type Telling } from '#shared/map/graph'
import { ServiceList } from '../pivots/service-list'
import { useGo } from '../state/location'
import { hrefOfSearch } from '../state/search-location'
import { Button } from '../ui/button'
import { Check } from '../ui/check'
import { EmptyState } from '../ui/empty-state'
import { EdgeTable } from './edge-table'
import { type Edge, edgeKey, edgesOf, filterEdges, isWithin } from './edges'
import { colorOfNode } from './node-color'
import type { MapLocation } from '../state/map-location'
import styles from './map-page.module.css'

interface Props {
  readonly tellings: readonly Telling[]
  /** All that there are, for what they are. */
  readonly nodes: readonly MapNode[]
  readonly place: MapLocation
  /** What was asked for. */
  readonly range: TimeRange
  /** When the answers were asked for. */
  readonly nowMs: number
  readonly onChange: (change: Partial<MapLocation>) => void
}

/** The calls as a table: each with who tells of it. */
export function MapTable({ tellings, nodes, place, range, nowMs, onChange }: Props) {
  const { filter, sort, within } = place
  const go = useGo()
  const [selected, setSelected] = useState<string>()
  const window = useMemo(() => windowOf(range, nowMs), [range, nowMs])
  const all = useMemo(
    () => edgesOf(pairsOf(tellings), (window.endMs - window.startMs) / 1_000),
    [tellings, window],
  )
  const between = useMemo(() => all.filter((edge) => !isWithin(edge)), [all])
  // Where there is nothing else, they are what there is to show.
  const edges = within || between.length === 0 ? all : between
  const shown = useMemo(() => filterEdges(edges, filter), [edges, filter])
  const call = shown.find((edge) => edgeKey(edge) === selected)
  const kinds = useMemo(() => new Map(nodes.map(({ name, kind }) => [name, kind])), [nodes])
  const colorOf = useCallback((name: string) => colorOfNode(name, kinds.get(name) ?? 'service'), [kinds])
  const hrefOf = useCallback(
    (edge: Edge) =>
      hrefOfSearch({
        service: edge.child,
        sources: edge.sources.filter(({ isTraces }) => isTraces).map(({ id }) => id),
        range,
      }),
    [range],
  )
  const open = useCallback(
    (edge: Edge, inNewTab: boolean) => {
      if (inNewTab) globalThis.open(hrefOf(edge), '_blank', 'noopener')
      else go(hrefOf(edge))
    },
    [go, hrefOf],
  )
  return (
    <>
      <div className={styles.notes}>
        <span className="t3 small">as the sources counted it</span>
        <span className="t3 small" role="status">
          {filter.trim() !== '' && `${shown.length} of ${edges.length}`}
        </span>
        <span className="grow" />
        {call && (
          <ServiceList
            label="Services of the selected call"
            services={[...new Set([call.parent, call.child])]}
            window={window}
            colorOf={colorOf}
          />
        )}
        {between.length > 0 && between.length < all.length && (
          <Check checked={within} onChange={(next) => onChange({ within: next })}>
            Calls within a service
          </Check>
        )}
      </div>
      {shown.length > 0 ? (
        <div className={styles.table}>
          <EdgeTable
            edges={shown}
            sort={sort}
            onSort={(next) => onChange({ sort: next })}
            selected={selected}
            onSelect={setSelected}
            hrefOf={hrefOf}
            onOpen={open}
            colorOf={colorOf}
          />
        </div>
      ) : (
        <EmptyState
          title={`No service here is named “${filter.trim()}”.`}
          action={<Button onClick={() => onChange({ filter: '' })}>Show all {edges.length}</Button>}
        />
      )}
    </>
  )
}
