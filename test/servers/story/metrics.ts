/** The metrics of the story, for Prometheus through OTLP: request durations of every service with exemplars, and the full pool. */
import { otlpAttributes, resourceOf } from './otlp.ts'
import type { FedSpan } from './span.ts'
import type { Story } from './story.ts'

const stepMs = 15_000
const boundsSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** One ExportMetricsServiceRequest for each step of the ordinary, oldest first; counts are cumulative. */
export function writeMetrics(story: Story): object[] {
  const spans = [...story.tempo.ordinary, story.tempo.incident]
    .flatMap((trace) => trace.spans)
    .filter((span) => span.kind === 'server')
  const services = [...Map.groupBy(spans, (span) => span.service)]
  const requests: object[] = []
  for (let timeMs = story.startMs; timeMs <= story.endMs; timeMs += stepMs)
    requests.push({
      resourceMetrics: services.map(([service, spans]) => ({
        resource: { attributes: otlpAttributes(resourceOf(service)) },
        scopeMetrics: [
          {
            metrics: [
              durationMetric(spans, story.startMs, timeMs),
              ...(service === 'payment-service' ? [poolMetric(spans, timeMs)] : []),
            ],
          },
        ],
      })),
    })
  return requests
}

function durationMetric(spans: readonly FedSpan[], startMs: number, timeMs: number) {
  const ended = spans.filter((span) => span.endNs <= BigInt(timeMs) * 1_000_000n)
  const recent = ended.filter((span) => span.endNs > BigInt(timeMs - stepMs) * 1_000_000n)
  const counts = Array.from<number>({ length: boundsSeconds.length + 1 }).fill(0)
  for (const span of ended) {
    const bucket = boundsSeconds.findIndex((bound) => seconds(span) <= bound)
    counts[bucket === -1 ? boundsSeconds.length : bucket]++
  }
  return {
    name: 'http.server.request.duration',
    unit: 's',
    description: 'Duration of HTTP server requests.',
    histogram: {
      aggregationTemporality: 2,
      dataPoints: [
        {
          startTimeUnixNano: `${startMs}000000`,
          timeUnixNano: `${timeMs}000000`,
          count: String(ended.length),
          sum: ended.reduce((sum, span) => sum + seconds(span), 0),
          bucketCounts: counts.map(String),
          explicitBounds: boundsSeconds,
          exemplars: recent.map((span) => ({
            timeUnixNano: String(span.endNs),
            asDouble: seconds(span),
            traceId: span.traceId,
            spanId: span.spanId,
          })),
        },
      ],
    },
  }
}

/** Full while the slow checkout waits. */
function poolMetric(spans: readonly FedSpan[], timeMs: number) {
  const timeNs = BigInt(timeMs) * 1_000_000n
  const waiting = spans.some(
    (span) => seconds(span) > 4 && span.startNs < timeNs && span.endNs + 60_000_000_000n > timeNs,
  )
  return {
    name: 'db.client.connection.count',
    unit: '{connection}',
    gauge: {
      dataPoints: [
        {
          timeUnixNano: `${timeMs}000000`,
          asInt: waiting ? '20' : '6',
          attributes: otlpAttributes({
            'db.client.connection.pool.name': 'payments-db',
            'db.client.connection.state': 'used',
          }),
        },
      ],
    },
  }
}

function seconds(span: FedSpan): number {
  return Number(span.endNs - span.startNs) / 1e9
}
