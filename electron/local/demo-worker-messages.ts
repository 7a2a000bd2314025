import type { DemoChoice } from '#shared/api/contract'
import type { TraceStore } from './trace-store.ts'

/** What a demo worker is started with. */
export interface DemoWorkerData extends DemoChoice {
  /** The simulated time, milliseconds since 1970. */
  readonly startMs: number
  readonly endMs: number
}

/** A question of the TraceStore, by its name. */
export type StoreCall = {
  readonly [Name in keyof TraceStore]: {
    readonly id: number
    readonly name: Name
    readonly args: Parameters<TraceStore[Name]>
  }
}[keyof TraceStore]

/** That nobody waits for an answer any more. */
export interface StoreStop {
  readonly stop: number
}

/** Its answer, or why there is none: a query that is refused, in words with their place, or what went wrong. */
export type StoreReply =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly refusal: string }
  | { readonly id: number; readonly failure: string }
