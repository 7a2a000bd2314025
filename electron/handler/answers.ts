/** Answers of the handler: errors as the contract has them, and streams that are passed on. */
import type { ApiError, ErrorKind } from '#shared/api/contract'
import type { StreamedAnswer } from '../backends/http.ts'
import { SourceError } from '../backends/source-error.ts'
import { InputError } from './secrets.ts'
import { StoreError } from './stores.ts'

/** The page asked for something that is not there. */
export class MissingError extends Error {
  readonly advice: string
  constructor(message: string, advice: string) {
    super(message)
    this.name = 'MissingError'
    this.advice = advice
  }
}

const statusByKind: Readonly<Partial<Record<ErrorKind, number>>> = {
  unauthorized: 401,
  'needs-tenant': 401,
  forbidden: 403,
  'not-found': 404,
  'rate-limited': 429,
  timeout: 504,
  'bad-query': 400,
  'bad-request': 400,
  // nginx's number for a client that left; nobody is there to read it.
  cancelled: 499,
  internal: 500,
}

/** Anything thrown, as an ApiError. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof SourceError) return thrown.error
  if (thrown instanceof InputError || thrown instanceof MissingError) {
    return {
      kind: thrown instanceof InputError ? 'bad-request' : 'not-found',
      message: thrown.message,
      detail: undefined,
      advice: thrown.advice,
      status: undefined,
    }
  }
  if (thrown instanceof StoreError) {
    return {
      kind: 'internal',
      message: thrown.message,
      detail: undefined,
      advice: 'Make room on the disk, or let Clew write to that folder; then try again.',
      status: undefined,
    }
  }
  return {
    kind: 'internal',
    message: 'Something failed inside Clew.',
    detail: thrown instanceof Error ? thrown.message : String(thrown),
    advice: 'Try again; if it stays, restart Clew.',
    status: undefined,
  }
}

/** An error as an answer with a fitting status. */
export function errorAnswer(error: ApiError): Response {
  return Response.json(error, { status: statusByKind[error.kind] ?? 502 })
}

/** Notes on an answer as the header that carries them; empty without any. */
function noteHeader(notes: readonly string[]): Record<string, string> {
  return notes.length === 0 ? {} : { 'x-clew-note': encodeURIComponent(notes.join(' ')) }
}

/** A server's bytes as they come; `name` is the source's. */
export function streamAnswer(
  name: string,
  stream: StreamedAnswer,
  notes: readonly string[],
  headers: Record<string, string> = {},
): Response {
  return new Response(stream.body, {
    headers: {
      ...headers,
      ...noteHeader(notes),
      // What comes from a server is data; no type of its may make the browser see a page in it.
      'content-type': /json|protobuf|octet-stream/i.test(stream.contentType)
        ? stream.contentType
        : 'application/json',
      ...(stream.lengthBytes === undefined ? {} : { 'content-length': String(stream.lengthBytes) }),
      // Percent-encoded: a name may have letters that no header can carry.
      'x-clew-source': encodeURIComponent(name),
    },
  })
}
