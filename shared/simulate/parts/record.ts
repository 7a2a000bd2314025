/** What the shop leaves behind: spans by trace, log lines, and what was measured apart from spans. All times are virtual and true. */
import type { Random } from '../engine/random.ts'
import type { Simulation } from '../engine/simulation.ts'
import type { Instance } from './service.ts'

export type AttributeValue = string | number | boolean

/** Attributes by key; keys follow OpenTelemetry's semantic conventions. */
export type Attributes = Readonly<Record<string, AttributeValue>>

export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer'

/** A trace while it grows. */
export interface RecordedTrace {
  /** The four words of its id, signed as those of spans. */
  readonly id: readonly [number, number, number, number]
  /** In order of start. */
  spans: Span[]
}

export interface SpanEvent {
  readonly name: string
  readonly atNs: number
  readonly attributes: Attributes
}

/** One operation of one instance. */
export interface Span {
  readonly trace: RecordedTrace
  /** The two words of its id, signed: most spans are never written out, and what fits into 32 bits needs no memory of its own. */
  readonly idHigh: number
  readonly idLow: number
  readonly parent: Span | undefined
  readonly instance: Instance
  readonly name: string
  readonly kind: SpanKind
  readonly startNs: number
  /** -1 until it ends. */
  endNs: number
  /** What it has in common with all spans of its operation. */
  readonly common: Attributes
  /** What it has of its own. */
  own: Attributes
  events: readonly SpanEvent[]
  /** Spans of other traces, or of this one, that led to it. */
  readonly links: readonly Span[]
  /** Why it failed; undefined when it did not. */
  error: string | undefined
}

export type Severity = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR'

/** One line of a log. */
export interface LogLine {
  readonly atNs: number
  readonly instance: Instance
  readonly severity: Severity
  /** What part of the program wrote it. */
  readonly logger: string
  readonly text: string
  readonly attributes: Attributes
  /** The span it was written in; undefined for what belongs to none. */
  readonly span: Span | undefined
}

/** What a line says. */
export interface Words {
  readonly text: string
  readonly attributes: Attributes
}

/** A line about a span that has ended. There are many, and few are ever read: it is put into words when it is. */
class SpanLine implements LogLine {
  readonly severity: Severity
  readonly logger: string
  readonly span: Span
  readonly #words: (span: Span) => Words

  constructor(severity: Severity, logger: string, span: Span, words: (span: Span) => Words) {
    this.severity = severity
    this.logger = logger
    this.span = span
    this.#words = words
  }

  get atNs(): number {
    return this.span.endNs
  }

  get instance(): Instance {
    return this.span.instance
  }

  get text(): string {
    return this.#words(this.span).text
  }

  get attributes(): Attributes {
    return this.#words(this.span).attributes
  }
}

/** A length of time that was measured without being a span: how long a connection was held. */
export interface Measurement {
  readonly atNs: number
  readonly lengthNs: number
  readonly attributes: Attributes
  readonly span: Span
}

/** How a span begins. */
export interface SpanStart {
  readonly instance: Instance
  readonly name: string
  readonly kind: SpanKind
  readonly parent?: Span
  readonly common?: Attributes
  readonly own?: Attributes
  readonly links?: readonly Span[]
}

// Most spans have none of these; one empty thing for all keeps memory small.
const noLinks: readonly Span[] = []
const noEvents: readonly SpanEvent[] = []
const noAttributes: Attributes = {}

const notEnded = -1
const isTold = (span: Span): boolean => span.endNs !== notEnded

/** Writes down what happens, in order of time. */
export class Recorder {
  traces: RecordedTrace[] = []
  lines: LogLine[] = []
  measurements: Measurement[] = []
  readonly #simulation: Simulation
  readonly #ids: Random

  constructor(simulation: Simulation, ids: Random) {
    this.#simulation = simulation
    this.#ids = ids
  }

  /** Begins a span; without a parent it begins a trace. */
  begin({ instance, name, kind, parent, common, own, links }: SpanStart): Span {
    const trace = parent === undefined ? this.#beginTrace() : parent.trace
    const span: Span = {
      trace,
      idHigh: this.#ids.word(),
      idLow: this.#ids.word(),
      parent,
      instance,
      name,
      kind,
      startNs: this.#simulation.now,
      endNs: notEnded,
      common: common ?? noAttributes,
      own: own ?? noAttributes,
      events: noEvents,
      links: links ?? noLinks,
      error: undefined,
    }
    trace.spans.push(span)
    return span
  }

  end(span: Span): void {
    span.endNs = this.#simulation.now
  }

  /** Says more of a span. */
  set(span: Span, attributes: Attributes): void {
    span.own = span.own === noAttributes ? attributes : { ...span.own, ...attributes }
  }

  addEvent(span: Span, name: string, attributes: Attributes): void {
    span.events = [...span.events, { name, atNs: this.#simulation.now, attributes }]
  }

  write(
    { instance, span }: { readonly instance: Instance; readonly span: Span | undefined },
    severity: Severity,
    logger: string,
    text: string,
    attributes: Attributes = noAttributes,
  ): void {
    this.lines.push({ atNs: this.#simulation.now, instance, severity, logger, text, attributes, span })
  }

  /** Writes a line about a span that ends now; call it after `end`. */
  writeOf(span: Span, severity: Severity, logger: string, words: (span: Span) => Words): void {
    this.lines.push(new SpanLine(severity, logger, span, words))
  }

  measure(lengthNs: number, attributes: Attributes, span: Span): void {
    this.measurements.push({ lengthNs, attributes, span, atNs: this.#simulation.now })
  }

  /** Leaves out what has not ended, with all that lies below it and was said of it: nobody has told of that yet. */
  finish(): void {
    for (const trace of this.traces) {
      let isWhole = true
      // Parents stand before their children.
      for (const span of trace.spans) {
        if (span.parent?.endNs === notEnded) span.endNs = notEnded
        isWhole &&= isTold(span)
      }
      if (!isWhole) trace.spans = trace.spans.filter(isTold)
    }
    this.traces = this.traces.filter(({ spans }) => spans.length > 0)
    this.lines = this.lines.filter(({ span }) => span === undefined || isTold(span))
    this.measurements = this.measurements.filter(({ span }) => isTold(span))
  }

  #beginTrace(): RecordedTrace {
    const ids = this.#ids
    const trace: RecordedTrace = { id: [ids.word(), ids.word(), ids.word(), ids.word()], spans: [] }
    this.traces.push(trace)
    return trace
  }
}
