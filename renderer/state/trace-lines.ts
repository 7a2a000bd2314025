/** The log lines of a trace, fetched in the background when it is opened, and where among its spans they belong. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { LogFacts } from '#shared/correlate/log-facts'
import type { LogSubject, Rung } from '#shared/correlate/log-ladder'
import { metInTrace, type OwnedLine, ownersOf } from '#shared/correlate/met-lines'
import { type PlacedLine, spansAt } from '#shared/derive/line-rows'
import { type LogBatch, levels, msOf, nsTextOf } from '#shared/logs/batch'
import type { Trace } from '#shared/trace/table'
import { nsText } from '#shared/derive/clock-times'
import { readLogPage } from '../client/log-reader'
import { toApiError } from './errors'
import { climbTo, linesOfTrace } from './log-climb'
import { factsOfSources, logFactsOf, meetLines, meetPlace } from './log-facts'
import { useChangePreferences, usePreferences } from './preferences'
import { useSourcesOf } from './open-investigation'
import { hrefOfLogs } from './log-location'
import { useLogSources } from './sources'

/** Which lines stand among the spans. */
export const lineChoices = ['none', 'error', 'warn', 'all'] as const
export type LineChoice = (typeof lineChoices)[number]

/** More would hide the spans; the page of logs has them all. */
const mostLines = 1_000

const noPlaces: readonly PlacedLine[] = []

/** What was found. */
export interface TraceLines {
  readonly batch: LogBatch
  /** What was asked. */
  readonly rung: Rung
  /** What was known of its source then. */
  readonly facts: LogFacts
  /** There are more than were read. */
  readonly hasMore: boolean
}

interface Answered {
  readonly subject: LogSubject
  readonly found?: TraceLines
  readonly problem?: string | undefined
}

export interface LinesOfTrace {
  /** Undefined while none are found. */
  readonly found: TraceLines | undefined
  readonly isAsking: boolean
  /** Why there may be lines that were not found: `Loki refused the connection.` */
  readonly problem: string | undefined
  readonly choice: LineChoice
  readonly choose: (choice: LineChoice) => void
  /** All that were found, each with its place. */
  readonly places: readonly PlacedLine[]
  /** Those that were chosen, each with its place; undefined for none. */
  readonly placed: readonly PlacedLine[] | undefined
}

/** `subject` undefined: not yet. Must be the same object as long as it is the same trace. `cameFrom`: ids of the sources that hold it. */
export function useTraceLines(
  trace: Trace,
  subject: LogSubject | undefined,
  cameFrom: readonly string[],
): LinesOfTrace {
  const client = useQueryClient()
  const sources = useSourcesOf(useLogSources(), cameFrom)
  const { traceLines: choice = 'none' } = usePreferences()
  const change = useChangePreferences()
  const [answered, setAnswered] = useState<Answered>()
  useEffect(() => {
    if (!subject || sources.length === 0) return undefined
    const abort = new AbortController()
    const read = async () => {
      const { found, climbed } = await climbTo(
        linesOfTrace(subject),
        factsOfSources(client, sources),
        abort.signal,
      )
      if (!found) {
        const failures = climbed.flatMap(({ state }) =>
          state.kind === 'failed' ? [state.error.message] : [],
        )
        return setAnswered({ subject, problem: failures.at(0) })
      }
      meetPlace(client, found, subject.traceId)
      const { rung } = found
      const window = { startNs: nsText(rung.startMs), endNs: nsText(rung.endMs) }
      const question = {
        source: rung.source,
        query: rung.query,
        window,
        limit: mostLines,
        order: 'oldest',
      } as const
      const { batch, rest } = await readLogPage(question, abort.signal)
      const facts = await logFactsOf(client, rung.source)
      return setAnswered({ subject, found: { batch, rung, facts, hasMore: rest !== undefined } })
    }
    read().catch((thrown: unknown) => {
      if (!abort.signal.aborted) setAnswered({ subject, problem: toApiError(thrown).message })
    })
    return () => abort.abort()
  }, [client, sources, subject])
  const own = answered?.subject === subject ? answered : undefined
  const found = own?.found
  const owned = useMemo(() => found && ownersOf(trace, found.batch, found.facts), [trace, found])
  const places = useMemo(() => found && owned && placesOf(trace, found.batch, owned), [trace, found, owned])
  const told = useRef<TraceLines>(undefined)
  useEffect(() => {
    if (!found || !owned || told.current === found) return
    told.current = found
    meetLines(client, found.rung.source.id, metInTrace(trace, found.batch, owned))
  }, [client, trace, found, owned])
  const placed = useMemo(() => {
    if (!found || !places || choice === 'none') return undefined
    const least = choice === 'all' ? 0 : levels.indexOf(choice)
    return places.filter(({ line }) => found.batch.level[line] >= least)
  }, [found, places, choice])
  return {
    found,
    isAsking: subject !== undefined && sources.length > 0 && own === undefined,
    problem: own?.problem,
    places: places ?? noPlaces,
    choice,
    choose: (traceLines) => change(() => ({ traceLines })),
    placed,
  }
}

/** Under the span a line names, or else the innermost one that its service ran at that moment. */
function placesOf(trace: Trace, batch: LogBatch, owned: readonly OwnedLine[]): readonly PlacedLine[] {
  const lines = owned.map((one) => ({
    ...one,
    timeNs: Number(BigInt(nsTextOf({ batch, at: one.at })) - trace.epochNs),
  }))
  const unnamed = lines.filter(({ span }) => span < 0)
  const found = spansAt(trace.spans, unnamed)
  const byTime = new Map(unnamed.map(({ at }, index) => [at, found[index]]))
  return lines.map(({ at, timeNs, span: named }) => {
    const span = byTime.get(at) ?? named
    // A span whose clock was put right takes its lines along.
    const shiftNs = trace.spans.shift.length > 0 ? trace.spans.shift[span] : 0
    return { line: at, span, isByTime: named < 0, timeNs: timeNs + shiftNs }
  })
}

const aroundMs = 5_000

/** Where a line is read among all that the same query finds around it. */
export function hrefOfLine({ batch, rung }: TraceLines, line: number): string {
  const ms = msOf({ batch, at: line })
  return hrefOfLogs({
    source: rung.source.id,
    query: rung.query,
    range: { from: Math.floor(ms - aroundMs), to: Math.ceil(ms + aroundMs) },
    order: 'oldest',
  })
}
