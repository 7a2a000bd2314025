/** What can be asked: traces of spans, whatever they are kept as. Spans of a trace have numbers from 0. */
import type { KindName, StatusName, Value } from './value.ts'

/** An event or a link of a span. */
export interface SpanItem {
  attribute(name: string): Value | undefined
}

export interface EventItem extends SpanItem {
  readonly name: string
  readonly timeSinceStartNs: number
}

export interface LinkItem extends SpanItem {
  /** Hex digits, without zeros in front. */
  readonly traceId: string
  /** 16 hex digits. */
  readonly spanId: string
}

/** A trace. What is asked of a span by its number is asked often: it must cost little. */
export interface TraceSpans {
  /** Hex digits, without zeros in front. */
  readonly traceId: string
  readonly length: number
  /** Number of the parent; `root` for a span without one, `orphan` where it never arrived. Asked for once, where it matters. */
  parents(): Int32Array
  name(span: number): string
  /** Nanoseconds from a moment that all traces have in common. */
  startNs(span: number): number
  durationNs(span: number): number
  status(span: number): StatusName
  statusMessage(span: number): string
  kind(span: number): KindName
  /** 16 hex digits. */
  spanId(span: number): string
  /** 16 hex digits, all of them 0 for a root. */
  parentId(span: number): string
  scopeName(span: number): string
  scopeVersion(span: number): string
  attribute(span: number, name: string): Value | undefined
  resourceAttribute(span: number, name: string): Value | undefined
  scopeAttribute(span: number, name: string): Value | undefined
  events(span: number): readonly EventItem[]
  links(span: number): readonly LinkItem[]
}

export const root = -1
export const orphan = -2
