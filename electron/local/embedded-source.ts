import type { ProbeReport } from '#shared/api/contract'
import type { TraceBackend } from '../backends/backend.ts'
import type { StreamedAnswer } from '../backends/http.ts'
import type { LogsBackend } from '../backends/logs-backend.ts'
import { metricAnswer } from '../backends/metric-answer.ts'
import type { MetricsBackend } from '../backends/metrics-backend.ts'
import { failure } from '../backends/source-error.ts'
import type { EmbeddedStores } from './store-messages.ts'
import type { ThreadCalls } from './thread-calls.ts'

/** A source that Clew holds itself, answered for by a thread; the first answer comes when that has something to answer from. */
export interface EmbeddedSource {
  /** The source's. */
  readonly name: string
  readonly traces: TraceBackend
  readonly metrics: MetricsBackend
  readonly logs: LogsBackend
  probe(signal: AbortSignal): Promise<ProbeReport>
  /** Ends the worker; who still waits is refused. */
  close(): Promise<void>
}

/** As many lines as a Loki gives at once. */
const mostLines = 5_000

/** JSON that is there already, as what comes from a server. */
function asStream(bytes: Uint8Array<ArrayBuffer>): StreamedAnswer {
  return {
    contentType: 'application/json',
    lengthBytes: bytes.byteLength,
    first: bytes,
    ended: true,
    body: new Blob([bytes]).stream(),
  }
}

/** The source that a thread answers for. */
export function createEmbeddedSource(
  { ask, close }: ThreadCalls<EmbeddedStores>,
  name: string,
): EmbeddedSource {
  return {
    name,
    traces: {
      services: (_, signal) => ask(signal, 'traces', 'services'),
      operations: (service, _, signal) => ask(signal, 'traces', 'operations', service),
      tags: (_, signal) => ask(signal, 'traces', 'tags'),
      tagValues: (tag, _filter, _window, signal) => ask(signal, 'traces', 'tagValues', tag),
      dependencies: async (window, signal) => ({
        calls: await ask(signal, 'traces', 'dependencies', window),
        notes: [],
      }),
      search: async (query, signal) => ({
        kind: 'summaries',
        answer: await ask(signal, 'traces', 'search', query),
      }),
      metric: (query, window, stepMs, signal) => ask(signal, 'traces', 'metric', query, window, stepMs),
      async trace({ traceId }, signal) {
        const bytes = await ask(signal, 'traces', 'trace', traceId)
        if (bytes === undefined)
          throw failure(
            'not-found',
            `${name} has no trace ${traceId}.`,
            'Check the id, or search for the trace.',
          )
        return { ...asStream(bytes), notes: [] }
      },
    },
    metrics: {
      query: (query, atMs, signal) => ask(signal, 'metrics', 'query', query, atMs),
      queryRange: (query, window, stepMs, signal) =>
        ask(signal, 'metrics', 'queryRange', query, window, stepMs),
      exemplars: (query, window, signal) => ask(signal, 'metrics', 'exemplars', query, window),
      labels: (match, window, signal) => ask(signal, 'metrics', 'labels', match, window),
      labelValues: (label, match, window, signal) =>
        ask(signal, 'metrics', 'labelValues', label, match, window),
      series: (match, window, signal) => ask(signal, 'metrics', 'series', match, window),
      metadata: (metric, signal) => ask(signal, 'metrics', 'metadata', metric),
      rules: (signal) => ask(signal, 'metrics', 'rules'),
    },
    // Nothing is followed: what there is has ended when it is read.
    logs: {
      async lines(query, signal) {
        const limit = Math.min(query.limit, mostLines)
        return { ...asStream(await ask(signal, 'logs', 'lines', { ...query, limit })), limit }
      },
      async metric(query, window, stepMs, signal) {
        const series = await ask(signal, 'logs', 'metric', query, window, stepMs)
        const result = series.map(({ labels, values }) => ({ metric: labels, values }))
        return metricAnswer({ data: { resultType: 'matrix', result } })
      },
      volume: (query, window, stepMs, signal) => ask(signal, 'logs', 'volume', query, window, stepMs),
      labels: (selector, window, signal) => ask(signal, 'logs', 'labels', selector, window),
      labelValues: (label, selector, window, signal) =>
        ask(signal, 'logs', 'labelValues', label, selector, window),
      series: (selector, window, signal) => ask(signal, 'logs', 'series', selector, window),
      fields: (query, window, signal) => ask(signal, 'logs', 'fields', query, window),
      fieldValues: (field, query, window, signal) => ask(signal, 'logs', 'fieldValues', field, query, window),
    },
    async probe(signal) {
      const names = await ask(signal, 'traces', 'services')
      // The first answer may wait for what it is made of, which says nothing of how fast the others come.
      const beforeMs = performance.now()
      await ask(signal, 'traces', 'services')
      return {
        ok: true,
        product: name,
        version: undefined,
        api: undefined,
        seen: { what: 'services', names, total: names.length },
        clockDifferenceMs: undefined,
        roundTripMs: performance.now() - beforeMs,
        notes: [],
        error: undefined,
      }
    },
    close,
  }
}
