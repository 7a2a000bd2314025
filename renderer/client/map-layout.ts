/**
 * Places for the nodes of a map: layers from callers to callees, worked out by ELK in a worker of its own.
 * https://eclipse.dev/elk/reference/algorithms/org-eclipse-elk-layered.html
 */
import ELK, { type ElkNode } from 'elkjs/lib/elk-api'
import LayoutWorker from 'elkjs/lib/elk-worker.min.js?worker'

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

const options = (isLarge: boolean): Record<string, string> => ({
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.spacing.nodeNode': '28',
  'elk.layered.spacing.nodeNodeBetweenLayers': '104',
  'elk.spacing.componentComponent': '36',
  'elk.layered.nodePlacement.strategy': isLarge ? 'SIMPLE' : 'NETWORK_SIMPLEX',
  // Curves are drawn from node to node: corners would be worked out for nothing.
  'elk.edgeRouting': 'POLYLINE',
  ...(isLarge
    ? { 'elk.layered.thoroughness': '1', 'elk.layered.crossingMinimization.greedySwitch.type': 'OFF' }
    : undefined),
})

/** A worker that has nothing to do: it has read its code, and the next map waits only for itself. */
let idle: InstanceType<typeof ELK> | undefined

const startElk = () => new ELK({ workerFactory: () => new LayoutWorker() })

/** Starts a worker, so that the first map need not wait for its code. */
export function prepareLayout(): void {
  idle ??= startElk()
}

/** Rejects with the signal's reason when it is stopped: the worker ends. */
export async function layOut(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  signal: AbortSignal,
): Promise<MapLayout> {
  if (nodes.length === 0) return { nodes: new Map(), groups: new Map() }
  const isLarge = nodes.length > manyNodes
  signal.throwIfAborted()
  const elk = idle ?? startElk()
  idle = undefined
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
  try {
    const root = await Promise.race([elk.layout(graphOf(nodes, edges, isLarge)), stopped])
    // What it has practised makes the next map faster. One that another took the place of is not needed.
    if (idle) elk.terminateWorker()
    else idle = elk
    return boxesOf(root)
  } catch (thrown) {
    elk.terminateWorker()
    throw thrown
  }
}

function graphOf(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], isLarge: boolean): ElkNode {
  const child = ({ id }: LayoutNode): ElkNode => ({ id: `n:${id}`, width: nodeWidth, height: nodeHeight })
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
              layoutOptions: { 'elk.padding': '[top=28,left=14,bottom=14,right=14]' },
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

function boxesOf(root: ElkNode): MapLayout {
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
