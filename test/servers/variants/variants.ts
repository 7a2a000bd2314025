/** The incident in all the ways in which it may have been written down. */
import { type Variant, words } from './variant.ts'

export const variants: readonly Variant[] = [
  {
    name: 'ids as structured metadata, exemplars by trace_id, all by service_name, the trace in Tempo',
    service: 'till-a',
    metrics: { service_name: 'till-a' },
    listed: 'till-a',
    exemplar: 'trace_id',
    heldBy: ['tempo'],
    stream: { service_name: 'till-a' },
    text: () => words,
    metadata: (id, spanId) => ({ trace_id: id, span_id: spanId }),
    said: /^1 line: trace_id and span_id in metadata, ± 1 s\.$/,
  },
  {
    name: 'the id in a JSON field, exemplars by traceID, app for service.name, the trace in Jaeger',
    service: 'till-b-service',
    metrics: { app: 'till-b' },
    listed: 'till-b',
    exemplar: 'traceID',
    heldBy: ['jaeger'],
    stream: { app: 'till-b' },
    text: (id) => JSON.stringify({ level: 'error', msg: words, traceID: id }),
    said: /^1 line: the id in the line, ± 1 s\.$/,
  },
  {
    name: 'the id in a logfmt field, exemplars by traceId, job with a namespace, the trace in Tempo and Jaeger',
    service: 'till-c',
    metrics: { job: 'shop/till-c' },
    listed: 'till-c',
    exemplar: 'traceId',
    heldBy: ['tempo', 'jaeger'],
    stream: { job: 'shop/till-c' },
    text: (id) => `level=error msg="${words}" trace_id=${id}`,
    said: /^1 line: the id in the line, ± 1 s\.$/,
  },
  {
    name: 'an id with leading zeros, which Tempo strips, and so do exemplars and the plain text of lines',
    service: 'till-d',
    metrics: { service_name: 'till-d' },
    listed: 'till-d',
    exemplar: 'traceID',
    idBegins: '000',
    isStripped: true,
    heldBy: ['tempo'],
    stream: { container: 'till-d' },
    text: (id) => `ERROR ${words} (trace ${id})`,
    said: /^1 line: the id without its leading zeros in the line, ± 1 s\.$/,
  },
  {
    name: 'a line three seconds after its span',
    service: 'till-e',
    metrics: { service_name: 'till-e' },
    listed: 'till-e',
    exemplar: 'trace_id',
    heldBy: ['tempo'],
    stream: { service_name: 'till-e' },
    text: (id) => `level=error msg="${words}" trace_id=${id}`,
    afterMs: 3_000,
    said: /^1 line: the id in the line, ± 1 s by its clock, 3\.00 s ahead\. They come 3\.0 s after it ended: written late, or by a clock that is ahead\.$/,
  },
  {
    name: 'lines by a clock that is two minutes behind',
    service: 'till-f',
    metrics: { service_name: 'till-f' },
    listed: 'till-f',
    exemplar: 'trace_id',
    heldBy: ['tempo'],
    stream: { service_name: 'till-f' },
    text: (id) => `level=error msg="${words}" trace_id=${id}`,
    afterMs: -124_500,
    said: /^1 line: the id in the line, ± 1 s by its clock, 2 min behind\. They come 2 min before it began: by a clock that is behind\.$/,
  },
]

/** What the others differ in does not matter here. */
const usual = (service: string, change: Partial<Variant> = {}): Variant => ({
  ...variants[0],
  name: service,
  service,
  metrics: { service_name: service },
  listed: service,
  stream: { service_name: service },
  ...change,
})

/** Its trace was not sampled: nobody holds it. */
export const unsampled = usual('till-lost', { heldBy: [] })
/** Its trace was not sampled either, and its line was written by a clock that is two minutes behind. */
export const unsampledBehind = usual('till-gone', { heldBy: [], afterMs: -124_500 })
/** Two requests of a service whose clock is two minutes behind: one late line would not tell of a clock. */
export const behindTwice: readonly Variant[] = ['1', '2'].map((idBegins) =>
  usual('till-behind', { idBegins, afterMs: -124_500 }),
)
/** Its line names no trace. */
export const unnamed = usual('till-plain', { text: () => words, metadata: () => ({}) })
/** For those who reach no Loki, or no Tempo, or one of others. */
export const withoutLogs = usual('till-mute')

/** An id of an order that looks like that of a trace, in a place where traces are named. */
export const orderId = 'aa00f0c2a7d94c1e8b03d5c6f2119a7e'
export const withOrderId = usual('till-order', {
  text: (id) => `${words} request=${id}`,
  metadata: () => ({ traceid: orderId }),
})

export const allVariants: readonly Variant[] = [
  ...variants,
  unsampled,
  unsampledBehind,
  unnamed,
  withoutLogs,
  withOrderId,
]
