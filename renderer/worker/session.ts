/** One opened thing: the bytes, every trace found in them, and what was worked out from those. */
import { arrange, type ArrangementColumns } from '#shared/derive/arrangement'
import { type ColorClasses, colorClasses } from '#shared/derive/color-classes'
import { type CriticalPath, criticalPath } from '#shared/derive/critical-path'
import type { Filter, FilterError } from '#shared/derive/find/filter'
import { parseFilter } from '#shared/derive/find/parse-filter'
import { Search } from '#shared/derive/find/search'
import type { SpanReader } from '#shared/derive/find/span-reader'
import type { Flame } from '#shared/derive/flame'
import { flameInTime } from '#shared/derive/flame-lanes'
import { mergedFlame } from '#shared/derive/flame-merge'
import { type Finding, findings } from '#shared/derive/findings'
import { minimap } from '#shared/derive/minimap'
import { countOf } from '#shared/derive/quantities'
import type { Reduction } from '#shared/derive/reduction'
import { wholeTree } from '#shared/derive/row-tree'
import { TraceImport } from '#shared/import/index'
import type { SpanDetail } from '#shared/trace/detail'
import type { SpanIndex, Trace } from '#shared/trace/table'
import { Attributes } from './attributes'
import { type Environment, Pace } from './environment'
import { exportTrace, type TraceForm } from './export-trace'
import { apiError, Failure, isFull } from './failures'
import type {
  BuildOptions,
  Event,
  FindResult,
  FlameQuestion,
  InputReport,
  MinimapSize,
  TraceAnswers,
  TraceInput,
} from './messages'
import { openInputs } from './open-inputs'
import { spanReader } from './span-reader'
import { SpanTables } from './span-tables'

/** A trace as it was built last, which is the one its rows are of. */
interface Built {
  readonly trace: Trace
  readonly options: BuildOptions
  /** Whether it was built while more was still to come. */
  readonly early: boolean
  path: CriticalPath | undefined
  findings: readonly Finding[] | undefined
  attributes: Attributes | undefined
  tables: SpanTables | undefined
}

/** Columns of so many traces of a session are kept; more are built again from the bytes. */
const mostBuilt = 4
/** Rows a search looks at most between two looks at the clock, and how long those may take: a regular expression may be slow. */
const mostRowsAtOnce = 1_000
const sliceMs = 10
/** How long a regular expression may work on one trace; anything else is in proportion to the bytes of the trace. */
const expressionMs = 10_000
/** A search that is not done by then says what it has, and again each time as long. */
const partialEveryMs = 100
/** The first matches are told sooner: somebody waits for them. */
const firstPartialMs = 25

function hasExpression(filter: Filter): boolean {
  if (filter.kind === 'not') return hasExpression(filter.of)
  if (filter.kind === 'and' || filter.kind === 'or') return filter.of.some(hasExpression)
  return 'test' in filter && filter.test.kind === 'regex'
}

function tooSlow(done: number, spans: number, text: string): FilterError {
  return {
    message: `This expression is too slow: in ${expressionMs / 1_000} s it got through ${countOf(done, 'span')} of ${spans.toLocaleString('en-US')}. Begin it with ^, or take out a repetition.`,
    from: 0,
    to: text.length,
  }
}

export class Session {
  readonly #environment: Environment
  readonly #import = new TraceImport()
  readonly #built = new Map<string, Built>()
  /** Reports of the inputs, once there is nothing to be gained by reading them again. */
  #whole: readonly InputReport[] | undefined
  #reading = false

  /** As asked for; undefined where all there is room for is read. */
  readonly mostBytes: number | undefined

  constructor(environment: Environment, mostBytes?: number) {
    this.mostBytes = mostBytes
    this.#environment =
      mostBytes === undefined
        ? environment
        : { ...environment, mostBytes: Math.min(mostBytes, environment.mostBytes) }
  }

  /** Bytes kept. */
  get bytes(): number {
    return this.#import.store.length
  }

