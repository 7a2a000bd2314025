/** Where a trace and its selected span lead: to their log lines, the metrics of the service then, and traces like it. */
import { useCallback, useMemo } from 'react'
import { msOfNs } from '#shared/derive/clock-times'
import { spanIdOfRow } from '#shared/derive/span-ids'
import { type Climbed, joined } from '#shared/correlate/ladder-end'
import { logLadder, type LogSubject } from '#shared/correlate/log-ladder'
import { stretchOf } from '#shared/correlate/met-lines'
import { aroundPlace, tracesLikeSpan } from '#shared/correlate/trace-questions'
import type { SpanIndex, Trace } from '#shared/trace/table'
import { hrefOfConnections } from '../state/connections-location'
import { useGo } from '../state/location'
import { ladderSource, useLogFacts } from '../state/log-facts'
import { useMeetClimbed } from '../state/meet-climbed'
import { logLocation } from '../state/log-location'
import { useSourcesOf } from '../state/open-investigation'
import { useLogSources, useTraceSources } from '../state/sources'
import { foundWords, hrefOfRung, type LogClimbing, useLogClimb } from '../state/use-log-climb'
import { serviceLogs, serviceLogsItem } from '../pivots/service-logs'
import { searchOf } from '../pivots/trace-search'
import { useMapPivot } from '../pivots/use-map-pivot'
import { useRemember } from '../pivots/use-remember'
import { useServiceMetrics } from '../pivots/use-service-metrics'
import { useKeys } from '../ui/keys'
import { keysOfPivots, type PivotItem } from '../pivots/pivot-list'
import { say } from '../ui/status-message'
import { isMissingRow } from './span-facts'

export interface Follow {
  /** Of the selected span; none where none is. */
  readonly pivots: readonly PivotItem[]
  /** To the lines of the whole trace. */
  readonly traceLogs: PivotItem
  readonly climbing: LogClimbing
}

/** A selector of more names is longer than servers take. */
const mostServices = 40

const nobody = { service: '', operation: '', startMs: 0, endMs: 0 }

/** What a span is of, and when: as recorded, not as moved, for lines and metrics are written by the same clock. */
export const placeOf = (trace: Trace, row: SpanIndex) => ({
  service: trace.services[trace.spans.service[row]],
  operation: trace.names[trace.spans.name[row]],
  ...stretchOf(trace, row),
})

/** What the lines of a whole trace are looked for by. */
export function subjectOfTrace(trace: Trace): LogSubject {
  const startMs = msOfNs(trace.epochNs)
  const recorded = trace.services
    .map((name, at) => ({ name, spans: trace.serviceSpans[at] }))
    .filter(({ spans }) => spans > 0)
    .sort((one, other) => other.spans - one.spans)
  return {
    services: recorded.slice(0, mostServices).map(({ name }) => name),
    traceId: trace.traceId,
    spanId: undefined,
    startMs,
    endMs: startMs + trace.durationNs / 1e6,
  }
}

const noLinesHeld = 'The file that was opened holds no log lines'

/** `isLine`: a log line of the span is what is selected, and keys are that line's. `ofTrace`: what the lines of the whole trace are looked for by. `cameFrom`: ids of the sources that hold it. */
export function useFollow(
  trace: Trace,
  selected: SpanIndex,
  isLine: boolean,
  ofTrace: LogSubject,
  cameFrom: readonly string[],
): Follow {
  const go = useGo()
  const allLogs = useLogSources()
  const logSources = useSourcesOf(allLogs, cameFrom)
  const traceSources = useTraceSources()
  const logFacts = useLogFacts(logSources)
  const isSpan = selected >= 0 && !isMissingRow(trace, selected)
  const place = useMemo(() => (isSpan ? placeOf(trace, selected) : nobody), [trace, selected, isSpan])
  const { metrics } = useServiceMetrics(isSpan ? place.service : undefined, {
    ...place,
    name: `${place.service} ${place.operation}`,
  })
  const onMap = useMapPivot(isSpan ? place.service : undefined, aroundPlace(place))
  const meet = useMeetClimbed()
  const remember = useRemember()
  const climbing = useLogClimb(
    logSources,
    useCallback(
      (subject: LogSubject, found: Climbed, climbed: readonly Climbed[]) => {
        const unfit = remember(subject, found)
        say(joined(foundWords(subject, found, climbed), unfit?.words ?? ''), {
          offer: unfit?.offer,
          staysOn: logLocation.path,
        })
        meet(trace, subject, found)
        go(hrefOfRung(found.rung))
      },
      [go, meet, remember, trace],
    ),
  )
  const ofSpan = useMemo(
    (): LogSubject => ({
      services: [place.service],
      traceId: trace.traceId,
      spanId: isSpan ? spanIdOfRow(trace.spans, selected) : undefined,
      startMs: place.startMs,
      endMs: place.endMs,
    }),
    [trace, selected, isSpan, place],
  )

  const [source] = logSources
  const notHeld = {
    why: noLinesHeld,
    run: () => say(`${noLinesHeld}.`, { tone: 'warn' }),
  }
  const connect = (what: string) => ({
    why: `No source of ${what} is connected: connect one`,
    run: () => go(hrefOfConnections({ isNew: true })),
  })
  const logs = (subject: LogSubject): Pick<PivotItem, 'why' | 'query' | 'isBusy' | 'run'> => {
    if (!source && allLogs.length > 0) return notHeld
    if (!source) return connect('logs')
    const isClimbing = climbing.isAsking && climbing.subject === subject
    const [first] = logLadder(subject, { ...ladderSource(source), facts: logFacts[0] })
    return {
      why: isClimbing ? `Asking ${source.name}…` : first.what,
      query: first.query,
      isBusy: isClimbing,
      run: () => climbing.start(subject),
    }
  }
  const traceLogs: PivotItem = {
    id: 'trace-logs',
    to: 'log',
    icon: 'logs',
    title: 'Logs of this trace',
    ...logs(ofTrace),
    // The plain key is of what is selected.
    keys: isSpan ? 'Shift+A' : 'L',
  }

  const pivots = isSpan
    ? [
        spanLogs(),
        metrics,
        likeIt(),
        source
          ? serviceLogs(place.service, place, source.id, logFacts[0], go)
          : { ...serviceLogsItem(place.service), ...connect('logs') },
        onMap && { ...onMap, title: `Who calls ${place.service}`, keys: 'Shift+G' },
      ].filter((one) => one !== undefined)
    : []
  function spanLogs(): PivotItem {
    return { id: 'logs', to: 'log', icon: 'logs', title: 'Logs of this span', ...logs(ofSpan), keys: 'L' }
  }
  function likeIt(): PivotItem {
    const asked = tracesLikeSpan(place)
    const { href, query } = searchOf(asked, { sort: { column: 'duration', descending: true } })
    return {
      id: 'like-it',
      to: 'trace',
      icon: 'traces',
      title: 'Other traces with this operation',
      why: `${asked.service} ${asked.operation}, ± 10 min, slowest first`,
      query,
      keys: 'T',
      run: () => go(traceSources.length === 0 ? hrefOfConnections({ isNew: true }) : href),
    }
  }

  useKeys({ scope: 'Follow', bindings: keysOfPivots([...(isLine ? [] : pivots), traceLogs]) })
  return { pivots, traceLogs, climbing }
}
