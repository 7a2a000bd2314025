/** The part of the URL that says which traces are looked for, and how their list is seen. */
import type { TagCondition, TraceConditions } from '#shared/api/contract'
import { newestFirst, traceSortColumns, type TraceRegion, type TraceSort } from '#shared/trace/summary'
import { hrefOf, type LocationCodec } from './location'
import { formatTimePoint, lastHour, readRange, type TimeRange } from '#shared/derive/time-range'

export interface SearchLocation extends TraceConditions {
  /** A search has been asked for; without it the page waits. */
  readonly asked: boolean
  /** Ids of the sources to ask; empty means every source of traces. */
  readonly sources: readonly string[]
  /** The reader's own TraceQL, which no form says; empty where the form is the query. */
  readonly traceql: string
  /** With own TraceQL: sources that do not speak it are asked with the form's conditions (otherwise left out). */
  readonly askOthers: boolean
  /** Of what the form finds, only traces that have spans of these services too: servers without TraceQL ask for one service at a time. */
  readonly withServices: readonly string[]
  readonly range: TimeRange
  /** Why the range is not the one of the URL; not written into it. */
  readonly rangeProblem: string | undefined
  readonly limit: number
  readonly sort: TraceSort
  /** What of the scatter is chosen; the table shows only that. */
  readonly region: TraceRegion | undefined
  /** A pivot led here: where nothing is found, what is nearest is looked for. */
  readonly isLed: boolean
  /** By so much the range begins before the place in a chart that led here; 0 where it does not. */
  readonly earlierMs: number
}

export const defaultLimit = 100
/** Jaeger's own page stops at 1,500; whole traces of more than that are hundreds of megabytes. */
export const largestLimit = 2_000

const finite = (text: string | null): number | undefined => {
  if (text === null || text.trim() === '') return undefined
  const value = Number(text)
  return Number.isFinite(value) && value >= 0 ? value : undefined
}

/** `key=value`, split at the first equals sign: keys hold none. */
function readTag(text: string): TagCondition | undefined {
  const at = text.indexOf('=')
  return at > 0 ? { key: text.slice(0, at), value: text.slice(at + 1) } : undefined
}

/** From the URL; newest first where it says nothing. */
export function parseSort(text: string | null): TraceSort {
  const [name, direction] = (text ?? '').split('.')
  const column = traceSortColumns.find((one) => one === name)
  return column ? { column, descending: direction !== 'asc' } : newestFirst
}

/** For the URL; undefined for the order that need not be said. */
export function formatSort(sort: TraceSort): string | undefined {
  if (sort.column === newestFirst.column && sort.descending) return undefined
  return `${sort.column}.${sort.descending ? 'desc' : 'asc'}`
}

/** From the URL. */
export function parseRegion(text: string | null): TraceRegion | undefined {
  const parts = (text ?? '').split('~').map((part) => finite(part))
  const [fromMs, toMs, minNs, maxNs] = parts
  if (fromMs === undefined || toMs === undefined || minNs === undefined || maxNs === undefined)
    return undefined
  return fromMs <= toMs && minNs <= maxNs ? { fromMs, toMs, minNs, maxNs } : undefined
}

/** For the URL: whole milliseconds outwards, so that what is inside stays inside. */
export function formatRegion(region: TraceRegion | undefined): string | undefined {
  if (!region) return undefined
  const { fromMs, toMs, minNs, maxNs } = region
  return [Math.floor(fromMs), Math.ceil(toMs), Math.floor(minNs), Math.ceil(maxNs)].join('~')
}

const yes = '1'

const earlierOf = (text: string | null): number => (text === yes ? 0 : (finite(text) ?? 0))

export const searchLocation: LocationCodec<SearchLocation> = {
  path: '/traces',
  parse: (params) => {
    const limit = finite(params.get('limit'))
    return {
      // A search always names its time, so that a bare `/traces` is an empty form and a copied link is not.
      asked: params.has('from'),
      sources: params.getAll('source'),
      service: params.get('service') ?? '',
      operation: params.get('operation') ?? '',
      tags: params
        .getAll('tag')
        .map((text) => readTag(text))
        .filter((tag) => tag !== undefined),
      minDurationNs: finite(params.get('min')),
      maxDurationNs: finite(params.get('max')),
      errorsOnly: params.get('errors') === '1',
      traceql: params.get('q') ?? '',
      askOthers: params.get('others') === 'form',
      withServices: params.getAll('with'),
      ...readRange(params, lastHour, Date.now()),
      limit: limit === undefined ? defaultLimit : Math.min(largestLimit, Math.max(1, Math.floor(limit))),
      sort: parseSort(params.get('sort')),
      region: parseRegion(params.get('region')),
      isLed: params.has('led'),
      earlierMs: earlierOf(params.get('led')),
    }
  },
  format: (state) => {
    const params = new URLSearchParams()
    for (const source of state.sources) params.append('source', source)
    if (state.service !== '') params.set('service', state.service)
    if (state.operation !== '') params.set('operation', state.operation)
    for (const tag of state.tags) params.append('tag', `${tag.key}=${tag.value}`)
    if (state.minDurationNs !== undefined) params.set('min', String(state.minDurationNs))
    if (state.maxDurationNs !== undefined) params.set('max', String(state.maxDurationNs))
    if (state.errorsOnly) params.set('errors', '1')
    if (state.traceql !== '') params.set('q', state.traceql)
    if (state.askOthers) params.set('others', 'form')
    for (const service of state.withServices) params.append('with', service)
    if (state.asked) {
      params.set('from', formatTimePoint(state.range.from))
      params.set('to', formatTimePoint(state.range.to))
    }
    if (state.limit !== defaultLimit) params.set('limit', String(state.limit))
    const sort = formatSort(state.sort)
    if (sort !== undefined) params.set('sort', sort)
    const region = formatRegion(state.region)
    if (region !== undefined) params.set('region', region)
    if (state.isLed) params.set('led', state.earlierMs > 0 ? String(Math.round(state.earlierMs)) : yes)
    return params
  },
}

/** The link to a search that runs when it is opened. */
export function hrefOfSearch(search: Partial<SearchLocation>): string {
  return hrefOf(searchLocation, {
    ...searchLocation.parse(new URLSearchParams()),
    asked: true,
    ...search,
  })
}

/** Names a search by what is asked, not by how its answer is sorted or cut: the same name, the same answer. */
export function searchKeyOf(state: SearchLocation): string {
  return searchLocation.format({ ...state, sort: newestFirst, region: undefined, isLed: false }).toString()
}