  /** A trace in a form in which it leaves Clew; undefined where it is not here. */
  exported(traceId: string, form: TraceForm): Uint8Array<ArrayBuffer> | undefined {
    return exportTrace(this.#import, traceId, form)
  }

  /** Whether all inputs were read to their end: then opening it again reads nothing. */
  get isWhole(): boolean {
    return this.#whole !== undefined
  }

  /** Reads the inputs, unless that was done; a session is opened once, and once more only if it is whole. */
  async open(
    inputs: readonly TraceInput[],
    signal: AbortSignal,
    send: (event: Event) => void,
  ): Promise<readonly InputReport[]> {
    if (this.#whole !== undefined) return this.#whole
    const snapshot = () => this.#build(undefined, { adjustSkew: true })?.trace
    this.#reading = true
    const read = await openInputs(inputs, this.#import, this.#environment, signal, send, snapshot)
    this.#reading = false
    // A server that failed is worth asking again, a file that is broken is not worth reading again.
    const reports = read.map(({ report }) => report)
    const final = read.every(({ report, isFinal }) => report.error === undefined || isFinal)
    if (final && !signal.aborted) this.#whole = reports
    return reports
  }

  /** By trace id, the names of the inputs that hold it. */
  holders(): ReadonlyMap<string, readonly string[]> {
    return this.#import.documentNames()
  }

  summaries(): ReturnType<TraceImport['summaries']> {
    // The one trace of a session is what the page asks for next. Of many, most are never opened.
    const isOne = this.#import.progress().traces === 1
    return this.#import.summaries(isOne ? (traceId) => this.#buildIfRoom(traceId) : undefined)
  }

  /** Undefined where there is no memory for it: that is said when the page asks for the columns. */
  #buildIfRoom(traceId: string): Trace | undefined {
    try {
      return this.build(traceId, { adjustSkew: true })
    } catch (thrown) {
      if (isFull(thrown)) return undefined
      throw thrown
    }
  }

  build(traceId: string | undefined, options: BuildOptions): Trace {
    const id = traceId ?? this.#import.firstTraceId
    const known = id === undefined ? undefined : this.#built.get(id)
    const current = known !== undefined && !known.early && known.options.adjustSkew === options.adjustSkew
    const built = current ? known : this.#build(id, options)
    if (built === undefined) throw new Failure(noSuchTrace(traceId))
    return built.trace
  }

  detail(traceId: string, row: SpanIndex): SpanDetail {
    const { trace } = this.#get(traceId)
    if (!(row >= 0 && row < trace.spans.length))
      throw new Failure(
        apiError(
          'bad-request',
          `Row ${row} is not in this trace.`,
          'Reload the page to read the trace again.',
        ),
      )
    return this.#import.detail(trace, row)
  }

  /** Matches of a text; a long search says what it has so far. */
  async find(
    traceId: string,
    text: string,
    signal: AbortSignal,
    send: (event: Event) => void,
  ): Promise<FindResult> {
    const { trace } = this.#get(traceId)
    const { filter, error } = parseFilter(text)
    if (filter === undefined) return { mask: new Uint8Array(trace.spans.length), count: 0, error }
    const search = new Search(trace, filter, this.#reader(trace))
    const pace = new Pace(this.#environment)
    const mayBeSlow = hasExpression(filter)
    let workedMs = 0
    let rows = mayBeSlow ? 1 : mostRowsAtOnce
    let tellAt = this.#environment.now() + firstPartialMs
    while (!search.finished) {
      const startMs = this.#environment.now()
      search.advance(rows)
      const tookMs = this.#environment.now() - startMs
      workedMs += tookMs
      if (mayBeSlow && workedMs > expressionMs && !search.finished)
        return { mask: search.mask, count: search.count, error: tooSlow(search.done, trace.spanCount, text) }
      if (mayBeSlow) rows = tookMs > sliceMs ? Math.max(1, rows >> 1) : Math.min(mostRowsAtOnce, rows * 2)
      await pace.rest(signal)
      if (search.finished || this.#environment.now() < tellAt) continue
      send({
        kind: 'found-so-far',
        result: { mask: search.mask.slice(), count: search.count, error: undefined },
      })
      tellAt = this.#environment.now() + partialEveryMs
    }
    return { mask: search.mask, count: search.count, error: undefined }
  }

  /** Path and findings are worked out once for a trace, the minimap for each size and colouring. */
  async answers(
    traceId: string,
    size: MinimapSize,
    color: string,
    signal: AbortSignal,
  ): Promise<TraceAnswers> {
    const built = this.#get(traceId)
    const pace = new Pace(this.#environment)
    built.path ??= criticalPath(built.trace)
    await pace.rest(signal)
    built.findings ??= findings(built.trace, built.path, (row) => this.#import.detail(built.trace, row))
    await pace.rest(signal)
    const classOf =
      color === '' ? undefined : (await this.colorClasses(traceId, color, signal, () => undefined)).classOf
    return {
      criticalPath: built.path,
      findings: built.findings,
      minimap: minimap(built.trace, size.widthPx, size.lanes, classOf),
      minimapColor: color,
    }
  }

  /** Columns of attributes of a trace, as it was built last. */
  attributes(traceId: string): Attributes {
    const built = this.#get(traceId)
    built.attributes ??= new Attributes(built.trace, this.#reader(built.trace), this.#environment)
    return built.attributes
  }

  /** Rows of a trace told apart by the most common values of an attribute. */
  async colorClasses(
    traceId: string,
    key: string,
    signal: AbortSignal,
    tell: (event: Event) => void,
  ): Promise<ColorClasses> {
    const of = this.#get(traceId).trace.spans.length
    let tellAt = this.#environment.now() + partialEveryMs
    const column = await this.attributes(traceId).column(key, signal, (done) => {
      if (this.#environment.now() < tellAt) return
      tellAt = this.#environment.now() + partialEveryMs
      tell({ kind: 'color-progress', done, of })
    })
    return colorClasses(this.#get(traceId).trace.spans, column, (bytes) => this.#environment.allocate(bytes))
  }

  /** What reductions leave, arranged in rows; the columns are the caller's, also where they are those of the trace. */
  arrange(traceId: string, reductions: readonly Reduction[], repeatsFolded: boolean): ArrangementColumns {
    const { trace } = this.#get(traceId)
    const { left, leftCount, tree } = arrange(trace, reductions, repeatsFolded)
    const { length, row, at, parent, end, level, groups } = tree
    const columns = { length, row, at, parent, end, level, groups }
    if (tree !== wholeTree(trace.spans)) return { left, leftCount, tree: columns }
    return {
      left,
      leftCount,
      tree: {
        ...columns,
        row: row.slice(),
        at: at.slice(),
        parent: parent.slice(),
        end: end.slice(),
        level: level.slice(),
      },
    }
  }

  /** Tables of the spans of a trace, as it was built last. */
  tables(traceId: string): SpanTables {
    const built = this.#get(traceId)
    built.tables ??= new SpanTables(built.trace, this.attributes(traceId), this.#environment)
    return built.tables
  }

  /** The flame graph; merged by an attribute, its column is read first. */
  async flame(
    traceId: string,
    { arrangement, included: asked, keepsCallers, window }: FlameQuestion,
    signal: AbortSignal,
  ): Promise<Flame> {
    const { trace } = this.#get(traceId)
    // A mask of an earlier build says nothing of these rows.
    const included = asked?.length === trace.spans.length ? asked : undefined
    if (arrangement.kind === 'time') return flameInTime(trace, { included, keepsCallers })
    const { by } = arrangement
    const column = by === '' ? undefined : await this.attributes(traceId).column(by, signal)
    return mergedFlame(trace, { included, keepsCallers, window, column })
  }

  #get(traceId: string): Built {
    const built = this.#built.get(traceId) ?? this.#build(traceId, { adjustSkew: true })
    if (built === undefined) throw new Failure(noSuchTrace(traceId))
    return built
  }

  #build(traceId: string | undefined, options: BuildOptions): Built | undefined {
    const trace = this.#import.build(traceId, {
      adjustSkew: options.adjustSkew,
      allocate: (byteLength) => this.#environment.allocate(byteLength),
    })
    if (trace === undefined) return undefined
    const built: Built = {
      trace,
      options,
      early: this.#reading,
      path: undefined,
      findings: undefined,
      attributes: undefined,
      tables: undefined,
    }
    this.#built.delete(trace.traceId)
    this.#built.set(trace.traceId, built)
    for (const oldest of this.#built.keys()) {
      if (this.#built.size <= mostBuilt) break
      this.#built.delete(oldest)
    }
    return built
  }

  #reader(trace: Trace): SpanReader {
    return spanReader(this.#import, trace)
  }
}

function noSuchTrace(traceId: string | undefined): Failure['error'] {
  return apiError(
    'not-found',
    traceId === undefined ? 'There is no trace in this.' : `There is no trace ${traceId} in this.`,
    'Check the id, or choose one of the traces that are there.',
  )
}
