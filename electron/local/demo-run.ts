import type { Worker } from 'node:worker_threads'
import type { ProbeReport } from '#shared/api/contract'
import type { TraceBackend } from '../backends/backend.ts'
import { cancelled, failure, type SourceError } from '../backends/source-error.ts'
import type { StoreReply } from './demo-worker-messages.ts'
import type { TraceStore } from './trace-store.ts'

/** A run of the demo shop, answered for by its worker; the first answer comes when the simulation is over. */
export interface DemoRun {
  /** The source's. */
  readonly name: string
  readonly traces: TraceBackend
  probe(signal: AbortSignal): Promise<ProbeReport>
  /** Ends the worker; who still waits is refused. */
  close(): Promise<void>
}

interface Waiting {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: SourceError) => void
}

/** Talks to a worker that was started with DemoWorkerData. */
export function createDemoRun(worker: Worker, name: string): DemoRun {
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

  function ask<Name extends keyof TraceStore>(
    signal: AbortSignal,
    question: Name,
    ...args: Parameters<TraceStore[Name]>
  ): Promise<Awaited<ReturnType<TraceStore[Name]>>> {
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
          resolve(answer as Awaited<ReturnType<TraceStore[Name]>>)
        },
        reject: (error) => {
          settled()
          reject(error)
        },
      })
      return send({ id, name: question, args })
    })
  }

  return {
    name,
    traces: {
      services: (_, signal) => ask(signal, 'services'),
      operations: (service, _, signal) => ask(signal, 'operations', service),
      tags: (_, signal) => ask(signal, 'tags'),
      tagValues: (tag, _filter, _window, signal) => ask(signal, 'tagValues', tag),
      dependencies: (window, signal) => ask(signal, 'dependencies', window),
      search: async (query, signal) => ({
        kind: 'summaries',
        answer: await ask(signal, 'search', query),
      }),
      async trace({ traceId }, signal) {
        const bytes = await ask(signal, 'trace', traceId)
        if (bytes === undefined)
          throw failure(
            'not-found',
            `${name} has no trace ${traceId}.`,
            'Check the id, or search for the trace.',
          )
        return {
          contentType: 'application/json',
          lengthBytes: bytes.byteLength,
          first: bytes,
          ended: true,
          body: new Blob([bytes]).stream(),
          notes: [],
        }
      },
    },
    async probe(signal) {
      const names = await ask(signal, 'services')
      // The first answer waits for the simulation, which says nothing of how fast it answers.
      const beforeMs = performance.now()
      await ask(signal, 'services')
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
