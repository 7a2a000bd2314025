/** Which kind of span a histogram measures, as its name and the series that are asked for tell. */
import type { Matcher } from '#shared/query/promql/matcher'
import type { SpanKindName } from '#shared/trace/table'

/** By conventions of OpenTelemetry, old and stable, and by the names of others: the first that fits is meant. */
const byName: readonly (readonly [RegExp, SpanKindName])[] = [
  [/^(http|rpc|db)_client_\w*duration|^traces_service_graph_request_client_seconds/, 'client'],
  [/^messaging_process_/, 'consumer'],
  [/^messaging_publish_/, 'producer'],
  [/^(http|rpc)_server_\w*duration|^traces_service_graph_request_server_seconds/, 'server'],
  [/^(?!\w*client)\w+_request_duration_seconds/, 'server'],
]

/** Undefined where its name does not tell, as of span metrics, which measure all kinds. */
export const kindMeasured = (metric: string): SpanKindName | undefined =>
  byName.find(([name]) => name.test(metric))?.[1]

const kinds: readonly SpanKindName[] = ['server', 'consumer', 'client', 'producer', 'internal']

const kindIn = (value: string): SpanKindName | undefined =>
  kinds.find((kind) => value === `SPAN_KIND_${kind.toUpperCase()}`)

/** The one kind that span metrics are asked for, or that a series of them names; a search can ask for one kind only, so those of several stand for the requests among them. */
export function kindOfSpanMetrics(matchers: readonly Matcher[]): SpanKindName | undefined {
  const matcher = matchers.find(({ name, op }) => name === 'span_kind' && (op === '=' || op === '=~'))
  const asked = matcher?.value.split('|').map((value) => kindIn(value)) ?? []
  return kinds.find((kind) => asked.includes(kind))
}

/** The kind that the labels of a series name. */
export const kindOfLabels = (labels: Readonly<Record<string, string>>): SpanKindName | undefined =>
  kindIn(labels.span_kind ?? '')
