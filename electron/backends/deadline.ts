/**
 * One time limit for all that a question takes. A question may be several requests (an API that is not there, a redirect, another
 * spelling of an id), and each alone being in time would let the whole take a multiple of what was set.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Backend, TraceBackend } from './backend.ts'

const deadlines = new AsyncLocalStorage<{ endMs: number }>()

/** Runs `work` so that every request in it is answered within `timeoutMs` from now, or not at all. An outer limit stays. */
export function withinTime<Result>(timeoutMs: number, work: () => Result): Result {
  return deadlines.getStore() === undefined
    ? deadlines.run({ endMs: performance.now() + timeoutMs }, work)
    : work()
}

/** How long a request that starts now may wait for its first byte; at least 1 ms, so that it ends as a time-out. */
export function patienceMs(timeoutMs: number): number {
  const deadline = deadlines.getStore()
  if (deadline === undefined) return timeoutMs
  return Math.min(timeoutMs, Math.max(1, deadline.endMs - performance.now()))
}

/** Waits for our own doing, which is not the server's time. */
export async function offTheClock<Result>(waiting: Promise<Result>): Promise<Result> {
  const startMs = performance.now()
  const result = await waiting
  const deadline = deadlines.getStore()
  if (deadline !== undefined) deadline.endMs += performance.now() - startMs
  return result
}

/** The same backend, each of whose questions has one time limit. */
export function withDeadlines(backend: Backend, timeoutMs: number): Backend {
  const limited = <Result>(work: () => Promise<Result>): Promise<Result> => withinTime(timeoutMs, work)
  const { traces } = backend
  return {
    probe: (signal) => limited(() => backend.probe(signal)),
    traces: traces === undefined ? undefined : tracesWithDeadlines(traces, limited),
  }
}

function tracesWithDeadlines(
  traces: TraceBackend,
  limited: <Result>(work: () => Promise<Result>) => Promise<Result>,
): TraceBackend {
  const { tags, tagValues, dependencies } = traces
  return {
    services: (...ask) => limited(() => traces.services(...ask)),
    operations: (...ask) => limited(() => traces.operations(...ask)),
    search: (...ask) => limited(() => traces.search(...ask)),
    trace: (...ask) => limited(() => traces.trace(...ask)),
    ...(tags && { tags: (...ask) => limited(() => tags(...ask)) }),
    ...(tagValues && { tagValues: (...ask) => limited(() => tagValues(...ask)) }),
    ...(dependencies && { dependencies: (...ask) => limited(() => dependencies(...ask)) }),
  }
}
