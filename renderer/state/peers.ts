/** How long the peers of a span took: counted by a histogram where one measures its operation, else looked for among the traces of its source. */
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ApiError, Source } from '#shared/api/contract'
import { searchText } from '#shared/api/search-text'
import type { MetricSeries } from '#shared/api/metrics'
import type { MeasuredService } from '#shared/correlate/service-panels'
import {
  chosenPeer,
  durationsQuery,
  exactly,
  familyOfKind,
  operationMatcher,
  operationsQuery,
  type Peer,
  type PeerChoice,
  peerSearch,
  type PeerSubject,
  peersIn,
  type PeerWindow,
} from '#shared/correlate/peers'
import { type Spread, spreadOfBuckets, spreadOfDurations } from '#shared/correlate/spread'
import { drawnEdges, heatmapOf } from '#shared/metrics/heatmap'
import { secondsIn } from '#shared/metrics/red'
import { searchPath, toApiError } from '../client/api'
import { metricsApi } from '../client/metrics-api'
import { traceSessions } from '../client/trace-sessions'
import { measuresIn } from './metric-facts'

/** How the peers are spread, and from what that is known. */
export interface FoundPeers {
  /** Undefined where nothing of the operation is there. */
  readonly spread: Spread | undefined
  readonly source: Pick<Source, 'id' | 'name'>
  /** Names the histogram; undefined where traces were searched. */
  readonly metric: string | undefined
  readonly query: string
  /** There are more than were looked at: the newest were, or any. */
  readonly isSample: boolean
  /** Of opened files, which hold what somebody saved: other spans of the time are not in them. */
  readonly isOfFiles: boolean
  readonly notes: readonly string[]
}

interface Asked {
  readonly subject: PeerSubject
  readonly window: PeerWindow
}

function spreadOfSeries(
  series: readonly MetricSeries[],
  { family }: MeasuredService,
  { startMs, endMs }: PeerWindow,
): Spread | undefined {
  const heatmap = heatmapOf(series, { startMs: endMs, endMs, stepMs: 1_000 })
  if (!heatmap) return undefined
  const { edges, isLogarithmic } = drawnEdges(heatmap.edges)
  if (!isLogarithmic) return undefined
  const nsIn = secondsIn(family) * 1e9
  // Rates over the window, of which it has so many seconds.
  const held = [...heatmap.counts].map((rate) => (rate * (endMs - startMs)) / 1_000)
  return spreadOfBuckets(
    edges.map((edge) => edge * nsIn),
    held,
    heatmap.edges.at(-1) === Infinity,
  )
}

/** What the first histogram that measures the operation says; undefined where none does. */
async function askMeasured(
  client: QueryClient,
  sources: readonly Source[],
  { subject, window }: Asked,
  signal: AbortSignal,
): Promise<FoundPeers | undefined> {
  const { service, operation, kind } = subject
  for (const { id, name } of sources) {
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
      const spread = spreadOfSeries(series, measure, window)
      if (spread)
        return {
          spread,
          source: { id, name },
          metric: family.metric,
          query,
          isSample: false,
          isOfFiles: false,
          notes,
        }
    }
  }
  return undefined
}

async function askSearched(
  source: Source,
  { subject, window }: Asked,
  signal: AbortSignal,
): Promise<FoundPeers> {
  const { id, name, capabilities } = source
  const query = peerSearch(subject, 'all', window, capabilities)
  const { traces, limitReached, notes } = await traceSessions.search(searchPath(id, query), signal)
  const durations = peersIn(traces).map(({ durationNs }) => durationNs)
  return {
    spread: spreadOfDurations(durations),
    source: { id, name },
    metric: undefined,
    query: searchText(query, source),
    isSample: limitReached,
    isOfFiles: source.kind === 'files',
    notes,
  }
}

export interface Peers {
  readonly found: FoundPeers | undefined
  readonly isAsking: boolean
  readonly error: ApiError | undefined
  /** No histogram tells, and the source would send whole traces: it is asked once a person says so. */
  readonly mayBeAsked: Source | undefined
  readonly retry: () => void
}

/** Asks nothing while there is no subject. `mayRead`: that a source sends whole traces was agreed to. */
export function usePeers(
  asked: Asked | undefined,
  metricSources: readonly Source[],
  traceSource: Source | undefined,
  mayRead: boolean,
): Peers {
  const client = useQueryClient()
  const { subject, window } = asked ?? {}
  const key = [subject?.service, subject?.operation, subject?.kind, window?.startMs, window?.endMs]
  const measured = useQuery({
    queryKey: ['peers', 'measured', metricSources.map(({ id }) => id), ...key],
    queryFn: async ({ signal }) => ({
      // react-query takes no answer that is undefined.
      found: asked && (await askMeasured(client, metricSources, asked, signal)),
    }),
    enabled: asked !== undefined && metricSources.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
  })
  const isUnmeasured =
    metricSources.length === 0 || measured.isError || (measured.isSuccess && !measured.data.found)
  const isCheap = traceSource?.capabilities.traceql === true
  const searched = useQuery({
    queryKey: ['peers', 'searched', traceSource?.id, ...key],
    queryFn: ({ signal }) => {
      if (!traceSource || !asked) throw new Error('nothing is asked')
      return askSearched(traceSource, asked, signal)
    },
    enabled: asked !== undefined && traceSource !== undefined && isUnmeasured && (isCheap || mayRead),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
  })
  const answer = isUnmeasured ? searched : measured
  const error = searched.error ?? (traceSource ? undefined : measured.error)
  return {
    found: measured.data?.found ?? (isUnmeasured ? searched.data : undefined),
    isAsking: answer.isFetching,
    error: error ? toApiError(error) : undefined,
    mayBeAsked: asked && isUnmeasured && !isCheap && !mayRead ? traceSource : undefined,
    retry: () => void answer.refetch(),
  }
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
