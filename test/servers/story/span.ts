/** What the tests feed: traces as plain objects, exact to the nanosecond, before any server's format. */

export type AttributeValue = string | number | bigint | boolean | readonly string[]
export type Attributes = Readonly<Record<string, AttributeValue>>

/** By their OTLP number. */
export const kinds = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const
export type KindName = keyof typeof kinds

export interface FedEvent {
  readonly name: string
  readonly timeNs: bigint
  readonly attributes: Attributes
}

export interface FedLink {
  readonly traceId: string
  readonly spanId: string
  readonly attributes: Attributes
}

export interface FedSpan {
  /** 32 hex digits. */
  readonly traceId: string
  /** 16 hex digits. */
  readonly spanId: string
  readonly parentSpanId: string | undefined
  readonly service: string
  readonly name: string
  readonly kind: KindName
  readonly startNs: bigint
  readonly endNs: bigint
  readonly attributes: Attributes
  readonly events: readonly FedEvent[]
  readonly links: readonly FedLink[]
  /** The status message of a span that failed; undefined for one that did not. */
  readonly error: string | undefined
}

/** Spans of one trace, in order of writing: parents before children. */
export interface FedTrace {
  readonly traceId: string
  readonly spans: readonly FedSpan[]
}

/** A span as it is written down: times in milliseconds from the trace's start. */
export interface SpanText {
  readonly parent?: FedSpan
  readonly service?: string
  readonly name: string
  readonly kind?: KindName
  readonly atMs: number
  readonly forMs: number
  readonly attributes?: Attributes
  readonly events?: readonly {
    readonly name: string
    readonly atMs: number
    readonly attributes?: Attributes
  }[]
  readonly links?: readonly FedLink[]
  readonly error?: string
}

/** Writes the spans of one trace; ids come from the random numbers, so the same seed gives the same trace. */
export class TraceWriter implements FedTrace {
  readonly spans: FedSpan[] = []
  readonly traceId: string
  readonly startNs: bigint
  readonly #random: Random

  constructor(traceId: string, startNs: bigint, random: Random) {
    this.traceId = traceId
    this.startNs = startNs
    this.#random = random
  }

  /** Adds a span; its service is its parent's unless given. */
  add(text: SpanText): FedSpan {
    const service = text.service ?? text.parent?.service
    if (service === undefined) throw new Error(`${text.name} has neither a service nor a parent`)
    const span: FedSpan = {
      traceId: this.traceId,
      spanId: this.#random.hex(16),
      parentSpanId: text.parent?.spanId,
      service,
      name: text.name,
      kind: text.kind ?? 'internal',
      startNs: this.#time(text.atMs),
      endNs: this.#time(text.atMs + text.forMs),
      attributes: text.attributes ?? {},
      events: (text.events ?? []).map((event) => ({
        name: event.name,
        timeNs: this.#time(event.atMs),
        attributes: event.attributes ?? {},
      })),
      links: text.links ?? [],
      error: text.error,
    }
    this.spans.push(span)
    return span
  }

  /** Whole microseconds: Jaeger v1 and Zipkin know nothing finer, and what was fed must equal what comes back. */
  #time(ms: number): bigint {
    return this.startNs + BigInt(Math.round(ms * 1000)) * 1000n
  }
}

/** Seeded random numbers (mulberry32): the same story on every machine. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** At least 0, less than 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low)
  }

  pick<T>(values: readonly T[]): T {
    return values[Math.floor(this.next() * values.length)]
  }

  /** Hex digits that do not begin with a zero: ids with leading zeros are made on purpose, not by chance. */
  hex(length: number): string {
    let text = '123456789abcdef'[Math.floor(this.next() * 15)]
    while (text.length < length) text += Math.floor(this.next() * 16).toString(16)
    return text
  }
}
