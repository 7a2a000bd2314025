/** The part of the URL that says whose series are counted. */
import type { LocationCodec } from './location'

export const metricOrders = ['largest', 'growing'] as const
export type MetricOrder = (typeof metricOrders)[number]

export interface CardinalityLocation {
  /** Id of the source; empty means the first that keeps metrics. */
  readonly source: string
  /** The metric whose labels are looked at; empty for the one that holds most. */
  readonly metric: string
  readonly order: MetricOrder
}

export const cardinalityLocation: LocationCodec<CardinalityLocation> = {
  path: '/cardinality',
  parse: (params) => ({
    source: params.get('source') ?? '',
    metric: params.get('metric') ?? '',
    order: metricOrders.find((order) => order === params.get('order')) ?? 'largest',
  }),
  format: ({ source, metric, order }) => {
    const params = new URLSearchParams()
    if (source !== '') params.set('source', source)
    if (metric !== '') params.set('metric', metric)
    if (order !== 'largest') params.set('order', order)
    return params
  },
}
