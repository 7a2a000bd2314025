/** What a source of logs knows by name, how many lines it has over time, and which patterns they follow. */
import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { windowOf, type TimeRange } from '#shared/derive/time-range'
import { logsApi } from '../client/logs-api'

/** Names change seldom; a minute is long enough to type a query and short enough to see a new service. */
const staleTime = 60_000

const labelsQuery = (id: string, range: TimeRange) =>
  queryOptions({
    queryKey: ['log-labels', id, range],
    staleTime,
    queryFn: ({ signal }) => logsApi.labels(id, windowOf(range, Date.now()), signal),
  })

const labelValuesQuery = (id: string, label: string, range: TimeRange) =>
  queryOptions({
    queryKey: ['log-label-values', id, label, range],
    staleTime,
    queryFn: ({ signal }) => logsApi.labelValues(id, label, windowOf(range, Date.now()), signal),
  })

const fieldsQuery = (id: string, query: string, range: TimeRange) =>
  queryOptions({
    queryKey: ['log-fields', id, query, range],
    staleTime,
    queryFn: ({ signal }) => logsApi.fields(id, query, windowOf(range, Date.now()), signal),
  })

const fieldValuesQuery = (id: string, field: string, query: string, range: TimeRange) =>
  queryOptions({
    queryKey: ['log-field-values', id, field, query, range],
    staleTime,
    queryFn: ({ signal }) => logsApi.fieldValues(id, field, query, windowOf(range, Date.now()), signal),
  })

/** Labels by which people tell their services apart, the best first. */
const serviceLabels = ['service_name', 'service', 'app', 'job', 'container', 'compose_service', 'namespace']

/** The label that tells services apart, with its values; undefined until it is known. */
export function useLogServices(id: string, range: TimeRange) {
  const labels = useQuery(labelsQuery(id, range))
  const label = serviceLabels.find((one) => labels.data?.includes(one)) ?? labels.data?.[0]
  const values = useQuery({ ...labelValuesQuery(id, label ?? '', range), enabled: label !== undefined })
  const found = label === undefined ? labels.data && [] : values.data
  return {
    data: found && { label: label ?? '', values: found },
    error: labels.error ?? values.error,
    retry: () => void (labels.error ? labels : values).refetch(),
  }
}

/** An answer, or nothing where it fails: names must never stand in the way of writing. */
async function orNone<Item>(
  client: QueryClient,
  options: Parameters<QueryClient['fetchQuery']>[0],
): Promise<readonly Item[]> {
  try {
    return (await client.fetchQuery(options)) as readonly Item[]
  } catch {
    // The query itself will say what is wrong with the source.
    return []
  }
}

/** What completion in LogQL asks the source. */
export function useLogWords(id: string, range: TimeRange) {
  const client = useQueryClient()
  return useMemo(
    () => ({
      labels: () => orNone<string>(client, labelsQuery(id, range) as never),
      labelValues: (label: string) => orNone<string>(client, labelValuesQuery(id, label, range) as never),
      fields: (query: string) =>
        orNone<{ readonly label: string; readonly type: string }>(
          client,
          fieldsQuery(id, query, range) as never,
        ),
      fieldValues: (field: string, query: string) =>
        orNone<string>(client, fieldValuesQuery(id, field, query, range) as never),
    }),
    [client, id, range],
  )
}

interface Window {
  readonly startMs: number
  readonly endMs: number
}

interface VolumeQuestion {
  readonly sourceId: string
  readonly query: string
  readonly window: Window
  readonly stepMs: number
}

/** Gives up what is being asked; nothing asks for it again but `refetch`. */
function useStop(queryKey: readonly unknown[]): () => void {
  const client = useQueryClient()
  return () => void client.cancelQueries({ queryKey, exact: true })
}

/** Lines by level over time; asks nothing while there is no question. */
export function useLogVolume(question: VolumeQuestion | undefined) {
  const queryKey = ['log-volume', question]
  const answer = useQuery({
    queryKey,
    enabled: question !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: ({ signal }) => {
      if (question === undefined) throw new Error('nothing is asked')
      return logsApi.volume(question.sourceId, question.query, question.window, question.stepMs, signal)
    },
  })
  const isStopped = question !== undefined && answer.isPending && answer.fetchStatus === 'idle'
  return { ...answer, isStopped, stop: useStop(queryKey) }
}

/** Patterns of the lines of a selector; asks nothing while there is none. */
export function useLogPatterns(id: string, selector: string, window: Window | undefined) {
  const queryKey = ['log-patterns', id, selector, window]
  const answer = useQuery({
    queryKey,
    enabled: selector !== '' && window !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: ({ signal }) => logsApi.patterns(id, selector, window ?? { startMs: 0, endMs: 1 }, signal),
  })
  return { ...answer, stop: useStop(queryKey) }
}
