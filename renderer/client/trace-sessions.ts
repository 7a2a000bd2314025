/**
 * The page's end of the trace worker: typed calls, abortable. Sessions are kept (up to four, least recently used goes first),
 * so that going back to a list or a trace reads nothing again.
 */
import type { TraceForm } from '../worker/export-trace'
import type {
  Answer,
  CallsInTraces,
  Event,
  FileLogs,
  FindResult,
  FlameQuestion,
  HandOver,
  InputReport,
  MinimapSize,
  Progress,
  SpanTableAnswer,
  SpanTableQuestion,
  TableProgress,
  TraceAnswers,
  TraceInput,
} from '../worker/messages'
import type { AttributeColumn, AttributeKey } from '#shared/derive/attribute-column'
import type { ColorClasses } from '#shared/derive/color-classes'
import type { OpenedDocument, OpenedSource, SearchAnswer } from '#shared/api/contract'
import type { Arrangement } from '#shared/derive/arrangement'
import type { Reduction } from '#shared/derive/reduction'
import type { Flame } from '#shared/derive/flame'
import type { SpanDetail } from '#shared/trace/detail'
import type { SpanIndex, Trace, TraceSummary } from '#shared/trace/table'
import { watchEnd } from './watch-end'
import { WorkerCalls, type WorkerLike } from './worker-calls'

export interface OpenListener {
  onProgress(progress: Progress): void
  onSnapshot(trace: Trace): void
  /** What became of each input, before `open` rejects because none gave a span. */
  onInputs?(inputs: readonly InputReport[]): void
}

/** What the handler made of files. */
export interface HandedOver {
  readonly source: OpenedSource
  readonly documents: readonly OpenedDocument[]
}

export interface OpenResult {
  readonly traces: readonly TraceSummary[]
  readonly inputs: readonly InputReport[]
  /** By trace id, the names of the inputs that hold it; empty where there is only one input. */
  readonly holders: ReadonlyMap<string, readonly string[]>
}

