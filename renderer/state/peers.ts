/** How long the peers of a span took: counted by a histogram where one measures its operation, else looked for among the traces of its source. */
import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ApiError, Source, TraceQuery } from '#shared/api/contract'
import { searchText } from '#shared/api/search-text'
import { createGate } from '#shared/base/gate'
import type { MetricSeries } from '#shared/api/metrics'
import type { MeasuredService } from '#shared/correlate/service-panels'
import {
  chosenPeer,
  distinctPeers,
  durationsQuery,
  exactly,
  familyOfKind,
  operationMatcher,
  operationsQuery,
  type Peer,
  type PeerChoice,
  peerSearch,
  peersIn,
  peerSource,
  type PeerSubject,
  peerWindow,
  type PeerWindow,
  searchesOver,
} from '#shared/correlate/peers'
import { stretchOf } from '#shared/correlate/met-lines'
import { type Durations, type Spread, spreadOf } from '#shared/correlate/spread'
import type { SavedPeers } from '#shared/investigation/saved-peers'
import { drawnEdges, heatmapOf } from '#shared/metrics/heatmap'
import { secondsIn } from '#shared/metrics/red'
import { SpanKind, type SpanIndex, type SpanKindName, type Trace } from '#shared/trace/table'
import { searchPath, toApiError } from '../client/api'
import { metricsApi } from '../client/metrics-api'
import { traceSessions } from '../client/trace-sessions'
import { nowOf } from './held-time'
import { measuresIn } from './metric-facts'

/** What is known of the peers of a span, and from what. */
interface PeersAnswer {
  /** Undefined where nothing of the operation is there. */
  readonly durations: Durations | undefined
  /** Name of the source that told. */
  readonly source: string
  /** Names the histogram; undefined where traces were searched. */
  readonly metric: string | undefined
  readonly query: string
  /** There are more than were looked at: some of each part of the time were. */
  readonly isSample: boolean
  /** Of opened files, which hold what somebody saved: other spans of the time are not in them. */
  readonly isOfFiles: boolean
  readonly notes: readonly string[]
}

export interface FoundPeers extends PeersAnswer {
  readonly spread: Spread | undefined
  /** When they were. */
  readonly window: PeerWindow
}

interface Asked {
  readonly subject: PeerSubject
  readonly window: PeerWindow
}

/** Who is asked. */
export interface PeerSources {
  readonly metrics: readonly Source[]
  readonly traces: Source | undefined
}

/**
 * Who is asked for the peers of a span of a trace that these hold. `isSaved`: they are a saved investigation, of which nobody else tells.
 * Simulated spans are no peers of others.
 */
export function peerSources(
  all: readonly Source[],
  cameFrom: readonly string[],
  isSaved: boolean,
): PeerSources {
  const fit = all.filter(({ id, kind }) => cameFrom.includes(id) || (!isSaved && kind !== 'local'))
  return {
    metrics: fit.filter(({ capabilities }) => capabilities.metrics),
    traces: peerSource(
      fit.filter(({ capabilities }) => capabilities.traces),
      cameFrom,
    ),
  }
}

const kindNames = Object.fromEntries(
  Object.entries(SpanKind).map(([name, number]) => [number, name as SpanKindName]),
)

/** What is asked of a span: its like in the hour around its trace. */
export function peersAsked(trace: Trace, row: SpanIndex, { traces }: PeerSources, nowMs: number): Asked {
  const { spans, services, names } = trace
  return {
    subject: {
      service: services[spans.service[row]],
      operation: names[spans.name[row]],
      kind: kindNames[spans.kind[row]],
    },
    window: peerWindow(stretchOf(trace, 0).startMs, nowOf(traces, nowMs)),
  }
}

function durationsOfSeries(
  series: readonly MetricSeries[],
  { family }: MeasuredService,
  { startMs, endMs }: PeerWindow,
): Durations | undefined {
  const heatmap = heatmapOf(series, { startMs: endMs, endMs, stepMs: 1_000 })
  if (!heatmap) return undefined
  const { edges, isLogarithmic } = drawnEdges(heatmap.edges)
  if (!isLogarithmic) return undefined
  const nsIn = secondsIn(family) * 1e9
  return {
    kind: 'buckets',
    bounds: edges.map((edge) => edge * nsIn),
    // Rates over the window, of which it has so many seconds.
    held: [...heatmap.counts].map((rate) => (rate * (endMs - startMs)) / 1_000),
    isOpen: heatmap.edges.at(-1) === Infinity,
  }
}

