/** What a source of logs knows by name, and how many lines it has over time. */
import { useQuery } from '@tanstack/react-query'
import { windowOf, type TimeRange } from '#shared/derive/time-range'
import { logsApi } from '../client/logs-api'

/** Labels by which people tell their services apart, the best first. */
const serviceLabels = ['service_name', 'service', 'app', 'job', 'container', 'compose_service', 'namespace']

/** The label that tells services apart, with its values; undefined until it is known. */
export function useLogServices(sourceId: string | undefined, range: TimeRange) {
  return useQuery({
    queryKey: ['log-services', sourceId, range],
    enabled: sourceId !== undefined,
    staleTime: 30_000,
    queryFn: async ({ signal }) => {
      const window = windowOf(range, Date.now())
      const labels = await logsApi.labels(sourceId ?? '', window, signal)
      const label = serviceLabels.find((one) => labels.includes(one)) ?? labels[0]
      if (label === undefined) return { label: '', values: [] }
      return { label, values: await logsApi.labelValues(sourceId ?? '', label, window, signal) }
    },
  })
}

interface VolumeQuestion {
  readonly sourceId: string
  readonly query: string
  readonly window: { readonly startMs: number; readonly endMs: number }
  readonly stepMs: number
}

/** Lines by level over time; asks nothing while there is no question. */
export function useLogVolume(question: VolumeQuestion | undefined) {
  return useQuery({
    queryKey: ['log-volume', question],
    enabled: question !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: ({ signal }) => {
      if (question === undefined) throw new Error('nothing is asked')
      return logsApi.volume(question.sourceId, question.query, question.window, question.stepMs, signal)
    },
  })
}
