/** The part of the URL that says which service is looked at, and when. */
import { formatTimePoint, lastHour, readRange, type TimeRange } from '#shared/derive/time-range'
import { hrefOf, type LocationCodec } from './location'
import { type ChartMark, formatMark, readMark } from './chart-mark'

export interface ServiceLocation {
  /** Id of the source; empty means the first that keeps metrics. */
  readonly source: string
  readonly service: string
  readonly range: TimeRange
  /** Why the range is not the one of the URL; not written into it. */
  readonly rangeProblem: string | undefined
  /** Asks again as time goes on. */
  readonly follow: boolean
  /** Marked on every chart. */
  readonly mark: ChartMark | undefined
}

export const serviceLocation: LocationCodec<ServiceLocation> = {
  path: '/service',
  parse: (params) => ({
    source: params.get('source') ?? '',
    service: params.get('service') ?? '',
    ...readRange(params, lastHour, Date.now()),
    follow: params.get('follow') === '1',
    mark: readMark(params),
  }),
  format: ({ source, service, range, follow, mark }) => {
    const params = new URLSearchParams()
    if (source !== '') params.set('source', source)
    params.set('service', service)
    if (range.from !== lastHour.from || range.to !== lastHour.to) {
      params.set('from', formatTimePoint(range.from))
      params.set('to', formatTimePoint(range.to))
    }
    if (follow) params.set('follow', '1')
    if (mark) params.set('mark', formatMark(mark))
    return params
  },
}

/** The link to a service over a stretch of time. */
export const hrefOfServicePage = (
  service: string,
  place: Partial<Omit<ServiceLocation, 'service'>>,
): string => hrefOf(serviceLocation, { ...serviceLocation.parse(new URLSearchParams()), ...place, service })
