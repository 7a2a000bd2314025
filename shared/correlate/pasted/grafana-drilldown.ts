/**
 * Links of Grafana's drilldown apps, whose filters are `var-filters=name|operator|value`, with `__gfp__` for a bar in the value.
 *   /a/grafana-exploretraces-app/explore?traceId=…   …?var-filters=resource.service.name|=|shop
 *   /a/grafana-lokiexplore-app/explore/service/shop/logs?var-filters=service_name|=|shop&var-lineFilters=caseSensitive,0|__gfp__=|pool
 *   /a/grafana-metricsdrilldown-app/drilldown?metric=up&var-filters=job|=|shop
 */
import { hexOfId } from './trace-ids'
import type { Link } from './link-parts'
import { durationNs, rangeOf } from './link-time'
import type { Pasted } from './pasted'
import { searchOf } from './pasted-search'

interface Filter {
  readonly name: string
  readonly operator: string
  readonly value: string
}

const plain = (text: string): string => text.replaceAll('__gfp__', '|').replaceAll('__gfc__', ',')

function filtersOf({ all }: Link, parameter: string): readonly Filter[] {
  return all(parameter).flatMap((text) => {
    const [name = '', operator = '', value = ''] = text.split('|').map(plain)
    // A value may stand twice: for the query, and as people read it.
    const own =
      value.includes(',') && !/lineFilter/i.test(parameter) ? value.slice(0, value.indexOf(',')) : value
    return /^[\w.:/, -]+$/.test(name) && own !== '' ? [{ name, operator, value: own }] : []
  })
}

const matcher = /^(=|!=|=~|!~)$/

const selectorOf = (filters: readonly Filter[]): string =>
  filters
    .filter(({ name, operator }) => /^[a-zA-Z_]\w*$/.test(name) && matcher.test(operator))
    .map(({ name, operator, value }) => `${name}${operator}${JSON.stringify(value)}`)
    .join(', ')

function readTraces(link: Link, range: Pasted['range']): readonly Pasted[] {
  const hex = hexOfId(link.get('traceId') ?? '')
  const span = /^[0-9a-f]{16}$/i.exec(link.get('spanId') ?? '')?.[0].toLowerCase()
  if (hex !== undefined)
    return [
      { kind: 'trace', traceId: hex.padStart(32, '0'), spanId: span, range, from: 'link', isSure: true },
    ]
  const terms = filtersOf(link, 'var-filters')
    .filter(({ name, operator }) => /^[\w.:/-]+$/.test(name) && /^([!=]=?|[=!]~|[<>]=?)$/.test(operator))
    .map(({ name, operator, value }) => {
      const isBare = /^(status|kind)$/.test(name)
        ? /^[a-z]+$/.test(value)
        : /duration$/i.test(name) && durationNs(value) !== undefined
      return `${name} ${operator} ${isBare ? value : JSON.stringify(value)}`
    })
  if (link.get('var-metric') === 'errors') terms.push('status = error')
  return [searchOf({ traceql: `{ ${terms.join(' && ')}${terms.length > 0 ? ' ' : ''}}`, range })]
}

function readLogs(link: Link, range: Pasted['range']): readonly Pasted[] {
  const at = link.segments.indexOf('explore')
  const [label = '', value = ''] = at < 0 ? [] : link.segments.slice(at + 1)
  const ofPath = { name: label === 'service' ? 'service_name' : label, operator: '=', value }
  const filters = filtersOf(link, 'var-filters')
  const selector = selectorOf(filters.length > 0 ? filters : [ofPath])
  if (selector === '') return []
  const lines = filtersOf(link, 'var-lineFilters')
    .filter(({ operator }) => /^(\|=|\|~|!=|!~)$/.test(operator))
    .map(({ operator, value: text }) => ` ${operator} ${JSON.stringify(text)}`)
  const levels = filtersOf(link, 'var-levels')
    .filter(({ operator }) => matcher.test(operator))
    .map(({ operator, value: level }) => `detected_level${operator}${JSON.stringify(level)}`)
  const ofLevel = levels.length === 0 ? '' : ` | ${levels.join(' or ')}`
  return [{ kind: 'lines', query: `{${selector}}${lines.join('')}${ofLevel}`, range }]
}

/** Empty for apps and pages that ask for nothing Clew knows. */
export function readDrilldown(link: Link): readonly Pasted[] {
  const app = link.segments[link.segments.indexOf('a') + 1] ?? ''
  const range = rangeOf(link.get('from'), link.get('to'))
  if (app === 'grafana-exploretraces-app') return readTraces(link, range)
  if (app === 'grafana-lokiexplore-app') return readLogs(link, range)
  const metric = link.get('metric') ?? ''
  if (!/^[a-zA-Z_:][\w:]*$/.test(metric)) return []
  const selector = selectorOf(filtersOf(link, 'var-filters'))
  const query = selector === '' ? metric : `${metric}{${selector}}`
  return [{ kind: 'chart', language: 'promql', queries: [query], range }]
}
