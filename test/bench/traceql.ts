/** TraceQL over a million spans, those of the demo shop several times over: as they were recorded, and as they are in an opened file. */
import { simulate } from '#shared/simulate/run'
import { evaluateMetrics } from '#shared/query/traceql/metrics'
import { parseTraceql } from '#shared/query/traceql/parse'
import { searchTraces } from '#shared/query/traceql/search'
import type { TraceSpans } from '#shared/query/traceql/traces'
import { RecordedSpans } from '../../electron/local/recorded-spans.ts'
import { Samples, type Benchmark } from './measure.ts'
import { openedSpans } from './opened-spans.ts'

const spanCount = 1_000_000
const goalMs = 1000
const endMs = 1_793_000_000_000
const lengthMinutes = 45

const searches = [
  '{ name = "no such span" }',
  '{ duration > 2s }',
  '{ resource.service.name = "payment-service" && status = error }',
  '{ span.http.request.method = "POST" && .http.response.status_code >= 500 }',
  '{ name =~ ".*pool.acquire" && duration > 1s }',
  '{ kind = server } >> { status = error }',
  '{ resource.service.name = "order-service" } > { duration > 1s }',
  '{} | by(resource.service.name) | count() > 50',
  '{ kind = server } | avg(duration) > 1s',
]
const counts = [
  '{} | rate() by (resource.service.name)',
  '{ kind = server } | quantile_over_time(duration, .5, .99) by (name)',
]

export const traceql: Benchmark = {
  name: 'traceql',
  async run({ runs }) {
    const samples = new Samples()
    const { traces, epochNs } = recordedSpans()
    const range = { startMs: endMs - lengthMinutes * 60_000, endMs, stepMs: 15_000 }
    const opened = await openedSpans(spanCount, endMs, lengthMinutes)
    const stores = [
      { size: 'recorded', traces, epochNs },
      {
        size: 'opened file',
        traces: opened.traces(),
        epochNs: BigInt(opened.epochSeconds) * 1_000_000_000n,
      },
    ]
    for (let run = 0; run < runs; run++)
      for (const { size, ...store } of stores) {
        const measure = async (query: string, work: () => Promise<unknown>): Promise<void> => {
          const before = performance.now()
          await work()
          samples.add({ name: `\`${query}\``, size, unit: 'ms', goal: goalMs }, performance.now() - before)
        }
        for (const query of searches) await measure(query, () => countFound(query, store.traces))
        for (const query of counts)
          await measure(query, () => evaluateMetrics(parseTraceql(query), store, range))
      }
    return samples.measurements()
  },
}

/** The same traces again and again, until there are enough spans. */
function recordedSpans(): { readonly traces: readonly RecordedSpans[]; readonly epochNs: bigint } {
  const endNs = BigInt(endMs) * 1_000_000n
  const run = simulate({ scenario: 'pool-exhaustion', seed: 1, endNs, lengthMinutes })
  const traces: RecordedSpans[] = []
  for (let count = 0; count < spanCount;)
    for (const trace of run.traces) {
      traces.push(new RecordedSpans(trace))
      count += trace.spans.length
    }
  return { traces, epochNs: run.epochNs }
}

/** How many groups of spans there are; no limit ends the search early. */
async function countFound(query: string, traces: readonly TraceSpans[]): Promise<number> {
  let count = 0
  for await (const { spansets } of searchTraces(parseTraceql(query), traces)) count += spansets.length
  return count
}
