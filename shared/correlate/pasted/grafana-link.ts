/**
 * Links of Grafana: Explore as it writes them today (`panes`) and wrote them before (`left`, a list or an object), and its drilldown apps.
 *   /explore?schemaVersion=1&panes={"a":{"datasource":"uid","queries":[{"datasource":{"type":"tempo"},"query":"{…}"}],"range":{…}}}
 *   /explore?left=["now-1h","now","Tempo",{"query":"4be1…"}]
 */
import { readDrilldown } from './grafana-drilldown'
import { durationNs, rangeOf } from './link-time'
import { jsonOf, type Link, listOf, memberOf, textOf } from './link-parts'
import type { Pasted, PastedChart } from './pasted'
import { countOf, searchOf, tagsOf } from './pasted-search'
import { pastedLogql } from './query-link'
import { tracesNamedIn } from './trace-ids'

/** Which source a query is for: its type where the link says it, else a name somebody gave it. */
function sourceOf(query: unknown, pane: unknown): string {
  const own = memberOf(query, 'datasource') ?? pane
  return (typeof own === 'string' ? own : `${textOf(own, 'type')} ${textOf(own, 'uid')}`).toLowerCase()
}

/** LogQL where the source says so; where nothing does, by what only one of the two languages has. */
const isLogql = (expr: string, source: string): boolean =>
  source.includes('loki') ||
  (!/prom|mimir|thanos|cortex|victoria/.test(source) &&
    (/^\s*\{(?![^}]*__name__)/.test(expr) || /\|[=~>]|!~\s*`|\|\s*(json|logfmt|line_format)\b/.test(expr)))

/** TraceQL of the search form of Grafana's Tempo. */
function traceqlOf(filters: readonly unknown[]): string {
  const terms = filters.flatMap((filter) => {
    const [tag, scope, operator] = ['tag', 'scope', 'operator'].map((name) => textOf(filter, name))
    const value = memberOf(filter, 'value')
    const values =
      listOf(value).length > 0 ? listOf(value).map(String) : [typeof value === 'string' ? value : '']
    if (
      tag === '' ||
      values[0] === '' ||
      !/^[\w.:/-]+$/.test(tag) ||
      !/^([!=]?=|!=|[=!]~|[<>]=?)$/.test(operator)
    )
      return []
    const name = { resource: 'resource.', span: 'span.', unscoped: '.' }[scope] ?? ''
    const isText = !['duration', 'keyword', 'int', 'float', 'boolean'].includes(textOf(filter, 'valueType'))
    const isPlain = values.length === 1 && !isText && /^[\w.+-]+$/.test(values[0])
    const many = values.length > 1 && operator === '=' ? '=~' : operator
    return [`${name}${tag} ${many} ${isPlain ? values[0] : JSON.stringify(values.join('|'))}`]
  })
  return terms.length === 0 ? '' : `{ ${terms.join(' && ')} }`
}

function askedBy(query: unknown, source: string, range: Pasted['range']): readonly Pasted[] {
  const [type, text, expr] = ['queryType', 'query', 'expr'].map((name) => textOf(query, name))
  if (expr !== '')
    return [
      isLogql(expr, source)
        ? pastedLogql(expr, range)
        : { kind: 'chart', language: 'promql', queries: [expr], range },
    ]
  if (type === 'serviceMap' || type === 'dependencyGraph') return [{ kind: 'map', range }]
  const traceql = traceqlOf(listOf(memberOf(query, 'filters')))
  if (type === 'traceqlSearch') return traceql === '' ? [] : [searchOf({ traceql, range })]
  const service = textOf(query, 'service') || textOf(query, 'serviceName')
  if (type === 'search' || type === 'nativeSearch')
    return [
      searchOf({
        service,
        operation: textOf(query, 'operation') || textOf(query, 'spanName'),
        tags: tagsOf(textOf(query, 'tags') || textOf(query, 'search')),
        minDurationNs: durationNs(textOf(query, 'minDuration')),
        maxDurationNs: durationNs(textOf(query, 'maxDuration')),
        limit: countOf(textOf(query, 'limit')),
        range,
      }),
    ]
  if (/^\s*\{/.test(text)) return [searchOf({ traceql: text.trim(), range })]
  return tracesNamedIn(text.trim()).map((trace) => ({ ...trace, from: 'link', isSure: true, range }))
}

/** What one pane asks; its queries of metrics are one page of charts. */
function readPane(pane: unknown): readonly Pasted[] {
  const isList = Array.isArray(pane)
  const parts = listOf(pane)
  const [from, to] = isList
    ? [parts[0], parts[1]].map((part) => (typeof part === 'string' ? part : undefined))
    : ['from', 'to'].map((name) => textOf(memberOf(pane, 'range'), name) || undefined)
  const queries = isList ? parts.slice(3) : listOf(memberOf(pane, 'queries'))
  const datasource = isList ? parts[2] : memberOf(pane, 'datasource')
  const range = rangeOf(from, to)
  const asked = queries.slice(0, 24).flatMap((query) => askedBy(query, sourceOf(query, datasource), range))
  const charts = asked.filter((one): one is PastedChart => one.kind === 'chart')
  const joined = [...Map.groupBy(charts, ({ language }) => language)].map(([language, all]) => ({
    kind: 'chart' as const,
    language,
    queries: all.flatMap(({ queries: own }) => own),
    range,
  }))
  return [...asked.filter(({ kind }) => kind !== 'chart'), ...joined]
}

/** Undefined for what is no link of Grafana's. */
export function readGrafana(link: Link): readonly Pasted[] | undefined {
  if (link.segments.includes('a')) return readDrilldown(link)
  if (!link.segments.includes('explore')) return undefined
  const panes = jsonOf(link.get('panes'))
  const all = [
    ...(typeof panes === 'object' && panes !== null ? Object.values(panes) : []),
    ...['left', 'right'].map((name) => jsonOf(link.get(name))),
  ]
  return all.slice(0, 4).flatMap((pane) => readPane(pane))
}
