/** Connections and what is known of them, as react-query answers. */
import {
  type Query,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useMemo, useSyncExternalStore } from 'react'
import type { ProbeReport, ServerKind, ServerSource, Source, SourceInput } from '#shared/api/contract'
import { createGate } from '#shared/base/gate'
import { api } from '../client/api'
import { factNames } from './learning'
import { mostTelling } from './most-telling'
import { removals } from './removals'

/** Whether it is asked over the network. */
export function isServer(source: Source): source is ServerSource {
  return source.kind !== 'local' && source.kind !== 'files'
}

/** All connections, with those about to be removed. */
export const sourcesQuery = queryOptions({
  queryKey: ['sources'],
  queryFn: ({ signal }) => api.sources(signal),
})

/** Asked again every minute while the page is looked at, so that the chips in the top bar stay true. */
const probeQuery = (id: string) =>
  queryOptions({
    queryKey: ['probe', id],
    queryFn: ({ signal, client, queryKey }) =>
      api.probeSource(id, client.getQueryState(queryKey)?.isInvalidated === true, signal),
    staleTime: 55_000,
    refetchInterval: 60_000,
  })

/** Every connection, less those just removed (which come back on Undo). */
export function useSources() {
  const leaving = useSyncExternalStore(removals.subscribe, removals.ids)
  const answer = useQuery(sourcesQuery)
  const data = useMemo(() => answer.data?.filter((source) => !leaving.has(source.id)), [answer.data, leaving])
  return { ...answer, data }
}

/** The connections that answer for traces. */
export function useTraceSources(): readonly Source[] {
  const { data } = useSources()
  return useMemo(() => data?.filter((source) => source.capabilities.traces) ?? [], [data])
}

/** The connections that answer for metrics. */
export function useMetricSources(): readonly Source[] {
  const { data } = useSources()
  return useMemo(() => data?.filter((source) => source.capabilities.metrics) ?? [], [data])
}

/** What a kept connection says when asked what it is; asks nothing while there is no connection. */
export function useProbe(id: string | undefined) {
  return useQuery({ ...probeQuery(id ?? ''), enabled: id !== undefined })
}

/** The probes of several connections, in their order; undefined while one is being asked for the first time. */
export function useProbes(ids: readonly string[]): readonly (ProbeReport | undefined)[] {
  return useQueries({
    queries: ids.map(probeQuery),
    combine: (answers) => answers.map((answer) => answer.data),
  })
}

/** An answer slower than this is marked. */
const slowMs = 2_000

/** Asks a connection now what it is, without waiting for the minute to pass. */
export function useAskAgain(): (id: string) => Promise<void> {
  const client = useQueryClient()
  return (id) => client.invalidateQueries({ queryKey: ['probe', id] })
}

/** The mark of a connection: answering, slow, down, or not known yet. */
export function healthOf(report: ProbeReport | undefined): 'ok' | 'slow' | 'down' | 'asking' {
  if (!report) return 'asking'
  if (!report.ok) return 'down'
  return report.roundTripMs > slowMs ? 'slow' : 'ok'
}

/** Tries an address and its options without keeping them. `id`: the connection whose kept secrets are meant. */
export function useTest() {
  return useMutation({
    mutationFn: ({
      input,
      id,
      signal,
    }: {
      readonly input: SourceInput
      readonly id?: string | undefined
      readonly signal?: AbortSignal | undefined
    }) => api.probe(input, id, signal),
  })
}

/** A server that hangs for one kind hangs for all: guessing its kind is then given up, and the test proper waits as long as is set. */
const longestGuessMs = 5_000
const guessesAtOnce = 2

/** Tries an address as each kind; the answer is the first that fits, else the one that tells most, if any does. */
async function guessKind(kinds: readonly ServerKind[], input: SourceInput, signal: AbortSignal) {
  const gate = createGate(guessesAtOnce)
  const timeoutMs = Math.min(input.timeoutMs, longestGuessMs)
  let hangs = false
  const reports = await Promise.all(
    kinds.map(async (kind) => {
      const leave = await gate.enter(signal)
      try {
        if (hangs) return undefined
        const report = await api.probe({ ...input, kind, timeoutMs }, undefined, signal)
        hangs ||= report.error?.kind === 'timeout'
        return { kind, report }
      } finally {
        leave()
      }
    }),
  )
  return mostTelling(
    reports.filter((guess) => guess !== undefined),
    input.kind,
  )
}

/** When nothing tells what kind of server an address is, each kind is tried. */
export function useDetect() {
  return useMutation({
    mutationFn: ({
      kinds,
      input,
      signal,
    }: {
      readonly kinds: readonly ServerKind[]
      readonly input: SourceInput
      readonly signal: AbortSignal
    }) => guessKind(kinds, input, signal),
  })
}

const isFacts = ({ queryKey: [name] }: Query): boolean => factNames.includes(String(name))

/** Everything learned from a source is asked again when its address or options change, or its run. */
export async function forget(client: QueryClient, id: string): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: sourcesQuery.queryKey }),
    client.invalidateQueries({ predicate: (query) => query.queryKey.includes(id) && !isFacts(query) }),
    // Facts of what was there before are none of what is there now.
    client.resetQueries({ predicate: (query) => query.queryKey.includes(id) && isFacts(query) }),
  ])
}

/** Adds a connection, or changes the one with this id. */
export function useSaveSource() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, input }: { readonly id: string | undefined; readonly input: SourceInput }) =>
      id === undefined ? api.addSource(input) : api.changeSource(id, input),
    onSuccess: async (source) => {
      client.setQueryData(sourcesQuery.queryKey, (sources) =>
        sources && !sources.some((one) => one.id === source.id)
          ? [...sources, source]
          : sources?.map((one) => (one.id === source.id ? source : one)),
      )
      await forget(client, source.id)
    },
  })
}

/** Takes a connection off the page now and off the disk in 10 seconds; the answer is the way back. */
export function useRemoveSource(): (id: string) => () => void {
  const client = useQueryClient()
  return (id) =>
    removals.start(id, async () => {
      await client.invalidateQueries({ queryKey: sourcesQuery.queryKey })
    })
}

/** Why a connection that was removed is back, if so. */
export function useRemovalProblem() {
  return useSyncExternalStore(removals.subscribe, removals.problem)
}

/** Servers on the usual ports of this machine, asked once per visit. */
export function useFound() {
  return useQuery({
    queryKey: ['found'],
    queryFn: ({ signal }) => api.found(signal),
    staleTime: 10_000,
  })
}

/** The connections that answer for logs. */
export function useLogSources(): readonly Source[] {
  const { data } = useSources()
  return useMemo(() => data?.filter((source) => source.capabilities.logs) ?? [], [data])
}
