/** What is said between a source's thread and the rest of Clew. */
import type { LogStore } from './log-store.ts'
import type { MetricStore } from './metric-store.ts'
import type { TraceStore } from './trace-store.ts'

/** What a worker answers from. */
export interface EmbeddedStores {
  readonly traces: TraceStore
  readonly metrics: MetricStore
  readonly logs: LogStore
}

type CallOf<Store extends keyof EmbeddedStores> = {
  readonly [Name in keyof EmbeddedStores[Store]]: {
    readonly id: number
    readonly store: Store
    readonly name: Name
    /** Without the last one of those that take their time, which only the worker can give. */
    readonly args: ArgsOf<EmbeddedStores[Store][Name]>
  }
}[keyof EmbeddedStores[Store]]

/** What a question is asked with. */
export type ArgsOf<Question> = Question extends (...args: infer Args) => unknown ? Args : never

/** A question of one of the stores, by its name. */
export type StoreCall = CallOf<'traces'> | CallOf<'metrics'> | CallOf<'logs'>

/** That nobody waits for an answer any more. */
export interface StoreStop {
  readonly stop: number
}

/** Its answer, or why there is none: a query that is refused, in words with their place, or what went wrong. */
export type StoreReply =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly refusal: string }
  | { readonly id: number; readonly failure: string }
