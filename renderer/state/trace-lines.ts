/** The log lines of a trace, fetched in the background when it is opened, and where among its spans they belong. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { serviceLabelNames } from '#shared/correlate/log-facts'
import type { LogSubject, Rung } from '#shared/correlate/log-ladder'
import { namesOf } from '#shared/correlate/service-names'
import { type PlacedLine, spansAt } from '#shared/derive/line-rows'
import { rowOfSpanId } from '#shared/derive/span-ids'
import { labelsOf, type LogBatch, type LogLine, levels, msOf, nsTextOf } from '#shared/logs/batch'
import { traceOf } from '#shared/logs/trace-of-line'
import type { Trace } from '#shared/trace/table'
import { readLogPage } from '../client/log-reader'
import { LogClimb } from './log-climb'
import { factsOfSources, nsText } from './log-facts'
import { useChangePreferences, usePreferences } from './preferences'
import { hrefOfLogs } from './log-location'
import { useLogSources } from './sources'

/** Which lines stand among the spans. */
export const lineChoices = ['none', 'error', 'warn', 'all'] as const
export type LineChoice = (typeof lineChoices)[number]

/** More would hide the spans; the page of logs has them all. */
const mostLines = 1_000

/** What was found. */
export interface TraceLines {
  readonly batch: LogBatch
  /** What was asked. */
  readonly rung: Rung
  /** There are more than were read. */
  readonly hasMore: boolean
}

export interface LinesOfTrace {
  /** Undefined while none are found. */
  readonly found: TraceLines | undefined
  readonly isAsking: boolean
  readonly choice: LineChoice
  readonly choose: (choice: LineChoice) => void
  /** Those that were chosen, each with its place; undefined for none. */
  readonly placed: readonly PlacedLine[] | undefined
}

/** `subject` undefined: not yet. Must be the same object as long as it is the same trace. */
export function useTraceLines(trace: Trace, subject: LogSubject | undefined): LinesOfTrace {
  const client = useQueryClient()
  const sources = useLogSources()
  const { traceLines: choice = 'none' } = usePreferences()
  const change = useChangePreferences()
  const [answered, setAnswered] = useState<{ readonly subject: LogSubject; readonly found?: TraceLines }>()
  useEffect(() => {
    if (!subject || sources.length === 0) return undefined
    const abort = new AbortController()
    const read = async (rung: Rung) => {
      const window = { startNs: nsText(rung.startMs), endNs: nsText(rung.endMs) }
      const question = {
        source: rung.source,
        query: rung.query,
        window,
        limit: mostLines,
        order: 'oldest',
      } as const
      try {
        const { batch, rest } = await readLogPage(question, abort.signal)
        setAnswered({ subject, found: { batch, rung, hasMore: rest !== undefined } })
      } catch {
        // What a person asks for by Follow says why; what comes unasked may stay away.
        if (!abort.signal.aborted) setAnswered({ subject })
      }
    }
    const climb = new LogClimb(subject, factsOfSources(client, sources), ({ rung }) => void read(rung))
    const leave = climb.subscribe(() => {
      if (climb.snapshot().state === 'empty') setAnswered({ subject })
    })
    return () => {
      leave()
      climb.stop()
      abort.abort()
    }
  }, [client, sources, subject])
  const own = answered?.subject === subject ? answered : undefined
  const found = own?.found
  const places = useMemo(() => found && placesOf(trace, found.batch), [trace, found])
  const placed = useMemo(() => {
    if (!found || !places || choice === 'none') return undefined
    const least = choice === 'all' ? 0 : levels.indexOf(choice)
    return places.filter(({ line }) => found.batch.level[line] >= least)
  }, [found, places, choice])
  return {
    found,
    isAsking: subject !== undefined && sources.length > 0 && own === undefined,
    choice,
    choose: (traceLines) => change(() => ({ traceLines })),
    placed,
  }
}

/** Under the span a line names, or else the innermost one that its service ran at that moment. */
function placesOf(trace: Trace, batch: LogBatch): readonly PlacedLine[] {
  const lines = Array.from({ length: batch.length }, (_, at) => {
    const line = { batch, at }
    const spanId = traceOf(line)?.spanId
    return {
      line,
      timeNs: Number(BigInt(nsTextOf(line)) - trace.epochNs),
      span: spanId === undefined ? -1 : rowOfSpanId(trace.spans, spanId),
    }
  })
  const unnamed = lines.filter(({ span }) => span < 0)
  const found = spansAt(
    trace.spans,
    unnamed.map(({ line, timeNs }) => ({ timeNs, service: serviceOf(trace, line) })),
  )
  const byTime = new Map(unnamed.map(({ line }, index) => [line.at, found[index]]))
  return lines.map(({ line, timeNs, span: named }) => {
    const span = byTime.get(line.at) ?? named
    // A span whose clock was put right takes its lines along.
    const shiftNs = trace.spans.shift.length > 0 ? trace.spans.shift[span] : 0
    return { line: line.at, span, timeNs: timeNs + shiftNs }
  })
}

function serviceOf({ services }: Trace, line: LogLine): number | undefined {
  const labels = labelsOf(line)
  const label = serviceLabelNames.find((name) => labels[name] !== undefined)
  const [name] = label === undefined ? [] : namesOf(labels[label], services)
  return name === undefined ? undefined : services.indexOf(name)
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
