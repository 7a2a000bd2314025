/** TraceQL text from the form of the search page. Language: https://grafana.com/docs/tempo/latest/traceql/ */
import type { TraceQuery } from '#shared/api/contract'
import { type DurationBound, leastBound, mostBound } from '#shared/api/duration-bound'
import { kindOfTag } from '#shared/api/kind-tag'

const nsOf = { h: 3_600_000_000_000, m: 60_000_000_000, s: 1_000_000_000, ms: 1_000_000, us: 1_000, ns: 1 }

/**
 * The query a form means: what the person wrote in TraceQL, or else every condition of the form on one and the same span, as Jaeger
 * understands its form, so that one form asks the same of every source.
 */
export function traceqlOf(query: TraceQuery): string {
  const written = query.traceql.trim()
  if (written !== '') return written
  const conditions: string[] = []
  if (query.service !== '') conditions.push(`resource.service.name = ${quote(query.service)}`)
  if (query.operation !== '') conditions.push(`name = ${quote(query.operation)}`)
  for (const { key, value } of query.tags) conditions.push(tagCondition(key.trim(), value))
  if (query.minDurationNs !== undefined)
    conditions.push(`duration >${bound(leastBound(query.minDurationNs))}`)
  if (query.maxDurationNs !== undefined) conditions.push(`duration <${bound(mostBound(query.maxDurationNs))}`)
  if (query.spanKind !== undefined) conditions.push(`kind = ${query.spanKind}`)
  if (query.errorsOnly) conditions.push('status = error')
  return conditions.length === 0 ? '{}' : `{ ${conditions.join(' && ')} }`
}

const bound = ({ isOpen, ns }: DurationBound): string => `${isOpen ? '' : '='} ${traceqlDuration(ns)}`

/** A string literal; TraceQL escapes as Go does. */
function quote(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
  return `"${escaped}"`
}

/** Whole nanoseconds in the largest unit that keeps them exact. */
export function traceqlDuration(ns: number): string {
  const whole = Math.max(0, Math.round(ns))
  for (const [unit, size] of Object.entries(nsOf)) {
    if (whole >= size && whole % size === 0) return `${whole / size}${unit}`
  }
  return `${whole}ns`
}

/** One tag of the form. Words that Jaeger keeps as tags and TraceQL as intrinsics mean the same in both. */
function tagCondition(key: string, value: string): string {
  const lower = value.toLowerCase()
  if (key === 'error' && lower === 'true') return 'status = error'
  if (key === 'error' && lower === 'false') return 'status != error'
  if (key === 'otel.status_code' && ['error', 'ok', 'unset'].includes(lower)) return `status = ${lower}`
  const kind = kindOfTag({ key, value })
  if (kind !== undefined) return `kind = ${kind}`
  const name = attribute(key)
  // A tag typed as 500 may have been recorded as a number or as text: both are meant.
  if (/^-?(0|[1-9]\d{0,17})(\.\d+)?$/.test(value) || value === 'true' || value === 'false') {
    return `(${name} = ${value} || ${name} = ${quote(value)})`
  }
  return `${name} = ${quote(value)}`
}

/** `.key` on the span or its resource; a key that names its scope keeps it; odd characters are quoted. */
function attribute(key: string): string {
  const scoped = /^(resource|span|event|link|instrumentation)\.(.+)$/s.exec(key)
  const scope = scoped === null || key === 'span.kind' ? '' : scoped[1]
  const name = scoped === null || scope === '' ? key.replace(/^\./, '') : scoped[2]
  return `${scope}.${/^[\w.:/@#$%*+-]+$/.test(name) ? name : quote(name)}`
}
