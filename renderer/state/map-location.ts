/** The part of the URL that says which services and calls are shown, and how. */
import { aroundPlace } from '#shared/correlate/trace-questions'
import { formatTimePoint, readRange, type TimeRange } from '#shared/derive/time-range'
import { hrefOf, type LocationCodec } from './location'

export const edgeColumns = ['parent', 'child', 'calls', 'errors', 'source'] as const
export type EdgeColumn = (typeof edgeColumns)[number]

export interface MapLocation {
  /** Ids of the sources to ask; none means all. */
  readonly sources: readonly string[]
  readonly view: 'map' | 'table'
  readonly range: TimeRange
  /** Why the range is not the one of the URL; not written into it. */
  readonly rangeProblem: string | undefined
  readonly filter: string
  /** Calls of a service to itself are shown too. */
  readonly within: boolean
  /** What stands at the calls, besides how many there are. */
  readonly figure: MapFigure
  /** Name of the service whose neighbourhood is shown; empty for all. */
  readonly focus: string
  /** How many calls away from it, in either direction. */
  readonly depth: number
  /** Calls of fewer than so many a second are left out. */
  readonly leastRate: number
  /** Services that are not shown. */
  readonly hidden: readonly string[]
  /** Beside the window before. */
  readonly compared: boolean
  /** The query of the link of a trace that is laid over it (trace-location.ts); empty for none. */
  readonly trace: string
  /** What the details are of: the name of a service, or an edge's id; empty for none. */
  readonly selected: string
  readonly sort: { readonly column: EdgeColumn; readonly descending: boolean }
}

export const mapFigures = ['errors', 'p95', 'rate'] as const
export type MapFigure = (typeof mapFigures)[number]

/** More would make the link too long to be copied. */
const mostHidden = 50
export const depths = [1, 2, 3, 5] as const

/** Jaeger's own default: its jobs run once a day. */
export const lastDay: TimeRange = { from: 'now-24h', to: 'now' }

export const mapLocation: LocationCodec<MapLocation> = {
  path: '/map',
  parse: (params) => {
    const [name, direction] = (params.get('sort') ?? 'calls.desc').split('.')
    const least = Number(params.get('least') ?? 0)
    const depth = Number(params.get('depth'))
    return {
      sources: params.getAll('source'),
      view: params.get('view') === 'table' ? 'table' : 'map',
      ...readRange(params, lastDay, Date.now()),
      figure: mapFigures.find((figure) => figure === params.get('figure')) ?? 'errors',
      focus: params.get('focus') ?? '',
      depth: depths.find((one) => one === depth) ?? 1,
      leastRate: Number.isFinite(least) && least > 0 ? least : 0,
      hidden: params.getAll('hide').slice(0, mostHidden),
      compared: params.get('compare') === '1',
      trace: params.get('trace') ?? '',
      selected: params.get('selected') ?? '',
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
    for (const id of state.sources) params.append('source', id)
    if (state.range.from !== lastDay.from || state.range.to !== lastDay.to) {
      params.set('from', formatTimePoint(state.range.from))
      params.set('to', formatTimePoint(state.range.to))
    }
    if (state.view === 'table') params.set('view', 'table')
    if (state.figure !== 'errors') params.set('figure', state.figure)
    if (state.focus !== '') params.set('focus', state.focus)
    if (state.depth !== 1) params.set('depth', String(state.depth))
    if (state.leastRate > 0) params.set('least', String(state.leastRate))
    for (const name of state.hidden.slice(0, mostHidden)) params.append('hide', name)
    if (state.compared) params.set('compare', '1')
    if (state.trace !== '') params.set('trace', state.trace)
    if (state.selected !== '') params.set('selected', state.selected)
    if (state.filter !== '') params.set('filter', state.filter)
    if (state.within) params.set('within', '1')
    if (state.sort.column !== 'calls' || !state.sort.descending)
      params.set('sort', `${state.sort.column}.${state.sort.descending ? 'desc' : 'asc'}`)
    return params
  },
}

/** The link to a map; what is left out is as on a map nobody has changed. */
export function hrefOfMap(map: Partial<MapLocation>): string {
  return hrefOf(mapLocation, { ...mapLocation.parse(new URLSearchParams()), ...map })
}

/** The link to a service on the map, among those that call it and that it calls. */
export function hrefOnMap(
  service: string,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
): string {
  const range = { from: Math.floor(startMs), to: Math.ceil(endMs) }
  return hrefOfMap({ range, focus: service, selected: service })
}

/** The map with a trace laid over it, as calls were around its time. `link`: the query of its own link. */
export function hrefOfTraceOnMap(
  link: string,
  when: { readonly startMs: number; readonly endMs: number },
): string {
  const { startMs, endMs } = aroundPlace(when)
  return hrefOfMap({ trace: link, range: { from: Math.floor(startMs), to: Math.ceil(endMs) } })
}
