/**
 * Links of Jaeger's page and API to a search and to the map. https://www.jaegertracing.io/docs/latest/architecture/apis/
 *   /search?service=shop&operation=GET%20%2F&tags={"error":"true"}&minDuration=100ms&lookback=1h&start=…&end=…   (microseconds)
 *   /api/traces?…   /api/v3/traces?query.service_name=shop&query.start_time_min=2026-…
 */
import { endsIn, jsonOf, type Link } from './link-parts'
import { durationNs, rangeBack, rangeOf } from './link-time'
import type { Pasted, PastedSearch } from './pasted'
import { countOf, searchOf } from './pasted-search'

/** `{"key":"value"}`, or `key:value`. */
function tagsIn(text: string): PastedSearch['tags'] {
  const json = jsonOf(text)
  if (typeof json === 'object' && json !== null)
    return Object.entries(json).map(([key, value]) => ({ key, value: String(value) }))
  const at = text.indexOf(':')
  return at > 0 ? [{ key: text.slice(0, at), value: text.slice(at + 1) }] : []
}

export function readJaeger(link: Link): readonly Pasted[] | undefined {
  const { get, all } = link
  if (endsIn(link, 'dependencies')) return [{ kind: 'map', range: rangeBack(get('lookback'), get('endTs')) }]
  if (!endsIn(link, 'search') && !endsIn(link, 'traces')) return undefined
  const of = (name: string, ownName: string) => get(name) ?? get(`query.${ownName}`)
  const service = of('service', 'service_name')
  if (service === undefined || service === '') return undefined
  const operation = of('operation', 'operation_name') ?? ''
  const lookback = get('lookback')
  return [
    searchOf({
      service,
      operation: operation === 'all' ? '' : operation,
      tags: [...all('tags'), ...all('tag'), ...all('query.attributes')].flatMap(tagsIn),
      minDurationNs: durationNs(of('minDuration', 'duration_min')),
      maxDurationNs: durationNs(of('maxDuration', 'duration_max')),
      limit: countOf(of('limit', 'search_depth') ?? get('query.num_traces')),
      range:
        // What its page shows is of these times, also where it calls them the last hour: that was when it was copied.
        rangeOf(of('start', 'start_time_min'), of('end', 'start_time_max')) ??
        (lookback === undefined || lookback === 'custom' ? undefined : rangeBack(lookback, undefined)),
    }),
  ]
}
