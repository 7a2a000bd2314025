/**
 * Sends series to Prometheus as they are, native histograms and the ends of series too, through its remote-write receiver:
 * https://prometheus.io/docs/specs/prw/remote_write_spec/
 */
import type { Buckets, Histogram } from '#shared/query/promql/histogram'
import type { Series } from '#shared/query/promql/series-store'
import { field, fixed64Field, message, text, varintField } from '../../builders/generate-trace.ts'

/** The one NaN that says that a series has ended. */
const staleNaN = 0x7ff0000000000002n

/** Prometheus wants samples in order of time over all series; so much of it goes into one request. */
const sliceMs = 300_000

/** A measurement that is kept with the trace it belongs to. */
export interface Traced {
  readonly timeMs: number
  readonly value: number
  /** As it is written. */
  readonly traceId: string
  readonly spanId: string
  /** The label that names the trace; `trace_id` where this is not said. */
  readonly label?: string
}

/** A series, with what was kept of it, in order of time. */
export interface TracedSeries extends Series {
  readonly traced?: readonly Traced[]
}

export async function remoteWrite(url: string, series: readonly TracedSeries[]): Promise<void> {
  const times = series.flatMap(({ times }) => [times[0], times[times.length - 1]])
  for (let fromMs = Math.min(...times); fromMs <= Math.max(...times); fromMs += sliceMs) {
    const answer = await fetch(`${url}/api/v1/write`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-protobuf',
        'content-encoding': 'snappy',
        'x-prometheus-remote-write-version': '0.1.0',
      },
      body: snappy(message(...series.map((one) => timeSeries(one, fromMs, fromMs + sliceMs)))),
    })
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`)
    await answer.arrayBuffer()
  }
}

function timeSeries(
  { labels, times, values, histograms, ended, traced = [] }: TracedSeries,
  fromMs: number,
  toMs: number,
): Uint8Array {
  const rows = [...times.keys()].filter((row) => times[row] >= fromMs && times[row] < toMs)
  if (rows.length === 0) return message()
  const samples = rows.map((row) => {
    const histogram = histograms?.[row]
    if (histogram !== undefined) return field(4, histogramMessage(histogram, times[row], false))
    // A series of histograms ends with one that holds nothing.
    if (ended?.[row] === 1 && histograms?.[row - 1] !== undefined)
      return field(4, histogramMessage(histograms[row - 1] as Histogram, times[row], true))
    const bits = ended?.[row] === 1 ? staleNaN : bitsOf(values[row])
    return field(2, message(fixed64Field(1, bits), varintField(2, times[row])))
  })
  return field(
    1,
    message(
      ...labels.map(([name, value]) => labelMessage(name, value)),
      ...samples,
      ...traced.filter(({ timeMs }) => timeMs >= fromMs && timeMs < toMs).map(exemplar),
    ),
  )
}

const labelMessage = (name: string, value: string): Uint8Array =>
  field(1, message(field(1, text(name)), field(2, text(value))))

function exemplar({ timeMs, value, traceId, spanId, label = 'trace_id' }: Traced): Uint8Array {
  return field(
    3,
    message(
      labelMessage(label, traceId),
      labelMessage('span_id', spanId),
      fixed64Field(2, bitsOf(value)),
      varintField(3, timeMs),
    ),
  )
}

function histogramMessage(histogram: Histogram, timeMs: number, ends: boolean): Uint8Array {
  const { schema, count, sum, zeroThreshold, zeroCount, positive, negative, isGauge } = histogram
  return message(
    fixed64Field(2, bitsOf(count)),
    fixed64Field(3, ends ? staleNaN : bitsOf(sum)),
    varintField(4, zigzag(schema)),
    fixed64Field(5, bitsOf(zeroThreshold)),
    fixed64Field(7, bitsOf(zeroCount)),
    ...spans(8, negative),
    field(10, doubles(negative.counts)),
    ...spans(11, positive),
    field(13, doubles(positive.counts)),
    varintField(14, isGauge ? 3 : 0),
    varintField(15, timeMs),
  )
}

/** Runs of buckets side by side: how far from the last run, and how many. */
function spans(number: number, { indexes }: Buckets): Uint8Array[] {
  const runs: { offset: number; length: number }[] = []
  for (const [at, index] of indexes.entries()) {
    const last = runs.at(-1)
    if (last !== undefined && index === indexes[at - 1] + 1) last.length++
    else runs.push({ offset: at === 0 ? index : index - indexes[at - 1] - 1, length: 1 })
  }
  return runs.map(({ offset, length }) =>
    field(number, message(varintField(1, zigzag(offset)), varintField(2, length))),
  )
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value
}

function bitsOf(value: number): bigint {
  return new BigUint64Array(new Float64Array([value]).buffer)[0]
}

function doubles(values: readonly number[]): Uint8Array {
  return new Uint8Array(new Float64Array(values).buffer)
}

/** Snappy's block format with nothing compressed: the length, then all bytes as one literal. */
function snappy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const head: number[] = []
  let rest = bytes.length
  for (; rest > 127; rest = Math.floor(rest / 128)) head.push((rest & 127) | 128)
  head.push(rest, 63 << 2)
  const last = bytes.length - 1
  head.push(last & 255, (last >> 8) & 255, (last >> 16) & 255, (last >> 24) & 255)
  return Uint8Array.from([...head, ...bytes])
}
