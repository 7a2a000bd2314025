/** Calls between services, from several sources made one list. */
import type { ToldPair } from '#shared/map/graph'

/** What one source counted. */
interface Counted {
  readonly id: string
  readonly name: string
  /** It counted them in its traces, so those can be searched for there. */
  readonly isTraces: boolean
  readonly calls: number
  /** Undefined where the source does not count errors. */
  readonly errors: number | undefined
}

/** One service calling another. */
export interface Edge {
  readonly parent: string
  readonly child: string
  /** What each of its sources counted; not their sum, for sources that hold the same traces count the same calls. */
  readonly calls: number
  readonly errors: number | undefined
  readonly sources: readonly Counted[]
}

/** Names an edge. */
export const edgeKey = ({ parent, child, sources }: Edge): string =>
  JSON.stringify([parent, child, ...sources.map(({ id }) => id)])

/** A call of a service to itself. */
export const isWithin = ({ parent, child }: Edge): boolean => parent === child

/** Who does not count errors contradicts nobody. */
const agree = (a: Counted, b: Counted): boolean =>
  a.calls === b.calls && (a.errors === undefined || b.errors === undefined || a.errors === b.errors)

/** What an origin tells as a count; of a service graph that is how many calls its rate amounts to. */
function countedBy({ origin, figures }: ToldPair['told'][number], seconds: number): Counted {
  const { rate = 0, errors, calls = Math.round(rate * seconds) } = figures
  return {
    id: origin.id,
    name: origin.name,
    isTraces: origin.kind === 'dependencies' || origin.kind === 'sample',
    calls,
    errors: errors === undefined ? undefined : Math.round(errors * calls),
  }
}

/**
 * One edge for each pair of services, naming every source that knows it; where sources counted differently, one for each of them, so
 * that no number stands beside the name of a source that did not give it. `seconds`: how long the window is.
 */
export function edgesOf(pairs: readonly ToldPair[], seconds: number): readonly Edge[] {
  return pairs.flatMap(({ parent, child, told }) => {
    const sources = told.map((one) => countedBy(one, seconds))
    const isOne = sources.every((a) => sources.every((b) => agree(a, b)))
    return (isOne ? [sources] : sources.map((source) => [source])).map((group) => ({
      parent,
      child,
      calls: group[0].calls,
      errors: group.find(({ errors }) => errors !== undefined)?.errors,
      sources: group,
    }))
  })
}

/** Edges of services whose name holds the text. */
export function filterEdges(edges: readonly Edge[], text: string): readonly Edge[] {
  const sought = text.trim().toLowerCase()
  if (sought === '') return edges
  return edges.filter(
    ({ parent, child }) => parent.toLowerCase().includes(sought) || child.toLowerCase().includes(sought),
  )
}
