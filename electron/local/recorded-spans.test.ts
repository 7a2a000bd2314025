/** What TraceQL is asked of is what is written: compared with the OTLP that the same traces are read as. */
import { expect, test } from 'vitest'
import type { SpanItem, TraceSpans } from '#shared/query/traceql/traces'
import { tracesDocument } from '#shared/simulate/otlp/traces'
import { simulate } from '#shared/simulate/run'
import { openSpans } from '../../test/builders/open-spans.ts'
import { type OtlpResourceSpans, traceSpansOf } from '../../test/builders/otlp-trace-spans.ts'
import { RecordedSpans } from './recorded-spans.ts'

const names = [
  'http.request.method',
  'http.response.status_code',
  'app.order.total',
  'messaging.destination.name',
]

function itemsOf(items: readonly SpanItem[]): unknown {
  return items.map((item) => ({
    ...item,
    attribute: item.attribute('exception.type') ?? item.attribute('pool.max'),
  }))
}

/** Everything a trace says of its spans, by their ids. */
function saidOf(trace: TraceSpans): Record<string, unknown> {
  const parents = trace.parents()
  const ids = Array.from(parents, (_, span) => trace.spanId(span))
  return Object.fromEntries(
    ids.map((id, span) => [
      id,
      {
        traceId: trace.traceId,
        parent: ids[parents[span]],
        parentId: trace.parentId(span),
        name: trace.name(span),
        startNs: trace.startNs(span),
        durationNs: trace.durationNs(span),
        status: trace.status(span),
        message: trace.statusMessage(span),
        kind: trace.kind(span),
        scope: [trace.scopeName(span), trace.scopeVersion(span), trace.scopeAttribute(span, 'name')],
        attributes: names.map((name) => trace.attribute(span, name)),
        service: trace.resourceAttribute(span, 'service.name'),
        nothing: [trace.attribute(span, 'constructor'), trace.resourceAttribute(span, 'toString')],
        events: itemsOf(trace.events(span)),
        links: itemsOf(trace.links(span)),
      },
    ]),
  )
}

/** The same trace, opened from what is written of it. */
async function opened(text: string, epochNs: bigint): Promise<Record<string, unknown>> {
  const all = await openSpans(text)
  const sinceNs = Number(BigInt(all.epochSeconds) * 1_000_000_000n - epochNs)
  const [trace] = all.traces()
  const said = Object.entries(saidOf(trace)) as [string, { startNs: number }][]
  return Object.fromEntries(said.map(([id, one]) => [id, { ...one, startNs: one.startNs + sinceNs }]))
}

test.each(['pool-exhaustion', 'clock-skew'])(
  'every span of %s says what is written of it, recorded and opened again',
  async (scenario) => {
    const endNs = 1_793_000_000_000_000_000n
    const run = simulate({ scenario, seed: 3, endNs, lengthMinutes: 24 })
    // Traces with the most to say: all of them would only take longer.
    const traces = run.traces.filter(
      ({ spans }, at) => at % 20 === 0 || spans.some(({ events, links }) => events.length + links.length > 0),
    )
    for (const trace of traces.slice(0, 400)) {
      const text = tracesDocument(run, trace.spans)
      const { resourceSpans } = JSON.parse(text) as { resourceSpans: readonly OtlpResourceSpans[] }
      const [written] = traceSpansOf(resourceSpans, run.epochNs)
      expect(saidOf(new RecordedSpans(trace))).toEqual(saidOf(written))
      // oxlint-disable-next-line no-await-in-loop -- one after the other, to be told which differs
      expect(await opened(text, run.epochNs)).toEqual(saidOf(written))
    }
  },
)
