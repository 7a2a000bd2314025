/** What a metric query over logs answers, in the shape that charts are made of. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { LogSeries } from '#shared/api/logs'
import type { MetricSeries, SampleValue } from '#shared/api/metrics'
import type { AskedWindow } from '#shared/metrics/step'
import { logsApi } from '../client/logs-api'

/** A value as Loki writes it. */
function valueOf(text: string): SampleValue {
  const value = Number(text)
  if (Number.isFinite(value)) return value
  return text === '+Inf' || text === '-Inf' ? text : 'NaN'
}

const seriesOf = ({ labels, values }: LogSeries): MetricSeries => ({
  labels,
  times: values.map(([seconds]) => seconds),
  values: values.map(([, text]) => valueOf(text)),
  histograms: [],
})

/** The series of a metric query; asks nothing while the query is empty. The answer before stays until the next is there. */
export function useLogMetric(sourceId: string, query: string, window: AskedWindow) {
  return useQuery({
    queryKey: ['log-metric', sourceId, query, window],
    enabled: query !== '',
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: query === '' ? undefined : keepPreviousData,
    queryFn: async ({ signal }) =>
      (await logsApi.metric(sourceId, query, window, window.stepMs, signal)).map(seriesOf),
  })
}
