import type { ApiError, ErrorKind } from '#shared/api/contract'
import type { SourceTarget } from './target.ts'

/** A source failed; `error` says it for the screen and holds no secret. */
export class SourceError extends Error {
  readonly error: ApiError
  constructor(error: ApiError) {
    super(error.message)
    this.name = 'SourceError'
    this.error = error
  }
}

/** What a failure may carry besides its sentences. */
export interface FailureDetail {
  /** The server's own words. */
  readonly detail?: string | undefined
  readonly status?: number | undefined
}

/** A SourceError from its two sentences. */
export function failure(
  kind: ErrorKind,
  message: string,
  advice: string,
  { detail, status }: FailureDetail = {},
): SourceError {
  return new SourceError({ kind, message, advice, detail: shorten(detail), status })
}

/** The server's words, at most 2,000 characters; undefined for none. */
function shorten(detail: string | undefined): string | undefined {
  const text = detail?.trim() ?? ''
  if (text === '') return undefined
  return text.length > 2000 ? `${text.slice(0, 1999)}…` : text
}

/** The caller no longer wants the answer. */
export function cancelled(): SourceError {
  return failure('cancelled', 'Stopped.', 'Start it again when you need it.')
}

/** Host and port of a target, for sentences. */
export function hostOf(target: SourceTarget): string {
  return new URL(target.url).host
}

/** `30 s`, `0.5 s`. */
export function secondsText(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`
}
