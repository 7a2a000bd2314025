/** What the lines of a trace tell of the services that wrote them. */
import { getOrSet } from '#shared/base/get-or-set'
import { clockOf, metAgain } from '#shared/correlate/clocks'
import type { MetLines } from '#shared/correlate/learn-log-facts'
import { type LogFacts, serviceOfStream } from '#shared/correlate/log-facts'
import { namesOf } from '#shared/correlate/service-names'
import { msOfNs } from '#shared/derive/clock-times'
import { rowOfSpanId } from '#shared/derive/span-ids'
import { labelsOf, type LogBatch, type LogLine, msOf } from '#shared/logs/batch'
import { traceOf } from '#shared/logs/trace-of-line'
import type { Trace } from '#shared/trace/table'

interface Stretch {
  readonly startMs: number
  readonly endMs: number
}

/** When a span ran by its own clock; milliseconds since 1970. */
export function stretchOf({ epochNs, spans }: Trace, row: number): Stretch {
  const shiftNs = spans.shift.length > 0 ? spans.shift[row] : 0
  const startMs = msOfNs(epochNs) + (spans.start[row] - shiftNs) / 1e6
  return { startMs, endMs: startMs + spans.duration[row] / 1e6 }
}

/** From the first to the last moment of a service in a trace. */
export function stretchOfService(trace: Trace, service: number): Stretch {
  let startMs = Infinity
  let endMs = -Infinity
  for (let row = 0; row < trace.spans.length; row++) {
    if (trace.spans.service[row] !== service) continue
    const own = stretchOf(trace, row)
    startMs = Math.min(startMs, own.startMs)
    endMs = Math.max(endMs, own.endMs)
  }
  return { startMs, endMs }
}

/** Of each line the row of the span that it names, -1 where it names none, and the number of the service whose it is; undefined where that is not known. */
export interface OwnedLine {
  readonly at: number
  readonly span: number
  readonly service: number | undefined
}

/** What one line of a trace tells. */
export interface ToldLine extends MetLines {
  readonly traceId: string
}

/** Of each line whose service is known what it tells. */
export function tellingLines(
  trace: Trace,
  batch: LogBatch,
  lines: readonly OwnedLine[],
): readonly ToldLine[] {
  const { traceId, spans, services } = trace
  const stretches = new Map<number, Stretch>()
  return lines.flatMap(({ at, span, service: byLabel }) => {
    const service = span < 0 ? byLabel : spans.service[span]
    if (service === undefined) return []
    const stretch =
      span < 0 ? getOrSet(stretches, service, () => stretchOfService(trace, service)) : stretchOf(trace, span)
    const ms = msOf({ batch, at })
    return {
      traceId,
      service: services[service],
      clock: { ...clockOf(stretch, { firstMs: ms, lastMs: ms }), example: traceId },
      // A label tells whose a line is; only a line that names its span tells what a service is called.
      stream: span < 0 ? {} : labelsOf({ batch, at }),
    }
  })
}

/** One entry for each service that wrote any of the lines. */
export function metInTrace(trace: Trace, batch: LogBatch, lines: readonly OwnedLine[]): readonly MetLines[] {
  const met = new Map<string, MetLines>()
  for (const { service, clock, stream } of tellingLines(trace, batch, lines)) {
    const before = met.get(service)
    met.set(service, {
      service,
      clock: metAgain(before?.clock, clock),
      stream: Object.keys(stream).length > 0 ? stream : (before?.stream ?? {}),
    })
  }
  return [...met.values()]
}

/** The span that each line of a trace names, or else the service that wrote it. `isMeant`: of lines that may be those of others. */
export function ownersOf(
  trace: Trace,
  batch: LogBatch,
  facts: LogFacts,
  isMeant: (line: LogLine) => boolean = () => true,
): readonly OwnedLine[] {
  const owned: OwnedLine[] = []
  for (let at = 0; at < batch.length; at++) {
    const line = { batch, at }
    if (!isMeant(line)) continue
    const spanId = traceOf(line, facts.naming)?.spanId
    const span = spanId === undefined ? -1 : rowOfSpanId(trace.spans, spanId)
    owned.push({ at, span, service: span < 0 ? serviceOf(trace, line, facts) : undefined })
  }
  return owned
}

function serviceOf({ services }: Trace, line: LogLine, facts: LogFacts): number | undefined {
  const wrote = serviceOfStream(labelsOf(line), facts)
  const [name] = wrote === undefined ? [] : namesOf(wrote, services)
  return name === undefined ? undefined : services.indexOf(name)
}
