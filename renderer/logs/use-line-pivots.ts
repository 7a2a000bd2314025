/** Where a log line leads: to its trace, to the other lines of that, and to the metrics of the service that wrote it. */
import { serviceOfStream, usualFacts } from '#shared/correlate/log-facts'
import { linesOfSameTrace } from '#shared/correlate/log-queries'
import { aroundPlace } from '#shared/correlate/trace-questions'
import { labelsOf, type LogLine, msOf } from '#shared/logs/batch'
import { traceOf } from '#shared/logs/trace-of-line'
import { useGo } from '../state/location'
import { useLogFacts } from '../state/log-facts'
import { hrefOfLogs } from '../state/log-location'
import { useTellWay } from '../state/shown-ways'
import { useMapPivot } from '../pivots/use-map-pivot'
import { useServiceMetrics } from '../pivots/use-service-metrics'
import { useKeys } from '../ui/keys'
import { keysOfPivots, type PivotItem } from '../pivots/pivot-list'
import type { RowLook } from './log-row'

interface LogSource {
  readonly id: string
  readonly name: string
}

/** The pivots of a line; none while there is no line. Without a source, lines are not asked for. */
export function useLinePivots(
  source: LogSource | undefined,
  line: LogLine | undefined,
  { hrefOfTrace }: Pick<RowLook, 'hrefOfTrace'>,
): readonly PivotItem[] {
  const go = useGo()
  const [facts = usualFacts] = useLogFacts(line && source ? [source] : [])
  const service = line && serviceOfStream(labelsOf(line), facts)
  const ms = line ? msOf(line) : 0
  const { metrics } = useServiceMetrics(service, { startMs: ms, endMs: ms, name: 'the log line' })
  const onMap = useMapPivot(service, aroundPlace({ startMs: ms, endMs: ms }))
  if (!line) return []
  const pivots: PivotItem[] = []
  const trace = traceOf(line, facts.naming)
  const href = trace && hrefOfTrace?.(trace.traceId, undefined, line)
  if (trace && href !== undefined) {
    const { traceId, spanId, where } = trace
    const spanHref = spanId === undefined ? undefined : hrefOfTrace?.(traceId, spanId, line)
    pivots.push({
      id: 'trace',
      to: 'trace',
      icon: 'traces',
      title: 'Its trace',
      why: where,
      keys: 'T',
      run: () => go(href),
    })
    if (spanHref !== undefined)
      pivots.push({
        id: 'span',
        to: 'trace',
        icon: 'span',
        title: 'Its span in the trace',
        why: `span ${spanId}`,
        keys: 'Shift+T',
        run: () => go(spanHref),
      })
  }
  if (trace && source) {
    const { query, startMs, endMs } = linesOfSameTrace(trace, ms, facts)
    pivots.push({
      id: 'same',
      to: 'log',
      icon: 'logs',
      title: 'Other lines of its trace',
      why: `${trace.where}, ± 15 min`,
      query,
      keys: 'L',
      run: () =>
        go(
          hrefOfLogs({
            source: source.id,
            query,
            range: { from: Math.floor(startMs), to: Math.ceil(endMs) },
            order: 'oldest',
          }),
        ),
    })
  }
  if (metrics) pivots.push(metrics)
  if (onMap) pivots.push({ ...onMap, title: `Who calls ${service}` })
  return pivots
}

/** Keys of the line that is selected. */
export function useLineKeys(
  source: LogSource,
  line: LogLine | undefined,
  look: Pick<RowLook, 'hrefOfTrace'>,
): void {
  const pivots = useLinePivots(source, line, look)
  useTellWay('metrics', pivots.find(({ id }) => id === 'metrics')?.run)
  useKeys({
    scope: 'Follow',
    bindings: keysOfPivots(pivots),
  })
}
