/**
 * One time limit for all that a question takes. A question may be several requests (an API that is not there, a redirect, another
 * spelling of an id), and each alone being in time would let the whole take a multiple of what was set. What is asked by the way has a
 * short limit, which each answer begins anew: a server that answers every request is slow, not down.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Backend, TraceBackend } from './backend.ts'
import type { LogsBackend } from './logs-backend.ts'
import type { MetricsBackend } from './metrics-backend.ts'

/**
 * How long names for a form, and the look whether a source is there, wait for each answer of the server. A person's search waits as long
 * as its source is given; these are asked by the way, and a form is not worth waiting that long for.
 */
export const byTheWayMs = 5_000

interface Deadline {
  limitMs: number
  endMs: number
  /** What all of it may take, however often the server answers; not less than `limitMs`. */
  readonly wholeMs: number
  lastMs: number
}

const deadlines = new AsyncLocalStorage<Deadline>()

/**
 * Runs `work` so that every request in it is answered within `timeoutMs` from now, or not at all. Given more for the whole, it has
 * `timeoutMs` again from each answer. An outer limit stays.
 */
export function withinTime<Result>(timeoutMs: number, work: () => Result, wholeMs = timeoutMs): Result {
  if (deadlines.getStore() !== undefined) return work()
  const nowMs = performance.now()
  const deadline = { limitMs: timeoutMs, endMs: nowMs + timeoutMs, wholeMs, lastMs: nowMs + wholeMs }
  return deadlines.run(deadline, work)
}

/** The server answered one request: the next has its whole time, as far as the whole has. */
export function renewTime(): void {
  const deadline = deadlines.getStore()
  if (deadline === undefined) return
  const endMs = performance.now() + deadline.limitMs
  // From then on it is the limit of the whole that can be exceeded, and that is said.
  if (endMs >= deadline.lastMs) deadline.limitMs = deadline.wholeMs
  deadline.endMs = Math.max(deadline.endMs, Math.min(endMs, deadline.lastMs))
}

/** How long a request that starts now may wait for its first byte; at least 1 ms, so that it ends as a time-out. */
export function patienceMs(timeoutMs: number): number {
  const deadline = deadlines.getStore()
  if (deadline === undefined) return timeoutMs
  return Math.min(timeoutMs, Math.max(1, deadline.endMs - performance.now()))
}

/** How long the question that is asked now may take as a whole; for sentences. */
export function limitMs(timeoutMs: number): number {
  return Math.min(timeoutMs, deadlines.getStore()?.limitMs ?? Infinity)
}

/** Waits for our own doing, which is not the server's time. */
export async function offTheClock<Result>(waiting: Promise<Result>): Promise<Result> {
  const startMs = performance.now()
  const result = await waiting
  const deadline = deadlines.getStore()
  if (deadline !== undefined) {
    deadline.endMs += performance.now() - startMs
    deadline.lastMs += performance.now() - startMs
  }
  return result
}

/** The same backend, each of whose questions has one time limit; what is asked by the way has a short one for each answer. */
export function withDeadlines(backend: Backend, timeoutMs: number): Backend {
  const { traces, logs, metrics } = backend
  return {
    probe: (signal) => withinTime(timeoutMs, () => backend.probe(signal)),
    traces: traces === undefined ? undefined : tracesWithDeadlines(traces, timeoutMs),
    ...(logs && { logs: logsWithDeadlines(logs, timeoutMs) }),
    ...(metrics && { metrics: metricsWithDeadlines(metrics, timeoutMs) }),
  }
}

/** For what a person waits for, and for what is asked by the way. */
function limitsOf(timeoutMs: number) {
  return {
    limited: <Result>(work: () => Result): Result => withinTime(timeoutMs, work),
    byTheWay: <Result>(work: () => Result): Result =>
      withinTime(Math.min(timeoutMs, byTheWayMs), work, timeoutMs),
  }
}

function tracesWithDeadlines(traces: TraceBackend, timeoutMs: number): TraceBackend {
  const { tags, tagValues, dependencies } = traces
  const { limited, byTheWay } = limitsOf(timeoutMs)
  return {
    services: (...ask) => byTheWay(() => traces.services(...ask)),
    operations: (...ask) => byTheWay(() => traces.operations(...ask)),
    search: (...ask) => limited(() => traces.search(...ask)),
    trace: (...ask) => limited(() => traces.trace(...ask)),
    ...(tags && { tags: (...ask) => byTheWay(() => tags(...ask)) }),
    ...(tagValues && { tagValues: (...ask) => byTheWay(() => tagValues(...ask)) }),
    ...(dependencies && { dependencies: (...ask) => limited(() => dependencies(...ask)) }),
  }
}

function logsWithDeadlines(logs: LogsBackend, timeoutMs: number): LogsBackend {
  const { fields, fieldValues, patterns, tail } = logs
  const { limited, byTheWay } = limitsOf(timeoutMs)
  return {
    lines: (...ask) => limited(() => logs.lines(...ask)),
    metric: (...ask) => limited(() => logs.metric(...ask)),
    volume: (...ask) => limited(() => logs.volume(...ask)),
    series: (...ask) => limited(() => logs.series(...ask)),
    labels: (...ask) => byTheWay(() => logs.labels(...ask)),
    labelValues: (...ask) => byTheWay(() => logs.labelValues(...ask)),
    ...(fields && { fields: (...ask) => byTheWay(() => fields(...ask)) }),
    ...(fieldValues && { fieldValues: (...ask) => byTheWay(() => fieldValues(...ask)) }),
    ...(tail && { tail: (...ask) => limited(() => tail(...ask)) }),
    ...(patterns && { patterns: (...ask) => limited(() => patterns(...ask)) }),
  }
}

function metricsWithDeadlines(metrics: MetricsBackend, timeoutMs: number): MetricsBackend {
  const { rules, tsdb } = metrics
  const { limited, byTheWay } = limitsOf(timeoutMs)
  return {
    query: (...ask) => limited(() => metrics.query(...ask)),
    queryRange: (...ask) => limited(() => metrics.queryRange(...ask)),
    exemplars: (...ask) => limited(() => metrics.exemplars(...ask)),
    series: (...ask) => limited(() => metrics.series(...ask)),
    labels: (...ask) => byTheWay(() => metrics.labels(...ask)),
    labelValues: (...ask) => byTheWay(() => metrics.labelValues(...ask)),
    metadata: (...ask) => byTheWay(() => metrics.metadata(...ask)),
    ...(rules && { rules: (...ask) => limited(() => rules(...ask)) }),
    ...(tsdb && { tsdb: (...ask) => limited(() => tsdb(...ask)) }),
  }
}
