/** What a search asks a source, in the words of that kind of source: what is sent is made of the same. */
import type { Source, TraceQuery } from '#shared/api/contract'
import { withoutKind } from '#shared/api/kind-tag'
import { traceqlOf } from '#shared/api/traceql'

/** Parameters of an address; those that are undefined are left out. */
type Conditions = Readonly<Record<string, string | number | undefined>>

const text = (value: string): string | undefined => (value === '' ? undefined : value)

/** Tags that a span must have; undefined for none. */
export function jaegerTags(query: Pick<TraceQuery, 'tags' | 'errorsOnly'>): string | undefined {
  const tags = Object.fromEntries(query.tags.map(({ key, value }) => [key, value]))
  if (query.errorsOnly) tags['error'] = 'true'
  return Object.keys(tags).length === 0 ? undefined : JSON.stringify(tags)
}

const goDuration = (ns: number | undefined): string | undefined =>
  ns === undefined ? undefined : `${Math.round(ns)}ns`

/** As Jaeger's own form and v1 have them, durations as Go writes them; v3 has other names for the same. */
export const jaegerConditions = (query: TraceQuery) =>
  ({
    service: text(query.service),
    operation: text(query.operation),
    minDuration: goDuration(query.minDurationNs),
    maxDuration: goDuration(query.maxDurationNs),
    tags: jaegerTags(query),
  }) satisfies Conditions

const microseconds = (ns: number | undefined): number | undefined =>
  ns === undefined ? undefined : Math.max(1, Math.round(ns / 1000))

/** Of v2; what kind a span is of is no tag there, and cannot be asked: the page's worker picks out those meant. */
export function zipkinConditions(query: TraceQuery) {
  const annotations = withoutKind(query.tags).map(({ key, value }) =>
    value === '' ? key : `${key}=${value}`,
  )
  if (query.errorsOnly) annotations.push('error')
  return {
    serviceName: text(query.service),
    spanName: text(query.operation),
    annotationQuery: text(annotations.join(' and ')),
    // Zipkin refuses a longest duration without a shortest.
    minDuration: microseconds(query.minDurationNs ?? (query.maxDurationNs === undefined ? undefined : 0)),
    maxDuration: microseconds(query.maxDurationNs),
  } satisfies Conditions
}

/** The conditions of a search, to be read: TraceQL where it is spoken, otherwise what stands in the address that is asked, not encoded. */
export function searchText(query: TraceQuery, { kind, capabilities }: AskedSource): string {
  if (capabilities.traceql) return traceqlOf(query)
  const conditions: Conditions = kind === 'zipkin' ? zipkinConditions(query) : jaegerConditions(query)
  const said = Object.entries(conditions).filter(([, value]) => value !== undefined)
  return said.length === 0
    ? `limit=${query.limit}`
    : said.map(([name, value]) => `${name}=${value}`).join('&')
}

/** What its words depend on. */
export type AskedSource = Pick<Source, 'kind' | 'capabilities'>
