/** Calls between services, from several sources made one list. */
import type { Dependency } from '#shared/api/contract'

/** What one source counted. */
interface Counted {
  readonly id: string
  readonly name: string
  readonly calls: number
  /** Undefined where the source does not count errors. */
  readonly errors: number | undefined
}

/** One service calling another. */
export interface Edge {
  readonly parent: string
  readonly child: string
  /**
   * The most that one source counted. Not the sum: sources that hold the same traces count the same calls.
   */
  readonly calls: number
  readonly errors: number | undefined
  readonly sources: readonly Counted[]
}

const largest = (values: readonly (number | undefined)[]): number | undefined => {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : Math.max(...known)
}

/** Names an edge; service names hold no line break. */
export const edgeKey = (edge: Pick<Edge, 'parent' | 'child'>): string => `${edge.parent}\n${edge.child}`

/** One edge for each pair of services, naming every source that knows it. */
export function mergeEdges(
  answers: readonly {
    readonly source: { readonly id: string; readonly name: string }
    readonly edges: readonly Dependency[] | undefined
  }[],
): readonly Edge[] {
  const found = new Map<string, { parent: string; child: string; sources: Counted[] }>()
  for (const { source, edges } of answers)
    for (const { parent, child, callCount, errorCount } of edges ?? []) {
      const key = edgeKey({ parent, child })
      const edge = found.get(key) ?? { parent, child, sources: [] }
      edge.sources.push({ id: source.id, name: source.name, calls: callCount, errors: errorCount })
      found.set(key, edge)
    }
  return [...found.values()].map((edge) => ({
    ...edge,
    calls: Math.max(...edge.sources.map(({ calls }) => calls)),
    errors: largest(edge.sources.map(({ errors }) => errors)),
  }))
}

/** Edges of services whose name holds the text. */
export function filterEdges(edges: readonly Edge[], text: string): readonly Edge[] {
  const sought = text.trim().toLowerCase()
  if (sought === '') return edges
  return edges.filter(
    ({ parent, child }) => parent.toLowerCase().includes(sought) || child.toLowerCase().includes(sought),
  )
}
