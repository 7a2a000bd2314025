/** One span with everything its document says of it; decoded from the kept bytes when it is looked at. */
export interface SpanDetail {
  readonly spanId: string
  readonly traceId: string
  readonly parentSpanId: string | undefined
  /** Start as recorded, before any shift; nanoseconds since 1970. */
  readonly startNs: bigint
  /** A start that cannot be true, as it is written, with its unit; undefined for any other. */
  readonly impossibleStart: string | undefined
  readonly traceState: string | undefined
  readonly statusMessage: string | undefined
  readonly attributes: readonly Attribute[]
  readonly events: readonly SpanEvent[]
  readonly links: readonly SpanLink[]
  readonly resource: readonly Attribute[]
  readonly scope:
    | { readonly name: string; readonly version: string; readonly attributes: readonly Attribute[] }
    | undefined
  /** The server's own warnings (Jaeger). */
  readonly warnings: readonly string[]
  /** Attributes, events and links the SDK said it dropped. */
  readonly dropped: { readonly attributes: number; readonly events: number; readonly links: number }
  /** The span as the document has it: JSON text, indented; for protobuf, its fields as JSON. */
  readonly raw: string
}

export type AttributeValue =
  | string
  | number
  | boolean
  | bigint
  | Uint8Array
  | readonly AttributeValue[]
  | { readonly [key: string]: AttributeValue }

export interface Attribute {
  readonly key: string
  readonly value: AttributeValue
}

export interface SpanEvent {
  readonly name: string
  /** Nanoseconds since 1970. */
  readonly timeNs: bigint
  readonly attributes: readonly Attribute[]
}

export interface SpanLink {
  readonly traceId: string
  readonly spanId: string
  readonly attributes: readonly Attribute[]
}
