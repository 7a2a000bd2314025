/** Where all readers put what they read. */
import { ArrivedSpans } from '#shared/trace/arrival'
import { ByteStore } from '#shared/trace/byte-store'
import { type ByteRange, type ScopeInfo, SpanFlag } from '#shared/trace/table'
import type { SpanRecord } from './span-record.ts'
import { TextInterner } from './text-interner.ts'
import { TraceIds } from './trace-ids.ts'

/** A ScopeInfo that may still change: some documents describe a process only after its spans. */
export interface GrowingScope extends ScopeInfo {
  service: number
  resource: ByteRange | undefined
  scope: ByteRange | undefined
}

/** The spans, names, services, scopes and trace ids of all documents of an import. */
export class Intake {
  readonly store = new ByteStore()
  readonly spans = new ArrivedSpans()
  readonly names = new TextInterner()
  readonly services = new TextInterner()
  readonly scopes: GrowingScope[] = []
  readonly traceIds = new TraceIds()

  /** Makes a row of the record; `byteStart` is the address of its text. */
  addSpan(record: SpanRecord, byteStart: number, byteLength: number): void {
    const { spans } = this
    const row = spans.add()
    spans.trace[row] = this.traceIds.add(record.trace0, record.trace1, record.trace2, record.trace3)
    spans.idHigh[row] = record.idHigh
    spans.idLow[row] = record.idLow
    spans.parentHigh[row] = record.parentHigh
    spans.parentLow[row] = record.parentLow
    spans.startSeconds[row] = record.startSeconds
    spans.startNanos[row] = record.startNanos
    spans.duration[row] = record.duration
    spans.name[row] = record.name < 0 ? this.names.addString('(no name)') : record.name
    spans.scope[row] = record.scope
    spans.kind[row] = record.kind
    spans.flags[row] = (record.flags & SpanFlag.error) !== 0 ? record.flags & ~SpanFlag.ok : record.flags
    spans.byteStart[row] = byteStart
    spans.byteLength[row] = byteLength
    spans.linkCount[row] = Math.min(record.linkCount, 0xffff)
    for (let i = 0; i < record.eventCount; i++) {
      spans.addEvent(
        (record.eventSeconds[i] - record.startSeconds) * 1e9 + (record.eventNanos[i] - record.startNanos),
      )
    }
  }

  /** Adds a scope and returns its index. */
  addScope(scope: GrowingScope): number {
    return this.scopes.push(scope) - 1
  }
}
