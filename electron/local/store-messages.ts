/** What is said between a source's thread and the rest of Clew. */
import type { LogStore } from './log-store.ts'
import type { MetricStore } from './metric-store.ts'
import type { OpenedDocuments } from './opened-documents.ts'
import type { TraceStore } from './trace-store.ts'

/** What a thread answers from. */
export interface EmbeddedStores {
  readonly traces: TraceStore
  readonly metrics: MetricStore
  readonly logs: LogStore
}

/** The same of opened files, and how they are taken in. */
export interface OpenedStores extends EmbeddedStores {
  readonly documents: OpenedDocuments
}

/** A question of one of the stores, by its name; whoever asks through `ThreadCalls` has it checked. */
export interface StoreCall {
  readonly id: number
  readonly store: string
  readonly name: string
  /** Without the last one of those that take their time, which only the thread can give. */
  readonly args: readonly unknown[]
  /** One number in shared memory, 1 once nobody waits for the answer any more: seen also in the midst of work that takes no messages. */
  readonly stopped: Int32Array
}

/** Its answer, or why there is none: a query that is refused, in words with their place, or what went wrong. */
export type StoreReply =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly refusal: string }
  | { readonly id: number; readonly failure: string }
