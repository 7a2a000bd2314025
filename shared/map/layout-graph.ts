/** What ELK is asked about a map, and the places it answers: callers left of callees, in layers. */

/** A graph as ELK takes it, and gives it back with places; https://eclipse.dev/elk/documentation/tooldevelopers/graphdatastructure/jsonformat.html */
interface ElkGraph {
  id: string
  x?: number
  y?: number
  width?: number
  height?: number
  layoutOptions?: Record<string, string>
  children?: ElkGraph[]
  edges?: { id: string; sources: string[]; targets: string[] }[]
}

export interface LayoutNode {
  readonly id: string
  /** Nodes of one group are kept together; empty for none. */
  readonly group: string
}

export interface LayoutEdge {
  readonly parent: string
  readonly child: string
  /** The higher, the more it matters that it is short. */
  readonly weight: number
}

/** A rectangle of the map, in pixels at a scale of 1. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface MapLayout {
  readonly nodes: ReadonlyMap<string, Box>
  readonly groups: ReadonlyMap<string, Box>
}

export const nodeWidth = 148
export const nodeHeight = 48

/** More nodes than these are placed with less care, and by their heaviest calls alone: all of them would take many times as long. */
const manyNodes = 120
const edgesPerNode = 1.2

/** Between services, also within a group: calls pass there, and wear their figures. */
const gaps = { 'elk.spacing.nodeNode': '28', 'elk.layered.spacing.nodeNodeBetweenLayers': '104' }

const options = (isLarge: boolean): Record<string, string> => ({
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  ...gaps,
  'elk.spacing.componentComponent': '36',
  'elk.layered.nodePlacement.strategy': isLarge ? 'SIMPLE' : 'NETWORK_SIMPLEX',
  // Curves look for their own way between nodes: corners would be worked out for nothing.
  'elk.edgeRouting': 'POLYLINE',
  ...(isLarge
    ? { 'elk.layered.thoroughness': '1', 'elk.layered.crossingMinimization.greedySwitch.type': 'OFF' }
    : undefined),
})

const inOrder = (one: string, other: string): number => one.localeCompare(other, 'en')

/** What ELK is asked: the same whatever order the sources answered in, as its places depend on that. */
export function graphOf(told: readonly LayoutNode[], calls: readonly LayoutEdge[]): ElkGraph {
  const nodes = told.toSorted((one, other) => inOrder(one.id, other.id))
  const edges = calls.toSorted(
    (one, other) => inOrder(one.parent, other.parent) || inOrder(one.child, other.child),
  )
  const isLarge = nodes.length > manyNodes
  const child = ({ id }: LayoutNode): ElkGraph => ({ id: `n:${id}`, width: nodeWidth, height: nodeHeight })
  const groups = Map.groupBy(nodes, ({ group }) => group)
  return {
    id: 'map',
    layoutOptions: options(isLarge),
    children: [...groups].flatMap(([group, members]) =>
      group === ''
        ? members.map((node) => child(node))
        : [
            {
              id: `g:${group}`,
              layoutOptions: { ...gaps, 'elk.padding': '[top=28,left=14,bottom=14,right=14]' },
              children: members.map((node) => child(node)),
            },
          ],
    ),
    edges: (isLarge ? heaviest(edges, Math.ceil(nodes.length * edgesPerNode)) : edges).map(
      ({ parent, child }, index) => ({
        id: `e:${index}`,
        sources: [`n:${parent}`],
        targets: [`n:${child}`],
      }),
    ),
  }
}

/** So many edges: the heaviest that leads to each node, and then the heaviest of all. */
export function heaviest(edges: readonly LayoutEdge[], most: number): readonly LayoutEdge[] {
  const sorted = edges.toSorted((one, other) => other.weight - one.weight)
  const reached = new Set<string>()
  const first = new Set(
    sorted.filter(({ child }) => {
      const isFirst = !reached.has(child)
      reached.add(child)
      return isFirst
    }),
  )
  const rest = sorted.filter((edge) => !first.has(edge))
  return [...first, ...rest.slice(0, Math.max(0, most - first.size))]
}

/** What it answered. */
export function boxesOf(root: ElkGraph): MapLayout {
  const nodes = new Map<string, Box>()
  const groups = new Map<string, Box>()
  for (const { id, x = 0, y = 0, width = 0, height = 0, children = [] } of root.children ?? []) {
    const into = id.startsWith('g:') ? groups : nodes
    into.set(id.slice(2), { x, y, width, height })
    // Places within a group are counted from its corner.
    for (const child of children)
      nodes.set(child.id.slice(2), {
        x: x + (child.x ?? 0),
        y: y + (child.y ?? 0),
        width: nodeWidth,
        height: nodeHeight,
      })
  }
  return { nodes, groups }
}
