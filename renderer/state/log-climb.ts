/** From a trace, a span or an id to its log lines: a climb in every source of logs. */
import { type Climbed, foundIn } from '#shared/correlate/ladder-end'
import { logLadder, type LogSourceFacts, type LogSubject, type Rung } from '#shared/correlate/log-ladder'
import { type LogFacts, serviceOfStream, usualFacts } from '#shared/correlate/log-facts'
import { unknownPlace } from '#shared/correlate/met-place'
import { labelsOf, msOf } from '#shared/logs/batch'
import { nsText } from '#shared/derive/clock-times'
import { readLogPage } from '../client/log-reader'
import { Climb, type RungAnswer } from './climb'

/** Enough to tell how many there are; the page of logs reads the rest. */
const countedLines = 100

/** One climb; it begins when it is made. */
export class LogClimb extends Climb<Rung> {
  readonly subject: LogSubject

  constructor(
    subject: LogSubject,
    sources: readonly Promise<LogSourceFacts>[],
    onFound: (found: Climbed) => void,
  ) {
    const factsOf = new Map<string, LogFacts>()
    super({
      ladders: sources.map(async (coming) => {
        const source = await coming
        factsOf.set(source.id, source.facts)
        return logLadder(subject, source)
      }),
      ask: (rung, signal) =>
        askLines(rung, subject.traceId, factsOf.get(rung.source.id) ?? usualFacts, signal),
      foundIn,
      onFound,
    })
    this.subject = subject
  }
}

async function askLines(
  { source, query, startMs, endMs, finds }: Rung,
  traceId: string,
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
  const timeAt = (at: number): number => (batch.length === 0 ? 0 : msOf({ batch, at }))
  return {
    count: batch.length,
    hasMore: rest !== undefined,
    firstMs: timeAt(0),
    lastMs: timeAt(batch.length - 1),
    ...(batch.length > 0 && {
      service: serviceOfStream(labelsOf({ batch, at: 0 }), facts),
      unknownPlace: finds === 'its' ? unknownPlace({ batch, at: 0 }, traceId, facts) : undefined,
    }),
  }
}