/** What the first histogram that measures the operation says; undefined where none does. */
async function askMeasured(
  client: QueryClient,
  sources: readonly Source[],
  { subject, window }: Asked,
  signal: AbortSignal,
): Promise<PeersAnswer | undefined> {
  const { service, operation, kind } = subject
  for (const { id, name, kind: sourceKind } of sources) {
    // oxlint-disable-next-line no-await-in-loop -- nearly always there is one source, and its first histogram tells
    for (const measured of await measuresIn(client, id, service, window.endMs)) {
      const family = familyOfKind(measured.family, kind)
      if (!family) continue
      const measure = { ...measured, family }
      // oxlint-disable-next-line no-await-in-loop -- as above
      const known = await metricsApi.query(id, operationsQuery(measure, window), window.endMs, signal)
      const labels = known.series.map((one) => one.labels)
      const matcher = operationMatcher(measure, labels, operation)
      if (matcher === undefined) continue
      const query = durationsQuery(measure, matcher, window)
      // oxlint-disable-next-line no-await-in-loop -- as above
      const { series, warnings } = await metricsApi.query(id, query, window.endMs, signal)
      const notes = [...new Set([...known.warnings, ...warnings])]
      const durations = durationsOfSeries(series, measure, window)
      if (durations && spreadOf(durations))
        return {
          durations,
          source: name,
          metric: family.metric,
          query,
          isSample: false,
          isOfFiles: sourceKind === 'files',
          notes,
        }
    }
  }
  return undefined
}

/** Of one source; it has others to answer too. */
const searchesAtOnce = 2

async function askSearched(
  source: Source,
  { subject, window }: Asked,
  signal: AbortSignal,
): Promise<PeersAnswer> {
  const { id, name, capabilities } = source
  const query = peerSearch(subject, 'all', window, capabilities)
  const gate = createGate(searchesAtOnce)
  const search = async (asked: TraceQuery) => {
    const leave = await gate.enter(signal)
    try {
      return await traceSessions.search(searchPath(id, asked), signal)
    } finally {
      leave()
    }
  }
  const first = await search(query)
  // The newest, or any: others of the hour may be of another kind.
  const answers = first.limitReached ? await Promise.all(searchesOver(query).map(search)) : [first]
  const peers = distinctPeers(answers.flatMap(({ traces }) => peersIn(traces)))
  const ns = peers.map(({ durationNs }) => durationNs)
  return {
    durations: ns.length === 0 ? undefined : { kind: 'single', ns },
    source: name,
    metric: undefined,
    query: searchText(query, source),
    isSample: answers.some(({ limitReached }) => limitReached),
    isOfFiles: source.kind === 'files',
    notes: [...new Set(answers.flatMap(({ notes }) => notes))],
  }
}

/** Answers stay as long as the page does: what was seen is what is saved. */
const answersLast = {
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  retry: false,
} as const

/** The end of the window comes last: to who saves, an answer up to another moment of the present is the same. */
const keyOf = (asked: Asked | undefined) => [
  asked?.subject.service,
  asked?.subject.operation,
  asked?.subject.kind,
  asked?.window.startMs,
  asked?.window.endMs,
]

const measuredQuery = (client: QueryClient, sources: readonly Source[], asked: Asked | undefined) =>
  queryOptions({
    queryKey: ['peers', 'measured', sources.map(({ id }) => id).join(' '), ...keyOf(asked)],
    queryFn: async ({ signal }) => ({
      // react-query takes no answer that is undefined.
      found: asked && (await askMeasured(client, sources, asked, signal)),
    }),
    ...answersLast,
  })

const searchedQuery = (source: Source | undefined, asked: Asked | undefined) =>
  queryOptions({
    queryKey: ['peers', 'searched', source?.id, ...keyOf(asked)],
    queryFn: ({ signal }) => {
      if (!source || !asked) throw new Error('nothing is asked')
      return askSearched(source, asked, signal)
    },
    ...answersLast,
  })

/** The last answer to a question, whatever moment of the present it went up to, with that moment. The end of its window is the last of a key. */
function seenOf<Data>(client: QueryClient, queryKey: readonly unknown[]) {
  const [key, data] =
    client
      .getQueriesData<Data>({ queryKey: queryKey.slice(0, -1) })
      .findLast(([, one]) => one !== undefined) ?? []
  return data === undefined ? undefined : { data, endMs: Number(key?.at(-1)) }
}

export interface Peers {
  readonly found: FoundPeers | undefined
  readonly isAsking: boolean
  readonly error: ApiError | undefined
  /** No histogram tells, and the source would send whole traces: it is asked once a person says so. */
  readonly mayBeAsked: Source | undefined
  readonly retry: () => void
}

