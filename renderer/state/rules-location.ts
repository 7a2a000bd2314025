/** The part of the URL that says which rule of a source is looked at, and when. */
import { formatTimePoint, lastHour, readRange, type TimeRange } from '#shared/derive/time-range'
import type { LocationCodec } from './location'

export interface RulesLocation {
  /** Id of the source; empty means the first that keeps metrics. */
  readonly source: string
  /** Group and name of the rule that is drawn; empty for the first. */
  readonly rule: string
  readonly range: TimeRange
  /** Why the range is not the one of the URL; not written into it. */
  readonly rangeProblem: string | undefined
  /** Asks again as time goes on. */
  readonly follow: boolean
}

export const rulesLocation: LocationCodec<RulesLocation> = {
  path: '/rules',
  parse: (params) => ({
    source: params.get('source') ?? '',
    rule: params.get('rule') ?? '',
    ...readRange(params, lastHour, Date.now()),
    follow: params.get('follow') === '1',
  }),
  format: ({ source, rule, range, follow }) => {
    const params = new URLSearchParams()
    if (source !== '') params.set('source', source)
    if (rule !== '') params.set('rule', rule)
    if (range.from !== lastHour.from || range.to !== lastHour.to) {
      params.set('from', formatTimePoint(range.from))
      params.set('to', formatTimePoint(range.to))
    }
    if (follow) params.set('follow', '1')
    return params
  },
}
