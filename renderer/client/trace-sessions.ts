/**
 * The page's end of the trace worker: typed calls, abortable. Sessions are kept (up to four, least recently used goes first),
 * so that going back to a list or a trace reads nothing again.
 */
import type {
  FindResult,
  InputReport,
  MinimapSize,
  Progress,
  TraceAnswers,
  TraceInput,
} from '../worker/messages'
import type { SearchAnswer } from '#shared/api/contract'
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

/** Calls reject with an ApiError-carrying `ClewError` (see client/api.ts); an aborted one with kind `cancelled`. */
export interface TraceSessions {
  /**
   * Reads all inputs into a session. A session that was read whole answers at once.
   * Aborting it stops the reading and keeps what came: it then still resolves, unfinished inputs carrying a problem of kind `partial`;
   * it rejects only where nothing had come.
   */
  open(
    session: string,
    inputs: readonly TraceInput[],
    listener: OpenListener,
    signal: AbortSignal,
  ): Promise<OpenResult>
  /** Columns of one trace. Rows given to `detail` and returned by `find` and `answers` are those of the last build. */
  build(
    session: string,
    traceId: string | undefined,
    adjustSkew: boolean,
    signal: AbortSignal,
  ): Promise<Trace>
  detail(session: string, traceId: string, row: SpanIndex, signal: AbortSignal): Promise<SpanDetail>
  /** The grammar is in shared/derive/find/grammar.md. `onPartial` hears of matches while a large trace is still being searched. */
  find(
    session: string,
    traceId: string,
    text: string,
    signal: AbortSignal,
    onPartial?: (result: FindResult) => void,
  ): Promise<FindResult>
  /** Critical path, findings and minimap; only the minimap is worked out again for another size. */
  answers(session: string, traceId: string, size: MinimapSize, signal: AbortSignal): Promise<TraceAnswers>
  /** Asks a search route (`searchPath` in api.ts); one answer whether the server sends summaries or whole traces. */
  search(url: string, signal: AbortSignal): Promise<SearchAnswer>
}
