/** The part of the URL that says how services are looked at. */
import { formatTimePoint, lastHour, readRange, type TimeRange } from '#shared/derive/time-range'
import type { LocationCodec } from './location'

export const serviceOrders = ['worse', 'slowest', 'name'] as const
export type ServiceOrder = (typeof serviceOrders)[number]

export interface OverviewLocation {
  /** Id of the source; empty means the first that keeps metrics. */
  readonly source: string
  readonly range: TimeRange
  /** Why the range is not the one of the URL; not written into it. */
  readonly rangeProblem: string | undefined
  /** Asks again as time goes on. */
  readonly follow: boolean
  /** The service whose durations are drawn; empty for the first. */
  readonly service: string
  readonly filter: string
  readonly order: ServiceOrder
}

export const overviewLocation: LocationCodec<OverviewLocation> = {
  path: '/overview',
  parse: (params) => ({
    source: params.get('source') ?? '',
    ...readRange(params, lastHour, Date.now()),
    follow: params.get('follow') === '1',
    service: params.get('service') ?? '',
    filter: params.get('filter') ?? '',
    order: serviceOrders.find((order) => order === params.get('order')) ?? 'worse',
  }),
  format: ({ source, range, follow, service, filter, order }) => {
    const params = new URLSearchParams()
    if (source !== '') params.set('source', source)
    if (range.from !== lastHour.from || range.to !== lastHour.to) {
      params.set('from', formatTimePoint(range.from))
      params.set('to', formatTimePoint(range.to))
    }
    if (follow) params.set('follow', '1')
    if (service !== '') params.set('service', service)
    if (filter !== '') params.set('filter', filter)
    if (order !== 'worse') params.set('order', order)
    return params
  },
}
