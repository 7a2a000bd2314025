/** What of a map is looked at: the neighbourhood of a service, calls that are not small, circles, and what differs from before. */
import type { CallFigures, MapEdge, ServiceMap } from '#shared/map/graph'

/** The map less the edges that `keeps` refuses, and the nodes that only those had joined. */
function withEdges(map: ServiceMap, keeps: (edge: MapEdge) => boolean): ServiceMap {
  const edges = map.edges.filter((edge) => keeps(edge))
  if (edges.length === map.edges.length) return map
  const joined = namesIn(map.edges)
  const left = namesIn(edges)
  return { nodes: map.nodes.filter(({ name }) => left.has(name) || !joined.has(name)), edges }
}

const namesIn = (edges: readonly MapEdge[]): ReadonlySet<string> =>
  new Set(edges.flatMap(({ parent, child }) => [parent, child]))

/** Without calls of fewer than so many a second, also of a service to itself. Whose rate nobody knows stays. */
export function prune(map: ServiceMap, leastRate: number): ServiceMap {
  if (leastRate <= 0) return map
  const isKept = ({ rate }: CallFigures): boolean => rate === undefined || rate >= leastRate
  const few = withEdges(map, ({ figures }) => isKept(figures))
  const joined = namesIn(few.edges)
  return {
    ...few,
    nodes: few.nodes.flatMap((node) => {
      const { within, ...others } = node
      if (within === undefined || isKept(within)) return [node]
      return joined.has(node.name) ? [others] : []
    }),
  }
}

/** Without some services. */
export function withoutServices(map: ServiceMap, hidden: readonly string[]): ServiceMap {
  if (hidden.length === 0) return map
  const gone = new Set(hidden)
  return {
    nodes: map.nodes.filter(({ name }) => !gone.has(name)),
    edges: map.edges.filter(({ parent, child }) => !gone.has(parent) && !gone.has(child)),
  }
}

/** Who calls a service, and whom it calls, over at most `depth` calls in either direction. */
export function around(map: ServiceMap, name: string, depth: number): ServiceMap {
  if (!map.nodes.some((node) => node.name === name)) return map
  const kept = new Set([
    ...reached(
      name,
      depth,
      Map.groupBy(map.edges, ({ parent }) => parent),
      ({ child }) => child,
    ),
    ...reached(
      name,
      depth,
      Map.groupBy(map.edges, ({ child }) => child),
      ({ parent }) => parent,
    ),
  ])
  return {
    nodes: map.nodes.filter((node) => kept.has(node.name)),
    edges: map.edges.filter(({ parent, child }) => kept.has(parent) && kept.has(child)),
  }
}

/** What of a map is looked at. */
export interface Choice {
  /** Calls of fewer than so many a second are left out. */
  readonly leastRate: number
  readonly hidden: readonly string[]
  /** Only what lies within so many calls of this service; empty for all. */
  readonly focus: string
  readonly depth: number
}

export function chosenPart(map: ServiceMap, { leastRate, hidden, focus, depth }: Choice): ServiceMap {
  const few = withoutServices(prune(map, leastRate), hidden)
  return focus === '' ? few : around(few, focus, depth)
}

/** What has to be chosen otherwise for a service to be seen, nothing where it is; undefined where the map does not have it. */
export function choiceToSee(map: ServiceMap, choice: Choice, name: string): Partial<Choice> | undefined {
  const isSeen = (change: Partial<Choice>): boolean =>
    chosenPart(map, { ...choice, ...change }).nodes.some((node) => node.name === name)
  const ways: readonly Partial<Choice>[] = [
    {},
    { hidden: choice.hidden.filter((one) => one !== name) },
    { focus: '' },
    { leastRate: 0 },
    { focus: '', leastRate: 0 },
    { focus: '', leastRate: 0, hidden: [] },
  ]
  return ways.find(isSeen)
}

function reached(
  name: string,
  depth: number,
  edgesAt: ReadonlyMap<string, readonly MapEdge[]>,
  next: (edge: MapEdge) => string,
): ReadonlySet<string> {
  const seen = new Set([name])
  let frontier = [name]
  for (let step = 0; step < depth && frontier.length > 0; step++) {
    const after: string[] = []
    for (const edge of frontier.flatMap((one) => edgesAt.get(one) ?? [])) {
      const name = next(edge)
      if (seen.has(name)) continue
      seen.add(name)
      after.push(name)
    }
    frontier = after
  }
  return seen
}

/** Edges that lie on a circle of calls: both ends are in one strongly connected component (Tarjan 1972, without recursion). */
export function edgesOnCycles({ nodes, edges }: ServiceMap): ReadonlySet<string> {
  const out = Map.groupBy(edges, ({ parent }) => parent)
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const component = new Map<string, number>()
  const stack: string[] = []
  let components = 0
  for (const { name: root } of nodes) {
    if (order.has(root)) continue
    const path: { name: string; at: number }[] = []
    const enter = (name: string) => {
      order.set(name, order.size)
      low.set(name, order.size - 1)
      stack.push(name)
      path.push({ name, at: 0 })
    }
    enter(root)
    while (path.length > 0) {
      const step = path[path.length - 1]
      const { name } = step
      const edge = out.get(name)?.at(step.at)
      if (edge !== undefined && step.at < (out.get(name)?.length ?? 0)) {
        step.at++
        const { child } = edge
        if (!order.has(child)) enter(child)
        else if (!component.has(child)) low.set(name, Math.min(low.get(name) ?? 0, order.get(child) ?? 0))
        continue
      }
      path.pop()
      const above = path.at(-1)
      if (above) low.set(above.name, Math.min(low.get(above.name) ?? 0, low.get(name) ?? 0))
      if (low.get(name) !== order.get(name)) continue
      let member: string | undefined
      do {
        member = stack.pop()
        if (member !== undefined) component.set(member, components)
      } while (member !== name)
      components++
    }
  }
  return new Set(
    edges.filter(({ parent, child }) => component.get(parent) === component.get(child)).map(({ id }) => id),
  )
}

/** What became of an edge since the window before. */
export type Change = 'new' | 'gone' | 'same'

export interface Compared {
  /** Both windows in one: what is gone has the figures it had. */
  readonly map: ServiceMap
  readonly changeOf: ReadonlyMap<string, Change>
  /** Figures of the window before, by edge. */
  readonly before: ReadonlyMap<string, CallFigures>
}

/** A map beside that of another window. */
export function compareMaps(now: ServiceMap, then: ServiceMap): Compared {
  const here = new Set(now.edges.map(({ id }) => id))
  const gone = then.edges.filter(({ id }) => !here.has(id))
  const known = new Set(now.nodes.map(({ name }) => name))
  const before = new Map(then.edges.map(({ id, figures }) => [id, figures]))
  return {
    map: {
      nodes: [...now.nodes, ...then.nodes.filter(({ name }) => !known.has(name))],
      edges: [...now.edges, ...gone],
    },
    changeOf: new Map<string, Change>([
      ...now.edges.map(({ id }) => [id, before.has(id) ? 'same' : 'new'] as const),
      ...gone.map(({ id }) => [id, 'gone'] as const),
    ]),
    before,
  }
}