/** Asks nothing while there is no subject, nor where the answer was saved. `mayRead`: that a source sends whole traces was agreed to. */
export function usePeers(
  asked: Asked | undefined,
  { metrics, traces }: PeerSources,
  mayRead: boolean,
  saved: SavedPeers | undefined,
): Peers {
  const client = useQueryClient()
  const wanted = saved ? undefined : asked
  const measured = useQuery({
    ...measuredQuery(client, metrics, wanted),
    enabled: wanted !== undefined && metrics.length > 0,
  })
  const isUnmeasured =
    metrics.length === 0 || measured.isError || (measured.isSuccess && !measured.data.found)
  const isCheap = traces?.capabilities.traceql === true
  // What was read once is not read again because a minute went by.
  const seen = wanted && seenOf(client, searchedQuery(traces, wanted).queryKey)
  const read = seen && wanted ? { ...wanted, window: { ...wanted.window, endMs: seen.endMs } } : wanted
  const searched = useQuery({
    ...searchedQuery(traces, read),
    enabled: wanted !== undefined && traces !== undefined && isUnmeasured && (isCheap || mayRead),
  })
  const answer = isUnmeasured ? searched : measured
  const error = searched.error ?? (traces ? undefined : measured.error)
  const counted = measured.data?.found
  const told = counted ?? (isUnmeasured ? searched.data : undefined)
  const endMs = counted ? wanted?.window.endMs : read?.window.endMs
  const found = useMemo(() => {
    if (saved) return foundIn({ metric: undefined, durations: undefined, ...saved }, saved)
    return asked && told && foundIn(told, { ...asked.window, endMs: endMs ?? asked.window.endMs })
  }, [saved, asked, told, endMs])
  return {
    found,
    isAsking: answer.isFetching,
    error: error ? toApiError(error) : undefined,
    mayBeAsked: wanted && isUnmeasured && !isCheap && !mayRead && !seen ? traces : undefined,
    retry: () => void answer.refetch(),
  }
}

const foundIn = (answer: PeersAnswer, { startMs, endMs }: PeerWindow): FoundPeers => ({
  ...answer,
  spread: answer.durations && spreadOf(answer.durations),
  window: { startMs, endMs },
})

/**
 * What is saved of a span's peers: what was seen of them, or else what is found now. Undefined where nobody can tell, and where a source
 * that sends whole traces was not asked before.
 */
export async function peersToSave(
  client: QueryClient,
  { metrics, traces }: PeerSources,
  asked: Asked,
  traceId: string,
): Promise<SavedPeers | undefined> {
  const { subject, window } = asked
  const saved = (answer: PeersAnswer, endMs: number): SavedPeers => ({
    ...subject,
    startMs: window.startMs,
    endMs,
    traceId,
    ...answer,
  })
  const measures = measuredQuery(client, metrics, asked)
  const search = searchedQuery(traces, asked)
  const seen = seenOf<{ readonly found: PeersAnswer | undefined }>(client, measures.queryKey)
  if (seen?.data.found) return saved(seen.data.found, seen.endMs)
  const searched = seenOf<PeersAnswer>(client, search.queryKey)
  if (searched) return saved(searched.data, searched.endMs)
  if (metrics.length > 0 && seen === undefined) {
    // Where it cannot be asked, traces are searched: so the page does.
    const { found } = await client.fetchQuery(measures).catch(() => ({ found: undefined }))
    if (found) return saved(found, window.endMs)
  }
  return traces?.capabilities.traceql ? saved(await client.fetchQuery(search), window.endMs) : undefined
}

/** Looks for the one peer to open; no peer where there is none, and why where the source could not be asked. */
export async function findPeer(
  { id, capabilities }: Source,
  { subject, window }: Asked,
  choice: PeerChoice,
  spread: Spread,
  own: { readonly traceId: string; readonly durationNs: number },
  signal: AbortSignal,
): Promise<{ readonly peer?: Peer | undefined; readonly error?: ApiError }> {
  try {
    // A quantile of counted durations is a guess within its bucket: where nothing lies beyond it, all of the bucket is looked through.
    const paths = [exactly(spread), spread.boundsOf].map((boundsOf) =>
      searchPath(id, peerSearch(subject, choice, window, capabilities, boundsOf)),
    )
    // Where each duration is known, or none matters, they are the same.
    for (const path of new Set(paths)) {
      // oxlint-disable-next-line no-await-in-loop -- the second is asked only where the first found nothing
      const { traces } = await traceSessions.search(path, signal)
      const peer = chosenPeer(peersIn(traces, own.traceId), choice, spread, own.durationNs)
      if (peer) return { peer }
    }
    return {}
  } catch (thrown) {
    return { error: toApiError(thrown) }
  }
}
