/** The door of a source's thread: questions in, answers of its stores out. */
import { setImmediate } from 'node:timers/promises'
import { parentPort } from 'node:worker_threads'
import { traceqlOf } from '#shared/api/traceql'
import type { StopSignal } from '#shared/query/breath'
import { LogqlError } from '#shared/query/logql/logql-error'
import { PromqlError } from '#shared/query/promql/promql-error'
import { lineAndColumn, TraceqlError } from '#shared/query/traceql/traceql-error'
import type { TraceQuery } from '#shared/api/contract'
import type { LinesQuery } from '#shared/api/logs'
import type { EmbeddedStores, StoreCall, StoreReply } from './store-messages.ts'

/** These let others have their turn in between, and look whether they are stopped. */
const long: ReadonlySet<string> = new Set([
  'search',
  'query',
  'queryRange',
  'rules',
  'lines',
  'metric',
  'volume',
  'fields',
  'fieldValues',
])

/** Answers the questions of the thread that started this one, from now on. */
export function answerCalls(stores: EmbeddedStores): void {
  async function answer(call: StoreCall): Promise<void> {
    const { id } = call
    let reply: StoreReply
    try {
      reply = { id, answer: await answerTo(stores, call) }
    } catch (thrown) {
      reply = { id, ...reasonOf(thrown, call) }
    }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread of Node's has no origin
    parentPort?.postMessage(reply)
  }

  parentPort?.on('message', (call: StoreCall) => void answer(call))
}

type Questions = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>

function answerTo(stores: EmbeddedStores, { store, name, args, stopped }: StoreCall): unknown {
  const questions = (stores as unknown as Readonly<Record<string, Questions>>)[store]
  return questions[name](
    ...args,
    ...(long.has(name) ? [{ signal: stopSignal(stopped), pause: setImmediate }] : []),
  )
}

function stopSignal(stopped: Int32Array): StopSignal {
  return {
    get aborted() {
      return Atomics.load(stopped, 0) === 1
    },
    reason: new Error('nobody waits for it any more'),
  }
}

/** The query among the arguments of a question: the first, or that behind a label or field. */
function queryIn(name: string, args: readonly unknown[]): string {
  return String(name === 'labelValues' || name === 'fieldValues' ? args[1] : args[0])
}

function reasonOf(
  thrown: unknown,
  { name, args }: StoreCall,
): { readonly refusal: string } | { readonly failure: string } {
  if (thrown instanceof TraceqlError && (name === 'search' || name === 'metric')) {
    const text = name === 'search' ? traceqlOf(args[0] as TraceQuery) : queryIn(name, args)
    const { line, column } = lineAndColumn(text, thrown.from)
    // As Tempo says it, so that the page finds the place in either's words.
    return { refusal: `at line ${line}, col ${column}: ${thrown.message}` }
  }
  if (thrown instanceof LogqlError) {
    const text = name === 'lines' ? (args[0] as LinesQuery).query : queryIn(name, args)
    const { line, column } = lineAndColumn(text, thrown.from)
    // As Loki says it.
    return { refusal: `parse error at line ${line}, col ${column}: ${thrown.message}` }
  }
  if (thrown instanceof PromqlError) {
    const text = queryIn(name, args)
    const { line, column } = lineAndColumn(text, thrown.from)
    // As Prometheus says it.
    return { refusal: `${line}:${column}: ${thrown.message}` }
  }
  return { failure: thrown instanceof Error ? thrown.message : String(thrown) }
}
