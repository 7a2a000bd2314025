/** Which traces go through a call: as TraceQL, and as the form of a search for servers that do not speak it. */
import type { CallFigures, MapEdge, MapNode, NodeKind } from '#shared/map/graph'
import { destinationKey, peerKeys } from '#shared/map/trace-calls'

/** The form asks for one service; of what that finds, traces without the other end are left out. */
export interface CallTraces {
  readonly traceql: string
  readonly service: string
  /** The end that is not asked for, where it sends spans too. */
  readonly withServices: readonly string[]
  readonly errorsOnly: boolean
  readonly minDurationNs: number | undefined
}

const spans = (service: string, more: string): string =>
  `{ resource.service.name = ${JSON.stringify(service)}${more} }`

const ofQueue = (queue: string): string => `span.${destinationKey} = ${JSON.stringify(queue)}`

const ofPeer = (peer: string): string =>
  `(${peerKeys.map((key) => `span.${key} = ${JSON.stringify(peer)}`).join(' || ')})`

export interface EndKinds {
  readonly parentKind: NodeKind
  readonly childKind: NodeKind
}

/** Whose spans tell of a call: the one that answers, unless it sends none. A queue sends none, whichever end it is. */
export const tellerOfCall = ({ parent, child }: Pick<MapEdge, 'parent' | 'child'>, ends: EndKinds): string =>
  ends.childKind === 'service' ? child : parent

type Ways = Readonly<Record<'all' | 'failed' | 'slow', CallTraces>>

/** All, those that failed there, and those that took longer there than its p95. What sends no spans is known by the other end's alone. */
export const tracesOfCall = (edge: Pick<MapEdge, 'parent' | 'child' | 'figures'>, ends: EndKinds): Ways =>
  waysOf(
    queryOf(edge, ends),
    tellerOfCall(edge, ends),
    ends.parentKind === 'service' && ends.childKind === 'service' ? [edge.parent] : [],
    edge.figures,
  )

/** The same of all calls of what sends no spans itself. `user`: a service that calls it, or takes from it. */
export const tracesOfBacking = ({ name, kind, figures }: MapNode, user: string): Ways =>
  waysOf(
    (more) => `{ ${kind === 'queue' ? ofQueue(name) : `kind = client && ${ofPeer(name)}`}${more} }`,
    user,
    [],
    figures,
  )

function waysOf(
  query: (more: string) => string,
  service: string,
  withServices: readonly string[],
  { p95 }: CallFigures,
): Ways {
  const slowNs = p95 === undefined ? undefined : Math.floor(p95 * 1e9)
  const all = { traceql: query(''), service, withServices, errorsOnly: false, minDurationNs: undefined }
  return {
    all,
    failed: { ...all, traceql: query(' && status = error'), errorsOnly: true },
    slow: {
      ...all,
      traceql: query(slowNs === undefined ? '' : ` && duration > ${slowNs}ns`),
      minDurationNs: slowNs,
    },
  }
}

function queryOf(
  { parent, child }: Pick<MapEdge, 'parent' | 'child'>,
  { parentKind, childKind }: EndKinds,
): (more: string) => string {
  if (parentKind === 'queue')
    return (more) => spans(child, ` && kind = consumer && ${ofQueue(parent)}${more}`)
  if (childKind === 'queue') return (more) => spans(parent, ` && kind = producer && ${ofQueue(child)}${more}`)
  // The callee's span directly below the caller's: what it reaches through others are calls of those.
  if (childKind === 'service') return (more) => `${spans(parent, '')} > ${spans(child, more)}`
  return (more) => spans(parent, ` && kind = client && ${ofPeer(child)}${more}`)
}
