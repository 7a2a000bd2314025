/**
 * The page's end of the trace worker: typed calls, abortable. Sessions are kept (up to four, least recently used goes first),
 * so that going back to a list or a trace reads nothing again.
 */
import type { FindResult, InputReport, Progress, TraceInput } from '../worker/messages'
import type { SpanDetail } from '#shared/trace/detail'
import type { SpanIndex, Trace, TraceSummary } from '#shared/trace/table'

export interface OpenListener {
  onProgress(progress: Progress): void
  onSnapshot(trace: Trace): void
}

export interface OpenResult {
  readonly traces: readonly TraceSummary[]
  readonly inputs: readonly InputReport[]
}

/** Calls reject with an ApiError-carrying `ClewError` (see client/api.ts). */
export interface TraceSessions {
  open(
    session: string,
    inputs: readonly TraceInput[],
    listener: OpenListener,
    signal: AbortSignal,
  ): Promise<OpenResult>
  build(
    session: string,
    traceId: string | undefined,
    adjustSkew: boolean,
    signal: AbortSignal,
  ): Promise<Trace>
  detail(session: string, traceId: string, row: SpanIndex, signal: AbortSignal): Promise<SpanDetail>
  find(session: string, traceId: string, text: string, signal: AbortSignal): Promise<FindResult>
}
