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
  /** It was ended before all of it came; what is missing may lie anywhere in its window. */
  readonly isCut: boolean
}

/** Lines as they come, from a moment on. */
export interface TailQuestion extends Pick<PageQuestion, 'source' | 'query' | 'order'> {
  readonly startNs: string
}

/** Lines that came within a short while. */
export interface TailLines {
  readonly batch: LogBatch
  /** So many the server left out because it could not keep up. */
  readonly dropped: number
}

export type ToLogWorker =
  | { readonly id: number; readonly kind: 'page'; readonly question: PageQuestion }
  | { readonly id: number; readonly kind: 'tail'; readonly question: TailQuestion }
  /** Ends the page of that id with the lines that came. */
  | { readonly id: number; readonly kind: 'enough' }
  /** Stops the question of that id. */
  | { readonly id: number; readonly kind: 'stop' }

export type FromLogWorker =
  | { readonly id: number; readonly page: LogPage }
  /** More may follow. */
  | { readonly id: number; readonly lines: TailLines }
  /** The server ended the tail. */
  | { readonly id: number; readonly ended: true }
  | { readonly id: number; readonly error: ApiError }
