/** Feeds the variants: metrics into a Prometheus of their own, traces and lines into the servers that all tests share. */
import { labelsOf } from '#shared/query/promql/labels'
import type { Backend, BackendAddress } from '../backends.ts'
import { sendSpans, waitForTraces, waitUntil } from '../feed.ts'
import type { Fleet } from '../fleet.ts'
import { remoteWrite, type TracedSeries } from '../promql/remote-write.ts'
import type { FedTrace } from '../story/span.ts'
import { Random } from '../story/span.ts'
import type { SlowRequest, Variant } from './variant.ts'

const stepMs = 15_000
const hourMs = 3_600_000
const slowMs = 4_500
const metric = 'http_server_request_duration_seconds'
/** Of a slow request and of all others, seconds. */
const bounds = ['0.1', '1', '5', '+Inf']

/** The request that waited, five minutes before the end. */
export function slowRequest(variant: Variant, endMs: number): SlowRequest {
  const random = new Random(Buffer.from(variant.service).reduce((sum, byte) => sum * 31 + byte, endMs % 1e6))
  const begins = variant.idBegins ?? ''
  const slowEndMs = endMs - 300_000
  return {
    traceId: begins + random.hex(32 - begins.length),
    spanId: random.hex(16),
    startMs: slowEndMs - slowMs,
    endMs: slowEndMs,
  }
}

/** The id as metrics and lines write it. */
const written = ({ isStripped = false }: Variant, { traceId }: SlowRequest): string =>
  isStripped ? traceId.replace(/^0+/, '') : traceId

/** A fast request every fifteen seconds, and the slow one. */
function seriesOf(variant: Variant, slow: SlowRequest, endMs: number): readonly TracedSeries[] {
  const times = Float64Array.from({ length: hourMs / stepMs + 1 }, (_, at) => endMs - hourMs + at * stepMs)
  const series = (suffix: string, more: object, fast: number, wait: number): TracedSeries => ({
    labels: labelsOf({
      __name__: metric + suffix,
      http_request_method: 'POST',
      http_route: '/pay',
      http_response_status_code: '200',
      ...variant.metrics,
      ...more,
    }),
    times,
    values: times.map((time, at) => at * fast + (time >= slow.endMs ? wait : 0)),
  })
  return [
    series('_count', {}, 1, 1),
    series('_sum', {}, 0.05, slowMs / 1_000),
    ...bounds.map((le) => ({
      ...series('_bucket', { le }, 1, le === '5' || le === '+Inf' ? 1 : 0),
      traced:
        le === '5'
          ? [
              {
                timeMs: slow.endMs,
                value: slowMs / 1_000,
                traceId: written(variant, slow),
                spanId: slow.spanId,
                label: variant.exemplar,
              },
            ]
          : [],
    })),
  ]
}

const traceOf = ({ service }: Variant, { traceId, spanId, startMs, endMs }: SlowRequest): FedTrace => ({
  traceId,
  spans: [
    {
      traceId,
      spanId,
      parentSpanId: undefined,
      service,
      name: 'POST /pay',
      kind: 'server',
      startNs: BigInt(startMs) * 1_000_000n,
      endNs: BigInt(endMs) * 1_000_000n,
      attributes: {},
      events: [],
      links: [],
      error: undefined,
    },
  ],
})

const reversed = (id: string): string => id.split('').toReversed().join('')

/** Another request at the same time. */
const anotherThan = (slow: SlowRequest): SlowRequest => ({
  ...slow,
  traceId: reversed(slow.traceId),
  spanId: reversed(slow.spanId),
})

function streamOf(variant: Variant, slow: SlowRequest) {
  const { stream, text, metadata, afterMs = 0 } = variant
  const id = written(variant, slow)
  const entry = [`${slow.endMs + afterMs}000000`, text(id, slow.spanId)]
  return { stream, values: [metadata ? [...entry, metadata(id, slow.spanId)] : entry] }
}

/** Sends everything and waits until it is there. */
export async function feedVariants(
  prometheus: Backend,
  { tempo, jaeger, loki }: Fleet['servers'],
  variants: readonly Variant[],
  endMs: number,
): Promise<void> {
  await remoteWrite(
    prometheus.url,
    variants.flatMap((variant) => seriesOf(variant, slowRequest(variant, endMs), endMs)),
  )
  await feedTracesAndLines([tempo, jaeger], loki, variants, endMs)
}

/** The same without metrics. */
export async function feedTracesAndLines(
  holders: readonly BackendAddress[],
  loki: BackendAddress,
  variants: readonly Variant[],
  endMs: number,
): Promise<void> {
  const all = variants.map((variant) => ({ variant, slow: slowRequest(variant, endMs) }))
  for (const server of holders) {
    const held = all.flatMap(({ variant, slow }) => {
      if (variant.heldBy.some((kind) => kind === server.kind)) return [traceOf(variant, slow)]
      // Of a service whose slow request was not sampled another request was.
      return variant.heldBy.length === 0 ? [traceOf(variant, anotherThan(slow))] : []
    })
    // oxlint-disable-next-line no-await-in-loop -- Jaeger wants them in turn
    for (const trace of held) await sendSpans(server, trace.spans)
    // oxlint-disable-next-line no-await-in-loop -- as above
    await waitForTraces(server, held)
  }
  const pushed = await fetch(`${loki.url}/loki/api/v1/push`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ streams: all.map(({ variant, slow }) => streamOf(variant, slow)) }),
  })
  if (!pushed.ok) throw new Error(`Loki took no lines: ${pushed.status} ${await pushed.text()}`)
  const [last] = Object.entries(all[all.length - 1].variant.stream)
  await waitUntil(`Loki to list ${last.join('=')}`, async () => {
    const answer = await fetch(`${loki.url}/loki/api/v1/label/${last[0]}/values`)
    return (await answer.text()).includes(`"${last[1]}"`)
  })
}
