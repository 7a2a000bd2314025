/** The part of the URL that says which calls are shown, and how. */
import { formatTimePoint, readRange, type TimeRange } from '#shared/derive/time-range'
import type { LocationCodec } from '../state/location'

export const edgeColumns = ['parent', 'child', 'calls', 'errors', 'source'] as const
export type EdgeColumn = (typeof edgeColumns)[number]

export interface DependenciesLocation {
  readonly range: TimeRange
  /** Why the range is not the one of the URL; not written into it. */
  readonly rangeProblem: string | undefined
  readonly filter: string
  /** Calls of a service to itself are shown too. */
  readonly within: boolean
  readonly sort: { readonly column: EdgeColumn; readonly descending: boolean }
}

/** Jaeger's own default: its jobs run once a day. */
export const lastDay: TimeRange = { from: 'now-24h', to: 'now' }

export const dependenciesLocation: LocationCodec<DependenciesLocation> = {
  path: '/map',
  parse: (params) => {
    const [name, direction] = (params.get('sort') ?? 'calls.desc').split('.')
    return {
      ...readRange(params, lastDay, Date.now()),
      filter: params.get('filter') ?? '',
      within: params.get('within') === '1',
      sort: {
        column: edgeColumns.find((column) => column === name) ?? 'calls',
        descending: direction !== 'asc',
      },
    }
  },
  format: (state) => {
    const params = new URLSearchParams()
    if (state.range.from !== lastDay.from || state.range.to !== lastDay.to) {
      params.set('from', formatTimePoint(state.range.from))
      params.set('to', formatTimePoint(state.range.to))
    }
    if (state.filter !== '') params.set('filter', state.filter)
    if (state.within) params.set('within', '1')
    if (state.sort.column !== 'calls' || !state.sort.descending)
      params.set('sort', `${state.sort.column}.${state.sort.descending ? 'desc' : 'asc'}`)
    return params
  },
}
