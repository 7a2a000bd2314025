/** What of the pools, queues, runtimes and containers in one source belongs to a service, as charts. */
import { useQuery } from '@tanstack/react-query'
import { ownersAmong } from '#shared/correlate/service-resources'
import { countIn } from '#shared/metrics/cardinality'
import {
  itemOf,
  limitQuery,
  ownersQuery,
  type Resource,
  resourcesAmong,
  usedQuery,
} from '#shared/metrics/saturation'
import { type Asker, askWarned } from './asker'
import { lastPart, type Window } from './figures'
import { keptOf } from './kept-answer'

/** One chart. */
export interface ResourceChart extends Pick<Resource, 'sign' | 'title' | 'metric'> {
  readonly query: string
  /** How much there is for each instance; undefined where nothing tells. */
  readonly limit: number | undefined
}

/** One thing that can be used up: a pool, a queue, the runtime, the container. */
export interface ServiceResource extends Pick<Resource, 'group'> {
  /** Which pool or queue; empty where it is the only one. */
  readonly item: string
  readonly charts: readonly ResourceChart[]
}

/** Pools are where most incidents begin. */
const groups = ['pool', 'queue', 'runtime', 'container'] as const
const signs = ['utilisation', 'saturation', 'errors'] as const

async function askResources(
  asker: Asker,
  service: string,
  window: Window,
): Promise<readonly ServiceResource[]> {
  const names = await asker.labelValues('__name__', '', window)
  const { range } = lastPart(window)
  const ask = async (query: string) => (await asker.query(query, window.endMs)).series
  const found = await Promise.all(
    resourcesAmong(names).map(async (resource) => {
      const owners = await ask(ownersQuery(resource))
      const owned = ownersAmong(
        resource,
        owners.map(({ labels }) => labels),
      )(service)
      return Promise.all(
        owned.map(async (labels) => {
          const limited = limitQuery(resource, labels)
          const limit = limited === undefined ? 0 : countIn(await ask(limited))
          const { group, sign, title, metric } = resource
          const chart: ResourceChart = {
            sign,
            title,
            metric,
            query: usedQuery(resource, labels, range),
            limit: limit > 0 && Number.isFinite(limit) ? limit : undefined,
          }
          return { group, item: itemOf(labels), chart }
        }),
      )
    }),
  )
  const byItem = Map.groupBy(found.flat(), ({ group, item }) => JSON.stringify([group, item]))
  return [...byItem.values()]
    .map((parts) => ({
      group: parts[0].group,
      item: parts[0].item,
      charts: parts
        .map(({ chart }) => chart)
        .toSorted((one, other) => signs.indexOf(one.sign) - signs.indexOf(other.sign)),
    }))
    .toSorted(
      (one, other) =>
        groups.indexOf(one.group) - groups.indexOf(other.group) || one.item.localeCompare(other.item, 'en'),
    )
}

/** The resources of a service, those that fill up first. */
export function useServiceResources(source: string | undefined, service: string, window: Window) {
  const { data, ...state } = useQuery({
    queryKey: ['service-resources', source, service, window.startMs, window.endMs],
    queryFn: ({ signal }) => askWarned(source ?? '', signal, (asker) => askResources(asker, service, window)),
    enabled: source !== undefined && service !== '',
    placeholderData: keptOf('service-resources', source, service),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
  return { ...state, data: data?.answer, warnings: data?.warnings ?? [] }
}
