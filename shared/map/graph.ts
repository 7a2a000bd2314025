/** Services and the calls between them, as several origins tell of them, made one graph. */
import type { RedFamily } from '#shared/metrics/red'

/** What a node stands for. An outside service is one that was called, or called, but sent no spans of its own. */
export type NodeKind = 'service' | 'database' | 'queue' | 'outside'

/** How calls did. What is not known is undefined. */
export interface CallFigures {
  /** Calls a second; undefined where they are not of a stretch of time. */
  readonly rate: number | undefined
  /** How many, where they were counted one by one. */
  readonly calls: number | undefined
  /** The share that failed, 0 to 1. */
  readonly errors: number | undefined
  /** Of some calls it is not known whether they failed: at least that share did. */
  readonly errorsAreLeast?: boolean | undefined
  /** Seconds. */
  readonly p50: number | undefined
  readonly p95: number | undefined
  readonly p99: number | undefined
}

/** Who tells of a call. */
export interface Origin {
  /** Of the source; with `kind` it names the origin. */
  readonly id: string
  readonly name: string
  /** Counted by a server of traces, measured as metrics of a service graph, counted in some traces that were read, or read out of one trace. */
  readonly kind: 'dependencies' | 'service-graph' | 'sample' | 'trace'
}

/** One service calling another, as one origin tells it. */
export interface ToldCall {
  readonly parent: string
  readonly child: string
  readonly parentKind: NodeKind
  readonly childKind: NodeKind
  readonly figures: CallFigures
}

/** All that one origin tells. */
export interface Telling {
  readonly origin: Origin
  readonly calls: readonly ToldCall[]
  /** Of all calls that a service answers, where the origin can tell: quantiles of several callers cannot be made of theirs. */
  readonly answered?: ReadonlyMap<string, CallFigures>
  /** The histogram that its calls are measured by, under the labels `client` and `server`; only of a service graph. */
  readonly measure?: RedFamily
  /** The namespaces of services, where the origin knows any; it may know no calls. */
  readonly namespaces?: ReadonlyMap<string, string>
  /** What its source said besides, and what of it could not be read: then it may not be whole. */
  readonly notes?: readonly string[]
}

export interface MapEdge {
  /** Of `edgeId`. */
  readonly id: string
  readonly parent: string
  readonly child: string
  /** Of the origin that knows most of it, among those that know of most calls; never a mixture. */
  readonly figures: CallFigures
  /** Each origin with its own figures, the one that `figures` are of first. */
  readonly told: readonly { readonly origin: Origin; readonly figures: CallFigures }[]
}

export interface MapNode {
  readonly name: string
  /** Empty where nobody says one, and where all are in the same: that tells nothing apart. */
  readonly namespace: string
  readonly kind: NodeKind
  /** Of the calls it answers; of those it makes where nobody calls it; of those to itself where there are no others. */
  readonly figures: CallFigures
  /** What `figures` are of. */
  readonly isCalled: boolean
  /** Of its calls to itself, where it makes any. */
  readonly within?: CallFigures
}

export interface ServiceMap {
  readonly nodes: readonly MapNode[]
  readonly edges: readonly MapEdge[]
}

export const unknownFigures: CallFigures = {
  rate: undefined,
  calls: undefined,
  errors: undefined,
  p50: undefined,
  p95: undefined,
  p99: undefined,
}

/** Names a call; no two pairs have the same, whatever services are called. */
export const edgeId = (parent: string, child: string): string => JSON.stringify([parent, child])

/** Caller and callee of an edge's id; undefined for what is none, such as the name of a service. */
export function callOf(id: string): readonly [parent: string, child: string] | undefined {
  if (!id.startsWith('["')) return undefined
  try {
    const [parent, child] = JSON.parse(id) as unknown[]
    return typeof parent === 'string' && typeof child === 'string' ? [parent, child] : undefined
  } catch {
    // A service may be called so.
    return undefined
  }
}

/** What tells of a service or call that is selected by its id: of a call of a service to itself, that service. */
export function tellerOf(id: string): string {
  const [caller, callee] = callOf(id) ?? []
  return caller !== undefined && caller === callee ? caller : id
}

const knowledge = (figures: CallFigures): number =>
  Object.values(figures).filter((value) => value !== undefined).length

/** The more special kind wins: who is only called outside may be known as a service or a database by another origin. */
const kindRank: Readonly<Record<NodeKind, number>> = { database: 3, queue: 2, service: 1, outside: 0 }

export const moreSpecial = (one: NodeKind, other: NodeKind): NodeKind =>
  kindRank[other] > kindRank[one] ? other : one

/** A pair of services, with each origin's own figures, in order of the tellings. */
export interface ToldPair {
  readonly parent: string
  readonly child: string
  readonly told: MapEdge['told']
}

