/** Links that hold a query in a language of its own: APIs of Tempo, Loki and Prometheus, and Prometheus's page. */
import { endsIn, type Link } from './link-parts'
import { durationNs, rangeBack, rangeOf } from './link-time'
import type { Pasted } from './pasted'
import { countOf, searchOf, tagsOf } from './pasted-search'

/** A LogQL query: lines, or numbers counted from them. */
export const pastedLogql = (query: string, range: Pasted['range']): Pasted =>
  /^\s*\{/.test(query)
    ? { kind: 'lines', query, range }
    : { kind: 'chart', language: 'logql', queries: [query], range }

/** Queries of Prometheus's page: `g0.expr`, `g1.expr`, … */
function ofPage({ get }: Link): readonly Pasted[] | undefined {
  const queries = Array.from({ length: 12 }, (_, at) => get(`g${at}.expr`) ?? '').filter(
    (query) => query !== '',
  )
  if (queries.length === 0) return undefined
  const end = get('g0.end_input') ?? get('g0.moment_input')
  return [
    { kind: 'chart', language: 'promql', queries, range: rangeBack(get('g0.range_input') ?? '1h', end) },
  ]
}

export function queryLink(link: Link): readonly Pasted[] | undefined {
  const { get } = link
  const range = rangeOf(get('start'), get('end')) ?? rangeBack(get('since'), get('end'))
  if (endsIn(link, 'api', 'search') && (get('q') ?? get('tags')) !== undefined)
    return [
      searchOf({
        traceql: get('q') ?? '',
        tags: tagsOf(get('tags') ?? ''),
        minDurationNs: durationNs(get('minDuration')),
        maxDurationNs: durationNs(get('maxDuration')),
        limit: countOf(get('limit')),
        range,
      }),
    ]
  const query = get('query') ?? ''
  const isQuery = ['query', 'query_range', 'tail'].some((last) => endsIn(link, 'api', 'v1', last))
  if (isQuery && query !== '')
    return [
      link.segments.includes('loki')
        ? pastedLogql(query, range)
        : { kind: 'chart', language: 'promql', queries: [query], range },
    ]
  return ofPage(link)
}
