/** The part of the URL that says whose series are counted. */
import type { LocationCodec } from './location'

export interface CardinalityLocation {
  /** Id of the source; empty means the first that keeps metrics. */
  readonly source: string
  /** The metric whose labels are looked at; empty for the one that holds most. */
  readonly metric: string
}

export const cardinalityLocation: LocationCodec<CardinalityLocation> = {
  path: '/cardinality',
  parse: (params) => ({ source: params.get('source') ?? '', metric: params.get('metric') ?? '' }),
  format: ({ source, metric }) => {
    const params = new URLSearchParams()
    if (source !== '') params.set('source', source)
    if (metric !== '') params.set('metric', metric)
    return params
  },
}
