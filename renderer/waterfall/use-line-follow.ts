/** Where a log line among the spans leads: to the other lines of the trace, what its service wrote and measured then, and its span. */
import { serviceOfStream } from '#shared/correlate/log-facts'
import { aroundPlace } from '#shared/correlate/trace-questions'
import type { PlacedLine } from '#shared/derive/line-rows'
import { labelsOf, msOf } from '#shared/logs/batch'
import type { Trace } from '#shared/trace/table'
import { keysOfPivots, type PivotItem } from '../pivots/pivot-list'
import { serviceLogs } from '../pivots/service-logs'
import { useMapPivot } from '../pivots/use-map-pivot'
import { useServiceMetrics } from '../pivots/use-service-metrics'
import { useGo } from '../state/location'
import { useTellWay } from '../state/shown-ways'
import type { TraceLines } from '../state/trace-lines'
import { hrefOfRung } from '../state/use-log-climb'
import { useKeys } from '../ui/keys'

interface Ways {
  /** Opens it where all lines are. */
  readonly onOpen: () => void
  /** Shows the span it lies under instead. */
  readonly onSpan: () => void
}

/** The service that wrote a line: as the line says, or else whose span it names. */
export function writerOf(trace: Trace, found: TraceLines, { line: at, span, isByTime }: PlacedLine) {
  const said = serviceOfStream(labelsOf({ batch: found.batch, at }), found.facts)
  return said ?? (isByTime ? undefined : trace.services[trace.spans.service[span]])
}

/** The pivots of the line that is selected, and their keys. */
export function useLineFollow(
  trace: Trace,
  found: TraceLines,
  line: PlacedLine,
  { onOpen, onSpan }: Ways,
): readonly PivotItem[] {
  const { spans, services, names } = trace
  const { batch, rung, facts } = found
  const go = useGo()
  const ms = msOf({ batch, at: line.line })
  const moment = { startMs: ms, endMs: ms }
  const service = writerOf(trace, found, line)
  const { metrics } = useServiceMetrics(service, { ...moment, name: 'the log line' })
  const onMap = useMapPivot(service, aroundPlace(moment))
  const pivots: readonly PivotItem[] = [
    {
      id: 'same',
      to: 'log',
      icon: 'logs',
      title: 'Other lines of this trace',
      why: `${rung.what}, ${rung.reach}`,
      query: rung.query,
      keys: 'L',
      run: () => go(hrefOfRung(rung)),
    },
    {
      id: 'page',
      to: 'log',
      icon: 'logs',
      title: 'On the page of logs',
      why: 'among the lines around it',
      query: rung.query,
      keys: 'Enter',
      run: onOpen,
    },
    ...(service === undefined ? [] : [serviceLogs(service, moment, rung.source.id, facts, go)]),
    ...(metrics ? [metrics] : []),
    {
      id: 'span',
      to: 'trace',
      icon: 'span',
      title: `${services[spans.service[line.span]]} ${names[spans.name[line.span]]}`,
      why: line.isByTime
        ? 'placed by time: the line names no span, this one ran then'
        : 'the span that the line names',
      keys: 'Shift+T',
      run: onSpan,
    },
    // The plain key is of the trace.
    ...(onMap ? [{ ...onMap, title: `Who calls ${service}`, keys: 'Shift+G' }] : []),
  ]
  useTellWay('metrics', metrics?.run)
  useKeys({ scope: 'Follow', bindings: keysOfPivots(pivots) })
  return pivots
}
