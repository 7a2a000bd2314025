/** The part of the URL that says which log lines are looked for, and how they are seen. */
import { formatTimePoint, lastHour, readRange, type TimeRange } from '#shared/derive/time-range'
import type { Order } from '#shared/logs/read-lines'
import { hrefOf, type LocationCodec } from './location'

export interface LogLocation {
  /** Id of the source; empty for the first there is. */
  readonly source: string
  /** LogQL; empty while nothing is asked. */
  readonly query: string
  readonly range: TimeRange
  /** Why the range is not the one of the URL; not written into it. */
  readonly rangeProblem: string | undefined
  readonly order: Order
  /** Long lines are shown whole, over several rows. */
  readonly wrap: boolean
  /** Lines that say the same, one after the other, are one row. */
  readonly fold: boolean
  /** Labels, metadata and fields that have a column of their own. */
  readonly columns: readonly string[]
  /** Lines that come are added, newest first. */
  readonly follow: boolean
  /** What is looked for in the lines that are there. */
  readonly find: string
  /** The services whose lines a pivot led to, by their names in traces: where there are none, they are looked for. None where nobody led here. */
  readonly of: readonly string[]
  /** Which of their instances; empty for all. */
  readonly instance: string
}

export const logLocation: LocationCodec<LogLocation> = {
  path: '/logs',
  parse: (params) => ({
    ...readRange(params, lastHour, Date.now()),
    source: params.get('source') ?? '',
    query: params.get('query') ?? '',
    // New lines come in at the top.
    order: params.get('order') === 'oldest' && params.get('live') !== '1' ? 'oldest' : 'newest',
    wrap: params.get('wrap') === '1',
    fold: params.get('fold') === '1',
    columns: params.getAll('column'),
    follow: params.get('live') === '1',
    find: params.get('find') ?? '',
    of: params.getAll('of'),
    instance: params.get('instance') ?? '',
  }),
  format: (state) => {
    const params = new URLSearchParams()
    if (state.source !== '') params.set('source', state.source)
    if (state.query !== '') params.set('query', state.query)
    if (state.query !== '' || state.range.from !== lastHour.from || state.range.to !== lastHour.to) {
      params.set('from', formatTimePoint(state.range.from))
      params.set('to', formatTimePoint(state.range.to))
    }
    if (state.order === 'oldest') params.set('order', 'oldest')
    if (state.follow) params.set('live', '1')
    if (state.wrap) params.set('wrap', '1')
    if (state.fold) params.set('fold', '1')
    for (const column of state.columns) params.append('column', column)
    if (state.find !== '') params.set('find', state.find)
    for (const service of state.of) params.append('of', service)
    if (state.instance !== '') params.set('instance', state.instance)
    return params
  },
}

/** The link to lines; what is left out is as on a page nobody has asked anything. */
export function hrefOfLogs(logs: Partial<LogLocation>): string {
  return hrefOf(logLocation, { ...logLocation.parse(new URLSearchParams()), ...logs })
}
