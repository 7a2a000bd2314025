/**
 * Places for the nodes of a map: layers from callers to callees, worked out by ELK in a worker of its own.
 * https://eclipse.dev/elk/reference/algorithms/org-eclipse-elk-layered.html
 */
import ELK from 'elkjs/lib/elk-api'
import LayoutWorker from 'elkjs/lib/elk-worker.min.js?worker'
import { boxesOf, graphOf, type LayoutEdge, type LayoutNode, type MapLayout } from '#shared/map/layout-graph'

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
  signal.throwIfAborted()
  const elk = idle ?? startElk()
  idle = undefined
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
  try {
    const root = await Promise.race([elk.layout(graphOf(nodes, edges)), stopped])
    // What it has practised makes the next map faster. One that another took the place of is not needed.
    if (idle) elk.terminateWorker()
    else idle = elk
    return boxesOf(root)
  } catch (thrown) {
    elk.terminateWorker()
    throw thrown
  }
}
