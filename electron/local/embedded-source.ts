import type { Worker } from 'node:worker_threads'
import type { ProbeReport } from '#shared/api/contract'
import type { TraceBackend } from '../backends/backend.ts'
import type { StreamedAnswer } from '../backends/http.ts'
import type { LogsBackend } from '../backends/logs-backend.ts'
import type { MetricsBackend } from '../backends/metrics-backend.ts'
import { cancelled, failure, type SourceError } from '../backends/source-error.ts'
import type { ArgsOf, EmbeddedStores, StoreReply } from './store-messages.ts'

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

interface Waiting {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: SourceError) => void
}

type AnswerOf<Question> = Question extends (...args: never[]) => infer Answer ? Awaited<Answer> : never

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

/** Talks to a thread that `answerCalls` (store-door.ts). */
export function createEmbeddedSource(worker: Worker, name: string): EmbeddedSource {
  const waiting = new Map<number, Waiting>()
  let nextId = 0
  let end: SourceError | undefined

  worker.on('message', (reply: StoreReply) => {
    const asked = waiting.get(reply.id)
    waiting.delete(reply.id)
    if ('answer' in reply) asked?.resolve(reply.answer)
    else asked?.reject('refusal' in reply ? refused(reply.refusal) : failed(reply.failure))
  })
  worker.on('error', (cause) => finish(failed(cause instanceof Error ? cause.message : String(cause))))
  worker.on('exit', () => finish(failure('not-found', `${name} has ended.`, 'Start it again.')))
  // It must not keep Clew from ending.
  worker.unref()

  function failed(detail: string): SourceError {
    return failure('internal', `${name} failed inside Clew.`, 'Start it again.', { detail })
  }

  function refused(detail: string): SourceError {
    return failure('bad-query', `${name} did not understand the query.`, 'Correct the query.', { detail })
  }

  function finish(error: SourceError): void {
    end ??= error
    for (const { reject } of waiting.values()) reject(end)
    waiting.clear()
  }

  function send(message: object): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread of Node's has no origin
    worker.postMessage(message)
  }

  function ask<Store extends keyof EmbeddedStores, Name extends keyof EmbeddedStores[Store]>(
    signal: AbortSignal,
    store: Store,
    name: Name,
    ...args: ArgsOf<EmbeddedStores[Store][Name]>
  ): Promise<AnswerOf<EmbeddedStores[Store][Name]>> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(cancelled())
      if (end) return reject(end)
      const id = nextId++
      const leave = (): void => {
        waiting.delete(id)
        send({ stop: id })
        reject(cancelled())
      }
      signal.addEventListener('abort', leave, { once: true })
      const settled = (): void => signal.removeEventListener('abort', leave)
      waiting.set(id, {
        resolve: (answer) => {
          settled()
          resolve(answer as AnswerOf<EmbeddedStores[Store][Name]>)
        },
        reject: (error) => {
          settled()
          reject(error)
        },
      })
      return send({ id, store, name, args })
    })
  }

  return {
    name,
    traces: {
      services: (_, signal) => ask(signal, 'traces', 'services'),
      operations: (service, _, signal) => ask(signal, 'traces', 'operations', service),
      tags: (_, signal) => ask(signal, 'traces', 'tags'),
      tagValues: (tag, _filter, _window, signal) => ask(signal, 'traces', 'tagValues', tag),
      dependencies: (window, signal) => ask(signal, 'traces', 'dependencies', window),
      search: async (query, signal) => ({
        kind: 'summaries',
        answer: await ask(signal, 'traces', 'search', query),
      }),
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
      metric: (query, window, stepMs, signal) => ask(signal, 'logs', 'metric', query, window, stepMs),
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
    async close() {
      await worker.terminate()
    },
  }
}