/** Each pair once, in order of first appearance; calls within a service too. */
export function pairsOf(tellings: readonly Telling[]): readonly ToldPair[] {
  const all = tellings.flatMap(({ origin, calls }) => calls.map((call) => ({ origin, ...call })))
  return [...Map.groupBy(all, ({ parent, child }) => edgeId(parent, child)).values()].map((told) => ({
    parent: told[0].parent,
    child: told[0].child,
    told: told.map(({ origin, figures }) => ({ origin, figures })),
  }))
}

/** One node for each name, one edge for each pair; calls within a service are no edges, its node tells of them. */
export function mergeTellings(tellings: readonly Telling[]): ServiceMap {
  const kinds = new Map<string, NodeKind>()
  const see = (name: string, kind: NodeKind) => kinds.set(name, moreSpecial(kinds.get(name) ?? kind, kind))
  for (const { calls } of tellings)
    for (const { parent, child, parentKind, childKind } of calls) {
      see(parent, parentKind)
      see(child, childKind)
    }
  const merged = pairsOf(tellings).map(({ parent, child, told }) => {
    const ranked = rankedByKnowledge(told)
    return { id: edgeId(parent, child), parent, child, figures: ranked[0].figures, told: ranked }
  })
  const within = new Map(
    merged.filter(({ parent, child }) => parent === child).map(({ parent, figures }) => [parent, figures]),
  )
  const edges = merged.filter(({ parent, child }) => parent !== child)
  return { nodes: nodesOf(edges, within, kinds, tellings), edges }
}

/** Who saw less than half of the calls that another saw does not speak for them, whatever more it knows. */
function rankedByKnowledge(told: MapEdge['told']): MapEdge['told'] {
  const most = Math.max(...told.map(({ figures: { rate = 0 } }) => rate))
  const sawMost = ({ rate = 0 }: CallFigures): number => (rate >= most / 2 ? 1 : 0)
  return told.toSorted(
    (one, other) =>
      sawMost(other.figures) - sawMost(one.figures) || knowledge(other.figures) - knowledge(one.figures),
  )
}

function nodesOf(
  edges: readonly MapEdge[],
  within: ReadonlyMap<string, CallFigures>,
  kinds: ReadonlyMap<string, NodeKind>,
  tellings: readonly Telling[],
): readonly MapNode[] {
  const called = Map.groupBy(edges, ({ child }) => child)
  const calling = Map.groupBy(edges, ({ parent }) => parent)
  const namespaces = namespacesOf([...kinds.keys()], tellings)
  return [...kinds].map(([name, kind]) => {
    // Who calls nobody but itself answers its own calls.
    const isAlone = !called.has(name) && !calling.has(name)
    const answered =
      called.get(name)?.map(({ figures }) => figures) ??
      (isAlone ? [within.get(name) ?? unknownFigures] : undefined)
    const made = calling.get(name)?.map(({ figures }) => figures)
    const own = within.get(name)
    const told = tellings.map((telling) => telling.answered?.get(name)).find((one) => one !== undefined)
    return {
      name,
      namespace: namespaces.get(name) ?? '',
      kind,
      figures: told ?? sumOf(answered ?? made ?? []),
      isCalled: answered !== undefined,
      ...(own && { within: own }),
    }
  })
}

/** By name: what a teller says, or what stands before a slash. None at all where that is the same for every one that has one. */
function namespacesOf(names: readonly string[], tellings: readonly Telling[]): ReadonlyMap<string, string> {
  const known = new Map(
    names.flatMap((name) => {
      const told = tellings.map(({ namespaces }) => namespaces?.get(name)).find((one) => one !== undefined)
      const namespace = told ?? namespaceIn(name)
      return namespace === '' ? [] : [[name, namespace] as const]
    }),
  )
  return new Set(known.values()).size > 1 ? known : new Map()
}

/** The part of a name before its slash, as `namespace/name`; empty where there is none. */
const namespaceIn = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('/')))

/**
 * Several calls as one. Quantiles cannot be added: of several calls they are not known. What has no rate, such as the calls of one trace,
 * is not of the stretch of time in which the others were counted, and is left out where there are others. Where it is not known of all whether
 * they failed, what is known to have failed is the least that did; that none is known says nothing.
 */
export function sumOf(each: readonly CallFigures[]): CallFigures {
  const counted = each.filter(({ rate }) => rate !== undefined)
  const all = counted.length > 0 ? counted : each
  if (all.length === 1) return all[0]
  const weightOf = ({ rate, calls }: CallFigures): number => rate ?? calls ?? 0
  const told = all.filter(({ errors }) => errors !== undefined)
  const weight = sum(all.map((one) => weightOf(one)))
  const failed = sum(told.map((one) => (one.errors ?? 0) * weightOf(one)))
  return {
    ...unknownFigures,
    rate: sumOfKnown(all.map(({ rate }) => rate)),
    calls: sumOfKnown(all.map(({ calls }) => calls)),
    ...(told.length === all.length
      ? { errors: weight === 0 ? undefined : failed / weight }
      : failed > 0 && { errors: failed / weight, errorsAreLeast: true }),
  }
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

function sumOfKnown(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : sum(known)
}
