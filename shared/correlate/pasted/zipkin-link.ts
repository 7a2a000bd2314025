/**
 * Links of Zipkin's page and API to a search and to the map. https://zipkin.io/zipkin-api/
 *   /zipkin/?serviceName=shop&spanName=get&annotationQuery=error%20and%20http.method%3DGET&minDuration=100ms&lookback=15m&endTs=…
 */
import { endsIn, type Link } from './link-parts'
import { durationNs, rangeBack, rangeOf } from './link-time'
import type { Pasted, PastedSearch } from './pasted'
import { countOf, searchOf } from './pasted-search'

/** `error and http.method=GET`. */
const tagsIn = (text: string): PastedSearch['tags'] =>
  text.split(' and ').flatMap((part) => {
    const at = part.indexOf('=')
    const key = part.slice(0, at < 0 ? undefined : at).trim()
    return key === '' ? [] : [{ key, value: at < 0 ? '' : part.slice(at + 1).trim() }]
  })

export function readZipkin(link: Link): readonly Pasted[] | undefined {
  const { get } = link
  if (endsIn(link, 'dependency')) return [{ kind: 'map', range: rangeOf(get('startTime'), get('endTime')) }]
  const service = get('serviceName')
  if (service === undefined || service === '') return undefined
  const operation = get('spanName') ?? ''
  const lookback = get('lookback')
  return [
    searchOf({
      service,
      operation: operation === 'all' ? '' : operation,
      // An annotation without a value is an event: only of `error` is it known which tag it is.
      tags: tagsIn(get('annotationQuery') ?? '').filter(({ key, value }) => value !== '' || key === 'error'),
      minDurationNs: durationNs(get('minDuration'), 1_000),
      maxDurationNs: durationNs(get('maxDuration'), 1_000),
      limit: countOf(get('limit')),
      range:
        rangeOf(get('startTs'), get('endTs')) ??
        rangeBack(lookback === 'millis' ? get('millis') : lookback, get('endTs')),
    }),
  ]
}
