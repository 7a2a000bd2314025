import { aroundPlace } from '#shared/correlate/trace-questions'
import { startMsOf } from '#shared/trace/summary'
import type { TraceSummary } from '#shared/trace/table'
import { ServiceList } from '../pivots/service-list'

/** The services of a found trace, those with most spans first. */
export function TraceServices({
  summary,
  colorOf,
}: {
  readonly summary: TraceSummary
  readonly colorOf: (service: string) => string
}) {
  const startMs = startMsOf(summary)
  return (
    <ServiceList
      label="Services of the selected trace"
      services={summary.services.map(({ name }) => name)}
      window={aroundPlace({ startMs, endMs: startMs + summary.durationNs / 1e6 })}
      colorOf={colorOf}
    />
  )
}
