/** To log lines: a climb in every source of logs. */
import { type Climbed, foundIn, type RungState } from '#shared/correlate/ladder-end'
import { logLadder, type LogSourceFacts, type LogSubject, type Rung } from '#shared/correlate/log-ladder'
import { type LogFacts, namingLabelOf, serviceOfStream, usualFacts } from '#shared/correlate/log-facts'
import { isKnownPlace } from '#shared/correlate/met-place'
import { labelsOf, type LogLine, msOf } from '#shared/logs/batch'
import { placeOfTrace, traceOf } from '#shared/logs/trace-of-line'
import { nsText } from '#shared/derive/clock-times'
import { readLogPage } from '../client/log-reader'
import { Climb, type RungAnswer } from './climb'

/** Enough to tell how many there are; the page of logs reads the rest. */
const countedLines = 100

/** What is looked for in lines, and where. */
export interface LineSearch {
  readonly ladderIn: (source: LogSourceFacts) => readonly Rung[]
  /** As in a climb's plan. */
  readonly foundIn: (climbed: readonly Climbed[]) => Climbed | undefined
  /** Of which trace; undefined for lines of any. */
  readonly traceId: string | undefined
}

/** Lines of a trace, a span or an id. */
export const linesOfTrace = (subject: LogSubject): LineSearch => ({
  ladderIn: (source) => logLadder(subject, source, Date.now()),
  foundIn,
  traceId: subject.traceId,
})

/** One climb; it begins when it is made. */
export class LogClimb extends Climb<Rung> {
  constructor(
    { ladderIn, foundIn: isFound, traceId }: LineSearch,
    sources: readonly Promise<LogSourceFacts>[],
    onFound: (found: Climbed, climbed: readonly Climbed[]) => void,
  ) {
    const factsOf = new Map<string, LogFacts>()
    super({
      ladders: sources.map(async (coming) => {
        const source = await coming
        factsOf.set(source.id, source.facts)
        return ladderIn(source)
      }),
      ask: (rung, signal) => askLines(rung, traceId, factsOf.get(rung.source.id) ?? usualFacts, signal),
      foundIn: isFound,
      wholeOf: ({ whole, ...rung }) => whole && { ...rung, ...whole },
      onFound,
    })
  }
}

/** Climbs to its end: all rungs, and the one that found it; undefined where none did. Rejects as it is stopped. */
export async function climbTo(
  search: LineSearch,
  sources: readonly Promise<LogSourceFacts>[],
  signal: AbortSignal,
): Promise<{ readonly found: Climbed | undefined; readonly climbed: readonly Climbed[] }> {
  const ended = Promise.withResolvers<Climbed | undefined>()
  const climb = new LogClimb(search, sources, ended.resolve)
  const unsubscribe = climb.subscribe(() => {
    const { state } = climb.snapshot()
    if (state === 'empty' || state === 'stopped') ended.resolve(undefined)
  })
  signal.addEventListener('abort', climb.stop, { once: true })
  try {
    const found = await ended.promise
    signal.throwIfAborted()
    return { found, climbed: climb.snapshot().climbed }
  } finally {
    unsubscribe()
    signal.removeEventListener('abort', climb.stop)
  }
}

function streamOf(line: LogLine, facts: LogFacts): Extract<RungState, { kind: 'answered' }>['stream'] {
  const labels = labelsOf(line)
  const label = namingLabelOf(labels, facts)
  return label === undefined
    ? undefined
    : { value: labels[label] ?? '', spanId: traceOf(line, facts.naming)?.spanId }
}

async function askLines(
  { source, query, startMs, endMs, finds }: Rung,
  traceId: string | undefined,
  facts: LogFacts,
  signal: AbortSignal,
): Promise<RungAnswer> {
  const { batch, rest } = await readLogPage(
    {
      source,
      query,
      window: { startNs: nsText(startMs), endNs: nsText(endMs) },
      limit: countedLines,
      order: 'oldest',
    },
    signal,
  )
  const place =
    batch.length > 0 && finds === 'its' && traceId !== undefined
      ? placeOfTrace({ batch, at: 0 }, traceId)
      : undefined
  const timeAt = (at: number): number => (batch.length === 0 ? 0 : msOf({ batch, at }))
  return {
    count: batch.length,
    hasMore: rest !== undefined,
    firstMs: timeAt(0),
    lastMs: timeAt(batch.length - 1),
    ...(batch.length > 0 && {
      service: serviceOfStream(labelsOf({ batch, at: 0 }), facts),
      stream: streamOf({ batch, at: 0 }, facts),
      place,
      unknownPlace: place && !isKnownPlace(place, facts) ? place : undefined,
    }),
  }
}
