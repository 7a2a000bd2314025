/** What the page and the log worker say to each other: a page of lines is asked for, and comes as columns. */
import type { ApiError } from '#shared/api/contract'
import type { LogWindow } from '#shared/api/logs'
import type { LogBatch } from '#shared/logs/batch'
import type { Order } from '#shared/logs/read-lines'

/** A page of lines, from the end of the window that the order names first. */
export interface PageQuestion {
  readonly source: { readonly id: string; readonly name: string }
  readonly query: string
  readonly window: LogWindow
  readonly limit: number
  readonly order: Order
}

export interface LogPage {
  readonly batch: LogBatch
  /** What is left to ask for; undefined when that was all. */
  readonly rest: LogWindow | undefined
  /** What the server looked through. */
  readonly searchedBytes: number
  /** Sentences on what could not be had or read. */
  readonly notes: readonly string[]
}

export type ToLogWorker =
  | { readonly id: number; readonly question: PageQuestion }
  /** Stops the question of that id. */
  | { readonly id: number; readonly question: undefined }

export type FromLogWorker =
  | { readonly id: number; readonly page: LogPage }
  | { readonly id: number; readonly error: ApiError }
