/** A few words for a query, such as fit into a step of the thread: what it measures, and of what. */

/** Matchers that name a service, in the languages of metrics and logs. */
const ofService = /\b(?:service_name|service|job|app|container)\s*=~?\s*"([^"]+)"/
const quantile = /histogram_quantile\(\s*(0?\.\d+|1)/
/** A metric in a selector, or alone; names that are followed by a bracket are functions. */
const metric = /([a-zA-Z_:][\w:]*)\s*[{[]/
const traceId = /\b([0-9a-f]{16,32})\b/
/** Beside the id of its trace, that of a span. */
const spanId = /\b([0-9a-f]{16})\b/

const withService = (what: string, query: string): string => {
  const service = ofService.exec(query)?.[1]
  return service === undefined ? what : `${what} of ${service}`
}

/** `p99 of order-service`, `db_client_connections_usage of payment-service`; the query itself where it is neither. */
export function titleOfPromql(query: string): string {
  const share = quantile.exec(query)?.[1]
  if (share !== undefined) return withService(`p${Math.round(Number(share) * 1e4) / 100}`, query)
  const name = metric.exec(query)?.[1]
  return name === undefined ? query.trim() : withService(name, query)
}

/** What lines must hold, in either kind of quotes. */
const lineFilter = /\|=\s*(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`)/

/** `Lines of payment-service`, `Lines with “pool”`, `Lines of trace 4be1f0c2…`, `Lines of span 00f067aa…`. */
export function titleOfLogql(query: string): string {
  const id = traceId.exec(query)?.[1]
  const span = /\b[0-9a-f]{32}\b/.test(query) ? spanId.exec(query)?.[1] : undefined
  if (span !== undefined) return `Lines of span ${span.slice(0, 8)}…`
  if (id !== undefined) return `Lines of trace ${id.slice(0, 8)}…`
  const service = ofService.exec(query)?.[1]
  if (service !== undefined && service !== '.+') return `Lines of ${service}`
  const [, quoted, raw] = lineFilter.exec(query) ?? []
  const words = raw ?? quoted?.replaceAll(/\\(.)/g, '$1')
  if (words !== undefined) return `Lines with “${words}”`
  return service === undefined ? query.trim() : 'Lines of all services'
}