/** Calls reject with an ApiError-carrying `ClewError` (see client/api.ts); an aborted one with kind `cancelled`. */
export interface TraceSessions {
  /** Starts the worker, so that the first trace need not wait for it. */
  prepare(): void
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
    /** No more than about so many bytes are read; undefined for all there is room for. */
    mostBytes?: number,
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
  answers(
    session: string,
    traceId: string,
    size: MinimapSize,
    color: string,
    signal: AbortSignal,
  ): Promise<TraceAnswers>
  /** Keys of the attributes of spans and resources, those of most spans first. */
  attributeKeys(session: string, traceId: string, signal: AbortSignal): Promise<readonly AttributeKey[]>
  /** What every span of the last build says under one key. Kept by the worker: asking again costs little. */
  attribute(session: string, traceId: string, key: string, signal: AbortSignal): Promise<AttributeColumn>
  /** What reductions leave of a trace, arranged in rows; repeated siblings in rows of their own if wanted. */
  arrange(
    session: string,
    trace: Trace,
    reductions: readonly Reduction[],
    repeatsFolded: boolean,
    signal: AbortSignal,
  ): Promise<Arrangement>
  /** Rows told apart by the most common values of an attribute. */
  colorClasses(
    session: string,
    traceId: string,
    key: string,
    signal: AbortSignal,
    onProgress: (done: number, of: number) => void,
  ): Promise<ColorClasses>
  /**
   * Spans by groups, measured and sorted. What was measured last is kept: another order, or opening a group, costs little.
   * `onProgress` hears how far it is where that takes long.
   */
  spanTable(
    session: string,
    traceId: string,
    question: SpanTableQuestion,
    signal: AbortSignal,
    onProgress: (progress: TableProgress) => void,
  ): Promise<SpanTableAnswer>
  /** The groups of a table as comma-separated values. */
  spanTableCsv(
    session: string,
    traceId: string,
    question: SpanTableQuestion,
    signal: AbortSignal,
    onProgress: (progress: TableProgress) => void,
  ): Promise<Blob>
  /** The flame graph of the last build. */
  flame(session: string, traceId: string, question: FlameQuestion, signal: AbortSignal): Promise<Flame>
  /** Asks a search route (`searchPath` in api.ts); one answer whether the server sends summaries or whole traces. */
  search(url: string, signal: AbortSignal): Promise<SearchAnswer>
  /** All traces of these inputs, of about so many bytes at most; nothing is kept for later. */
  read(inputs: readonly TraceInput[], mostBytes: number, signal: AbortSignal): Promise<readonly Trace[]>
  /** Who calls whom within these traces, of about so many bytes at most; nothing is kept for later. */
  countCalls(inputs: readonly TraceInput[], mostBytes: number, signal: AbortSignal): Promise<CallsInTraces>
  /** Lines of the files that are logs. */
  fileLogs(inputs: readonly TraceInput[], signal: AbortSignal): Promise<readonly FileLogs[]>
  /** Makes a source of files, which the handler answers for; `onRead` hears how many bytes were read so far, and what could not be. */
  handOver(
    as: HandOver,
    inputs: readonly TraceInput[],
    signal: AbortSignal,
    onRead: (bytes: number, broken: readonly string[]) => void,
  ): Promise<HandedOver>
  /** One trace, of a session or of what sources sent, as it leaves Clew; undefined where it is in none of it. */
  exported(
    from: string | readonly Uint8Array<ArrayBuffer>[],
    traceId: string,
    form: TraceForm,
    signal: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer> | undefined>
}

/** The typed calls over a worker that `start` makes, lazily. */
export function createTraceSessions(start: () => WorkerLike): TraceSessions {
  const calls = new WorkerCalls(start)
  return {
    prepare: () => calls.prepare(),
    async open(session, inputs, listener, signal, mostBytes) {
      const answer = await calls.call(
        { kind: 'open', session, inputs, mostBytes },
        {
          signal,
          waitAfterAbort: true,
          onEvent: (event) => {
            if (event.kind === 'progress') listener.onProgress(event.progress)
            else if (event.kind === 'snapshot') listener.onSnapshot(event.trace)
            else if (event.kind === 'inputs') listener.onInputs?.(event.inputs)
          },
        },
      )
      return expect(answer, 'opened')
    },
    async build(session, traceId, adjustSkew, signal) {
      const answer = await calls.call(
        { kind: 'build', session, traceId, options: { adjustSkew } },
        { signal },
      )
      return expect(answer, 'built').trace
    },
    async detail(session, traceId, row, signal) {
      const answer = await calls.call({ kind: 'detail', session, traceId, row }, { signal })
      return expect(answer, 'detail').detail
    },
    async find(session, traceId, text, signal, onPartial) {
      const answer = await calls.call(
        { kind: 'find', session, traceId, text },
        {
          signal,
          onEvent: (event) => {
            if (event.kind === 'found-so-far') onPartial?.(event.result)
          },
        },
      )
      return expect(answer, 'found').result
    },
    async answers(session, traceId, size, color, signal) {
      const answer = await calls.call({ kind: 'answers', session, traceId, size, color }, { signal })
      return expect(answer, 'answers').answers
    },
    async attributeKeys(session, traceId, signal) {
      const answer = await calls.call({ kind: 'attribute-keys', session, traceId }, { signal })
      return expect(answer, 'attribute-keys').keys
    },
    async attribute(session, traceId, key, signal) {
      const answer = await calls.call({ kind: 'attribute', session, traceId, key }, { signal })
      return expect(answer, 'attribute').column
    },
    async arrange(session, trace, reductions, repeatsFolded, signal) {
      const answer = await calls.call(
        { kind: 'arrange', session, traceId: trace.traceId, reductions, repeatsFolded },
        { signal },
      )
      const { columns } = expect(answer, 'arranged')
      return { ...columns, tree: { ...columns.tree, spans: trace.spans } }
    },
    async colorClasses(session, traceId, key, signal, onProgress) {
      const answer = await calls.call(
        { kind: 'color-classes', session, traceId, key },
        {
          signal,
          onEvent: (event) => {
            if (event.kind === 'color-progress') onProgress(event.done, event.of)
          },
        },
      )
      return expect(answer, 'color-classes').classes
    },
    async spanTable(session, traceId, question, signal, onProgress) {
      const answer = await calls.call(
        { kind: 'span-table', session, traceId, question },
        { signal, onEvent: tableEvents(onProgress) },
      )
      return expect(answer, 'span-table').table
    },
    async spanTableCsv(session, traceId, question, signal, onProgress) {
      const answer = await calls.call(
        { kind: 'span-table-csv', session, traceId, question },
        { signal, onEvent: tableEvents(onProgress) },
      )
      return expect(answer, 'span-table-csv').csv
    },
    async flame(session, traceId, question, signal) {
      const answer = await calls.call({ kind: 'flame', session, traceId, question }, { signal })
      return expect(answer, 'flame').flame
    },
    async search(url, signal) {
      const answer = await calls.call({ kind: 'search', url }, { signal })
      return expect(answer, 'searched').answer
    },
    async read(inputs, mostBytes, signal) {
      const answer = await calls.call({ kind: 'read', inputs, mostBytes }, { signal })
      return expect(answer, 'read').traces
    },
    async countCalls(inputs, mostBytes, signal) {
      const answer = await calls.call({ kind: 'count-calls', inputs, mostBytes }, { signal })
      return expect(answer, 'calls')
    },
    async fileLogs(inputs, signal) {
      const answer = await calls.call({ kind: 'file-logs', inputs }, { signal })
      return expect(answer, 'file-logs').logs
    },
    async handOver(as, inputs, signal, onRead) {
      const answer = await calls.call(
        { kind: 'hand-over', as, inputs },
        {
          signal,
          onEvent: (event) => {
            if (event.kind === 'handing-over') onRead(event.bytes, event.broken)
          },
        },
      )
      return expect(answer, 'handed-over')
    },
    async exported(from, traceId, form, signal) {
      const answer = await calls.call({ kind: 'export', from, traceId, form }, { signal })
      return expect(answer, 'exported').bytes
    },
  }
}

const tableEvents = (onProgress: (progress: TableProgress) => void) => (event: Event) => {
  if (event.kind === 'table-progress') onProgress(event.progress)
}

function expect<Kind extends Answer['kind']>(answer: Answer, kind: Kind): Extract<Answer, { kind: Kind }> {
  if (answer.kind !== kind) throw new Error(`The trace worker answered ${answer.kind} instead of ${kind}`)
  return answer as Extract<Answer, { kind: Kind }>
}

/** The one trace worker of this page. */
export const traceSessions: TraceSessions = createTraceSessions(() => {
  const name = `clew-traces-${crypto.randomUUID()}`
  const worker = new Worker(new URL('../worker/trace.worker.ts', import.meta.url), { type: 'module', name })
  watchEnd(worker, name, navigator.locks)
  return worker
})
