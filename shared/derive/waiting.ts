/** Which spans are waits: nothing was worked on, something was waited for. */
import type { SpanIndex, Trace } from '#shared/trace/table'

/** One byte per name of `trace.names`: 0 no wait, 1 a wait, 2 a wait if the span is internal and no messaging (a queue). Cost: names. */
export function waitingNames(names: readonly string[]): Uint8Array {
  void names
  throw new Error('not yet')
}

/** Whether a row is a wait: a leaf whose name says so (`waiting` from `waitingNames`). */
export function isWaiting(trace: Trace, waiting: Uint8Array, row: SpanIndex): boolean {
  void trace
  void waiting
  void row
  throw new Error('not yet')
}
