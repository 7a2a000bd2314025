/** Which histograms of a source of metrics measure which services: found once for a while, in the background, with at most nine requests. */
import { queryOptions, useQueries, useQuery } from '@tanstack/react-query'
import type { Source } from '#shared/api/contract'
import type { Labels } from '#shared/api/logs'
import { measureOf, type MeasuredService } from '#shared/correlate/service-panels'
import { labelQuery, redFamilies, type RedFamily } from '#shared/metrics/red'
import { metricsApi } from '../client/metrics-api'
import { keptOf } from './kept-answer'

const staleTime = 10 * 60_000
const hourMs = 3_600_000

interface Measures {
  readonly family: RedFamily
  readonly groups: readonly Labels[]
}

async function learn(id: string, atMs: number, signal: AbortSignal): Promise<readonly Measures[]> {
  const window = { startMs: atMs - hourMs, endMs: atMs }
  const families = redFamilies(await metricsApi.labelValues(id, '__name__', '', window, signal))
  return Promise.all(
    families.map(async (family) => {
      const { series } = await metricsApi.query(id, labelQuery(family), atMs, signal)
      return { family, groups: series.map(({ labels }) => labels) }
    }),
  )
}

const measuresQuery = (id: string, atMs: number) =>
  queryOptions({
    queryKey: ['metric-facts', id, Math.floor(atMs / hourMs)],
    queryFn: ({ signal }) => learn(id, atMs, signal),
    staleTime,
    gcTime: staleTime,
    retry: false,
  })

/** A service in a source that measures it. */
export interface FoundMeasure extends MeasuredService {
  readonly source: Pick<Source, 'id' | 'name'>
}

/** Everything in one source that measures a service at a moment, the most telling first. */
export function useMeasures(source: string | undefined, service: string, atMs: number) {
  return useQuery({
    ...measuresQuery(source ?? '', atMs),
    enabled: source !== undefined,
    placeholderData: keptOf('metric-facts', source),
    select: (known): readonly MeasuredService[] =>
      known.flatMap(({ family, groups }) => measureOf(service, family, groups) ?? []),
  })
}

/** What measures a service at a moment, in any of these sources: `found` once, `isAsking` until all have answered. */
export function useMeasure(
  sources: readonly Pick<Source, 'id' | 'name'>[],
  service: string | undefined,
  atMs: number,
): { readonly found: FoundMeasure | undefined; readonly isAsking: boolean } {
  return useQueries({
    queries: sources.map(({ id }) => ({ ...measuresQuery(id, atMs), enabled: service !== undefined })),
    combine: (answers) => ({
      found: answers
        .flatMap(({ data }, at) =>
          (data ?? []).flatMap(({ family, groups }) => {
            const measured = service === undefined ? undefined : measureOf(service, family, groups)
            return measured === undefined ? [] : [{ ...measured, source: sources[at] }]
          }),
        )
        .at(0),
      isAsking: answers.some(({ isFetching }) => isFetching),
    }),
  })
}
