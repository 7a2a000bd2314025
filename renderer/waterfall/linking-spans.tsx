import { endOfLinks } from '#shared/correlate/trace-ladder-end'
import type { Climbed } from '#shared/correlate/ladder-end'
import { linkingQuery, linkLadder } from '#shared/correlate/trace-ladder'
import { nameList } from '#shared/base/name-list'
import { countOf } from '#shared/derive/quantities'
import { rowOfSpanId, spanIdOfRow } from '#shared/derive/span-ids'
import { startMsOf } from '#shared/trace/summary'
import type { SpanIndex, Trace } from '#shared/trace/table'
import { LadderView } from '../pivots/ladder-view'
import { PivotList, type PivotItem } from '../pivots/pivot-list'
import { offersOf, type TraceOffer, TraceOffers } from '../pivots/trace-offers'
import { useGo } from '../state/location'
import { endNow } from '../state/climb'
import { useSourcesOf } from '../state/open-investigation'
import { useTraceSources } from '../state/sources'
import { tracesIn, useTraceClimb } from '../state/trace-climb'
import { useKeys } from '../ui/keys'
import { say } from '../ui/status-message'
import { placeOf } from './use-follow'

const title = 'Spans that link to this one'

interface Props {
  readonly trace: Trace
  readonly row: SpanIndex
  /** Ids of the sources that hold the trace. */
  readonly cameFrom: readonly string[]
  /** Shows a span of the trace that is on screen. */
  readonly onSelect: (row: SpanIndex) => void
}

/** The way against the direction of a link: to the span that names this one, or the choice among them where there are several. */
export function LinkingSpans({ trace, row, cameFrom, onSelect }: Props) {
  const go = useGo()
  const sources = useSourcesOf(useTraceSources(), cameFrom)
  const { climbed, state, start, stop, close } = useTraceClimb()
  const asked = sources.filter(({ capabilities }) => capabilities.traceql)
  const silent = sources.filter(({ capabilities }) => !capabilities.traceql).map(({ name }) => name)
  const spanId = spanIdOfRow(trace.spans, row)
  const elsewhere = (of: readonly Climbed[]): Climbed | undefined => foundElsewhere(of, trace.traceId)
  const run = (): void => {
    if (asked.length === 0) {
      say(`${silent.length === 0 ? 'No source' : nameList(silent)} cannot be asked for links.`, {
        tone: 'warn',
      })
      return
    }
    const { startMs, endMs } = placeOf(trace, row)
    const span = { traceId: trace.traceId, spanId, startMs, endMs }
    start(
      asked.map((source) => linkLadder(span, source)),
      elsewhere,
      (found) => {
        const [only, ...others] = linkingOffers(found, startMs, trace.traceId)
        const { source, reach, what } = found.rung
        if (others.length > 0) return
        say(`1 trace in ${source.name}, ${reach}: ${what}.`)
        go(only.href)
      },
    )
  }
  const pivot: PivotItem = {
    id: 'linking',
    to: 'trace',
    icon: 'link',
    title,
    why:
      asked.length === 0
        ? `${silent.length === 0 ? 'No source of traces' : nameList(silent)} cannot be asked for links`
        : `link:spanID in ${nameList(asked.map(({ name }) => name))}`,
    query: linkingQuery(trace.traceId, spanId),
    keys: 'I',
    run,
  }
  useKeys({ scope: 'Follow', bindings: [{ keys: 'I', title, run }] })
  const found = state === 'found' ? elsewhere(climbed) : undefined
  const offers = found ? linkingOffers(found, placeOf(trace, row).startMs, trace.traceId) : []
  const wayTo = (linking: SpanIndex) => ({
    title: `${trace.services[trace.spans.service[linking]]} ${trace.names[trace.spans.name[linking]]}`,
    run: () => onSelect(linking),
  })
  const isClimbing = state === 'learning' || state === 'climbing'
  return (
    <>
      <PivotList label="Links to this span" items={[pivot]} />
      {(isClimbing || state === 'empty' || state === 'stopped') && (
        <LadderView
          title={title}
          noun="trace"
          climbed={climbed}
          end={endNow(state, climbed, () => endOfLinks(climbed, silent))}
          here={state === 'empty' ? linkingHere(climbed, trace).map(wayTo) : []}
          onStop={stop}
          onRetry={run}
          onClose={close}
        />
      )}
      {offers.length > 1 && (
        <TraceOffers
          label={`${countOf(offers.length, 'trace')} in ${found?.rung.source.name}`}
          offers={offers}
        />
      )}
    </>
  )
}

/** The first rung that found traces besides the one that is on screen. */
const foundElsewhere = (climbed: readonly Climbed[], traceId: string): Climbed | undefined =>
  climbed.find((one) => tracesIn(one).some((trace) => trace.traceId !== traceId))

/** Spans of the trace that is on screen which link to the one that was asked about, as far as the answers name them. */
function linkingHere(climbed: readonly Climbed[], trace: Trace): readonly SpanIndex[] {
  const rows = climbed
    .flatMap((one) => tracesIn(one))
    .filter((summary) => summary.traceId === trace.traceId)
    .map(({ matched }) => (matched ? rowOfSpanId(trace.spans, matched.spanId) : -1))
  return [...new Set(rows)].filter((row) => row >= 0)
}

/** The traces that were found besides the one that is on screen, each at the span that links, in order of time. */
function linkingOffers(found: Climbed, atMs: number, traceId: string): readonly TraceOffer[] {
  const near = tracesIn(found)
    .filter((summary) => summary.traceId !== traceId)
    .map((summary) => ({ summary, awayMs: startMsOf(summary) - atMs }))
    .sort((one, other) => one.awayMs - other.awayMs)
  return offersOf(found.rung.source.id, near)
}
