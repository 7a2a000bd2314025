/** What can go wrong in the trace thread, in words for people. */
import type { ApiError, ErrorKind } from '#shared/api/contract'

/** An ApiError on its way to the page. */
export class Failure extends Error {
  readonly error: ApiError
  constructor(error: ApiError) {
    super(error.message)
    this.name = 'Failure'
    this.error = error
  }
}

/** What is wrong with gzip: it ends too early, makes no sense, or is followed by something else. */
export type PackingFault = 'cut-off' | 'damaged' | 'followed'

/** A stream that broke off, or whose packing did. */
export class CutOff extends Error {
  readonly packing: PackingFault | undefined
  constructor(cause: unknown, packing?: PackingFault) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = 'CutOff'
    this.packing = packing
  }
}

/** More than may be kept (`Environment.mostBytes`). */
export class Full extends Error {
  override readonly name = 'Full'
}

/** Bytes without end, and what is in them. */
export class Barren extends Error {
  override readonly name = 'Barren'
  readonly what: 'nothing but blanks' | 'no span'
  constructor(what: Barren['what']) {
    super(what)
    this.what = what
  }
}

/** Whether there is no room for it: by our own bound, or because a typed array or a string could not be made. */
export function isFull(thrown: unknown): boolean {
  return (
    thrown instanceof Full ||
    (thrown instanceof RangeError && /allocation|array length|string length|buffer/iu.test(thrown.message))
  )
}

export function apiError(
  kind: ErrorKind,
  message: string,
  advice: string,
  more: { readonly detail?: string | undefined; readonly status?: number } = {},
): ApiError {
  return { kind, message, detail: more.detail, advice, status: more.status }
}

/** The body of an answer that is not 2xx: the handler's ApiError, or words for an answer that is none. */
export async function errorOfResponse(name: string, response: Response): Promise<ApiError> {
  const text = await response.text()
  try {
    const body = JSON.parse(text) as Partial<ApiError> | null
    if (typeof body?.kind === 'string' && typeof body.message === 'string') return body as ApiError
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
  }
  return apiError(
    'internal',
    `Clew answered ${response.status} for ${name} without saying why.`,
    'Reload the page; if it stays, restart Clew.',
    { status: response.status, detail: text === '' ? undefined : text.slice(0, 2_000) },
  )
}

export const cancelledError = apiError('cancelled', 'Stopped.', 'Start it again when you need it.')

export const goneError = apiError(
  'not-found',
  'This trace is no longer in memory.',
  'Reload the page to read it again.',
)

/** Any thrown thing as an ApiError. */
export function errorOf(thrown: unknown, signal: AbortSignal): ApiError {
  if (thrown instanceof Failure) return thrown.error
  if (signal.aborted) return cancelledError
  const detail = thrown instanceof Error ? thrown.message : String(thrown)
  if (isFull(thrown))
    return apiError(
      'too-large',
      'There was not enough memory to hold this.',
      'Close other tabs, or open a smaller part of it: one trace, or a narrower time range.',
      { detail },
    )
  return apiError(
    'internal',
    'Clew stumbled over this trace.',
    'Open it again; if it stays, save the raw trace and report it.',
    { detail },
  )
}

/** Of several failures the one that helps most: a source that does not answer may hold what another does not have. */
const telling: readonly ErrorKind[] = [
  'too-large',
  'unauthorized',
  'forbidden',
  'needs-tenant',
  'certificate',
  'wrong-product',
  'login-page',
  'refused',
  'not-found-host',
  'timeout',
  'rate-limited',
  'server-error',
  'cut-off',
  'bad-answer',
  'bad-query',
  'bad-request',
  'internal',
  'empty-answer',
  'not-found',
  'cancelled',
]

/** The most telling of several errors, the first of equals. */
export function mostTelling(errors: readonly ApiError[]): ApiError | undefined {
  return errors.toSorted((a, b) => telling.indexOf(a.kind) - telling.indexOf(b.kind))[0]
}
