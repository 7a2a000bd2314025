/** Which calls wear their figures. */
import type { MapEdge } from '#shared/map/graph'
import type { Curve } from './curves'
import { isFailing } from './figure-text'

/** Figures of two calls that reach a service nearer to each other lie on each other, px at a scale of 1. */
const linePx = 11

/**
 * Of calls that reach the same service so near each other that their figures would lie on each other, those that matter more: what is
 * chosen, what fails, what is called most. In the order in which they were given.
 */
export function wearing(
  edges: readonly MapEdge[],
  curves: ReadonlyMap<string, Curve>,
  isChosen: (edge: MapEdge) => boolean,
): readonly MapEdge[] {
  const matter = (edge: MapEdge): readonly number[] => [
    Number(isChosen(edge)),
    Number(isFailing(edge.figures)),
    edge.figures.rate ?? edge.figures.calls ?? 0,
  ]
  const worn = new Set<MapEdge>()
  for (const reaching of Map.groupBy(edges, ({ child }) => child).values()) {
    const ranked = reaching
      .map((edge) => ({ edge, rank: matter(edge), y: curves.get(edge.id)?.to.y ?? NaN }))
      .toSorted(
        (one, other) =>
          other.rank[0] - one.rank[0] || other.rank[1] - one.rank[1] || other.rank[2] - one.rank[2],
      )
    const taken: number[] = []
    for (const { edge, y } of ranked) {
      if (taken.some((one) => Math.abs(one - y) < linePx)) continue
      taken.push(y)
      worn.add(edge)
    }
  }
  return edges.filter((edge) => worn.has(edge))
}
