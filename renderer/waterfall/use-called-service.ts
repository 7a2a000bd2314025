/** Where a client span leads beside itself: to the service it calls, as it was at that moment, and to other traces of that call. */
import { type CalledService, calledService, isCall, tracesOfCalls } from '#shared/correlate/called-service'
import { aroundPlace } from '#shared/correlate/trace-questions'
import { answeringRow } from '#shared/derive/answering-row'
import { tracesOfCall } from '#shared/map/call-traces'
import { unknownFigures } from '#shared/map/graph'
import { slowestFirst } from '#shared/trace/summary'
import type { Attribute } from '#shared/trace/detail'
import type { SpanIndex, Trace } from '#shared/trace/table'
import { keysOfPivots, type PivotItem } from '../pivots/pivot-list'
import { searchOf } from '../pivots/trace-search'
import { useServiceMetrics } from '../pivots/use-service-metrics'
import { useGo } from '../state/location'
import { hrefOfSearch } from '../state/search-location'
import { useServiceNames } from '../state/service-names'
import { useTraceSources } from '../state/sources'
import { useKeys } from '../ui/keys'
import { placeOf } from './use-follow'

const bothSend = { parentKind: 'service', childKind: 'service' } as const

/** None where it calls nobody, or nothing tells whom. `attributes`: undefined until they are read. */
export function useCalledService(
  trace: Trace,
  row: SpanIndex,
  attributes: readonly Attribute[] = [],
): readonly PivotItem[] {
  const go = useGo()
  const traceSources = useTraceSources()
  const known = useServiceNames(isCall(trace, row) && answeringRow(trace, row) < 0)
  const called = calledService(trace, row, attributes, [...known, ...trace.services])
  const place = placeOf(trace, row)
  const { metrics } = useServiceMetrics(called?.service, {
    ...place,
    name: `${place.service} ${place.operation}`,
  })
  const traces = (to: CalledService) => {
    const asked = tracesOfCalls(place, to)
    if (asked) {
      const { href, query } = searchOf(asked.question, { tags: asked.tags, sort: slowestFirst })
      return { query, run: () => go(href) }
    }
    // Known by the spans of both sides alone.
    const call = { parent: place.service, child: to.service, figures: unknownFigures }
    const { traceql, ...form } = tracesOfCall(call, bothSend).all
    const { startMs, endMs } = aroundPlace(place)
    const range = { from: Math.floor(startMs), to: Math.ceil(endMs) }
    const href = hrefOfSearch({ ...form, traceql, askOthers: true, range, sort: slowestFirst, isLed: true })
    return { query: traceql, run: () => go(href) }
  }
  const pivots: PivotItem[] = []
  if (called && metrics)
    pivots.push({
      ...metrics,
      id: 'called',
      title: `${called.service}, which it calls, and what that uses`,
      why: called.named ? `${called.named.key} = ${called.named.value}` : 'its span answered this one',
      keys: 'Shift+M',
    })
  if (called && traceSources.length > 0)
    pivots.push({
      id: 'call',
      to: 'trace',
      icon: 'traces',
      title: `Traces of calls to ${called.service}`,
      why: `from ${place.service}, ± 5 min, slowest first`,
      keys: 'Shift+C',
      ...traces(called),
    })
  useKeys({ scope: 'Follow', bindings: keysOfPivots(pivots) })
  return pivots
}
