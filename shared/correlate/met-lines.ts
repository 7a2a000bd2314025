/** What the lines of a trace tell of the services that wrote them. */
import { clockOf, metAgain } from '#shared/correlate/clocks'
import type { MetLines } from '#shared/correlate/learn-log-facts'
import { msOfNs } from '#shared/derive/clock-times'
import { labelsOf, type LogBatch, msOf } from '#shared/logs/batch'
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

/** One entry for each service that wrote any of the lines. */
export function metInTrace(trace: Trace, batch: LogBatch, lines: readonly OwnedLine[]): readonly MetLines[] {
  const stretches = new Map<number, Stretch>()
  const met = new Map<number, MetLines>()
  for (const { at, span, service: byLabel } of lines) {
    const service = span < 0 ? byLabel : trace.spans.service[span]
    if (service === undefined) continue
    let stretch = span < 0 ? stretches.get(service) : stretchOf(trace, span)
    if (stretch === undefined) stretches.set(service, (stretch = stretchOfService(trace, service)))
    const ms = msOf({ batch, at })
    const clock = clockOf(stretch, { firstMs: ms, lastMs: ms })
    const before = met.get(service)
    met.set(service, {
      service: trace.services[service],
      clock: metAgain(before?.clock, clock),
      // A label tells whose a line is; only a line that names its span tells what a service is called.
      stream: span < 0 ? (before?.stream ?? {}) : labelsOf({ batch, at }),
    })
  }
  return [...met.values()]
}
