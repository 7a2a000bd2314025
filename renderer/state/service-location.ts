/** The part of the URL that says which service is looked at, and when. */
import { formatTimePoint, lastHour, readRange, type TimeRange } from '#shared/derive/time-range'
import type { LocationCodec } from './location'

export interface ServiceLocation {
  /** Id of the source; empty means the first that keeps metrics. */
  readonly source: string
  readonly service: string
  readonly range: TimeRange
  /** Why the range is not the one of the URL; not written into it. */
  readonly rangeProblem: string | undefined
  /** Asks again as time goes on. */
  readonly follow: boolean
}

export const serviceLocation: LocationCodec<ServiceLocation> = {
  path: '/service',
  parse: (params) => ({
    source: params.get('source') ?? '',
    service: params.get('service') ?? '',
    ...readRange(params, lastHour, Date.now()),
    follow: params.get('follow') === '1',
  }),
  format: ({ source, service, range, follow }) => {
    const params = new URLSearchParams()
    if (source !== '') params.set('source', source)
    params.set('service', service)
    if (range.from !== lastHour.from || range.to !== lastHour.to) {
      params.set('from', formatTimePoint(range.from))
      params.set('to', formatTimePoint(range.to))
    }
    if (follow) params.set('follow', '1')
    return params
  },
}
