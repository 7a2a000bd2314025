/** Places of the services of a map: by layers, but for those a person has put elsewhere. */
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ApiError } from '#shared/api/contract'
import type { ServiceMap } from '#shared/map/graph'
import { toApiError } from '../client/api'
import type { MapLayout } from '#shared/map/layout-graph'
import { layOut, prepareLayout } from '../client/map-layout'
import { clearOfMoved, type MovedPlaces, withMoved } from './moved-boxes'

/** What was laid out, named by its services and calls: figures change without moving anything. */
const shapeOf = ({ nodes, edges }: ServiceMap): string =>
  JSON.stringify([
    nodes.map(({ name, namespace }) => JSON.stringify([namespace, name])).toSorted(),
    edges.map(({ id }) => id).toSorted(),
  ])

export function useMapLayout(
  map: ServiceMap,
  moved: MovedPlaces,
): {
  readonly layout: MapLayout | undefined
  /** Another one whenever all was placed anew; the same while services are only moved by hand. */
  readonly placing: object | undefined
  readonly isPlacing: boolean
  readonly error: ApiError | undefined
} {
  // While the sources are still being asked.
  useEffect(prepareLayout, [])
  const shape = useMemo(() => shapeOf(map), [map])
  const [placed, setPlaced] = useState<{
    shape: string
    layout: MapLayout
    /** Its boxes, those elsewhere that lie where a person has put others. */
    cleared: MapLayout['nodes']
  }>()
  const latest = useRef(moved)
  useEffect(() => {
    latest.current = moved
  })
  const [failed, setFailed] = useState<{ shape: string; error: ApiError }>()
  useEffect(() => {
    const abort = new AbortController()
    const place = async () => {
      try {
        const layout = await layOut(
          map.nodes.map(({ name, namespace }) => ({ id: name, group: namespace })),
          map.edges.map(({ parent, child, figures: { rate, calls } }) => ({
            parent,
            child,
            weight: rate ?? calls ?? 0,
          })),
          abort.signal,
        )
        // Only now: while one is being moved, none of the others runs away from it.
        setPlaced({ shape, layout, cleared: clearOfMoved(layout.nodes, latest.current) })
      } catch (thrown) {
        if (!abort.signal.aborted) setFailed({ shape, error: toApiError(thrown) })
      }
    }
    void place()
    return () => abort.abort()
    // The same shape is laid out once, whatever its figures.
    // oxlint-disable-next-line react/exhaustive-deps, react/exhaustive-effect-dependencies
  }, [shape])
  const isMoved = Object.keys(moved).length > 0
  const [wasMoved, setWasMoved] = useState(isMoved)
  if (wasMoved !== isMoved) {
    setWasMoved(isMoved)
    // A person let all of them go back to where they belong.
    if (!isMoved && placed) setPlaced({ ...placed, cleared: placed.layout.nodes })
  }
  const layout = useMemo(
    () => placed && { groups: placed.layout.groups, nodes: withMoved(placed.cleared, moved) },
    [placed, moved],
  )
  return {
    layout,
    placing: placed,
    isPlacing: placed?.shape !== shape && failed?.shape !== shape,
    error: failed?.shape === shape ? failed.error : undefined,
  }
}
