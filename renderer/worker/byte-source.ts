/** The bytes of an input, piece by piece, unpacked if they are gzip. */
import type { TraceInput } from './messages'
import type { Environment } from './environment'
import { apiError, CutOff, errorOfResponse, Failure } from './failures'
import { gunzip } from './gunzip'

export interface ByteSource {
  readonly chunks: AsyncIterable<Uint8Array>
  /** Bytes as they come, before unpacking; undefined when nobody says. */
  readonly totalBytes: number | undefined
  /** From the handler: a sentence to show with the answer. */
  readonly note: string | undefined
  /** Not the answer of a server: asking again would not change it. */
  readonly isFile: boolean
}

/** Opens an input; `onBytes` hears of every piece as it came (packed bytes, packed). Rejects with a Failure if there is no answer. */
export async function openSource(
  input: TraceInput,
  environment: Environment,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<ByteSource> {
  if (input.kind === 'file')
    return {
      chunks: unpacked(piecesOf(input.file.stream(), signal, onBytes)),
      totalBytes: input.file.size,
      note: undefined,
      isFile: true,
    }
  const source = sourceOf(await answerOf(input.name, input.url, environment, signal), signal, onBytes)
  return { ...source, isFile: input.url.startsWith('/api/files/') }
}

/** The bytes of an answer. */
export function sourceOf(
  response: Response,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): ByteSource {
  return {
    chunks: response.body === null ? none() : unpacked(piecesOf(response.body, signal, onBytes)),
    totalBytes: lengthOf(response),
    note: noteOf(response),
    isFile: false,
  }
}

/** The 2xx answer of a handler route; everything else is a Failure. */
export async function answerOf(
  name: string,
  url: string,
  environment: Pick<Environment, 'fetch'>,
  signal: AbortSignal,
): Promise<Response> {
  let response: Response
  try {
    response = await environment.fetch(url, { signal })
  } catch (cause) {
    signal.throwIfAborted()
    throw new Failure(
      apiError(
        'internal',
        `Clew itself did not answer for ${name}.`,
        'Check that Clew is still running, then reload the page.',
        { detail: cause instanceof Error ? cause.message : String(cause) },
      ),
    )
  }
  if (!response.ok) throw new Failure(await errorOfResponse(name, response))
  return response
}

/** `x-clew-note`, decoded; a note that cannot be decoded is shown as it came. */
function noteOf(response: Response): string | undefined {
  const note = response.headers.get('x-clew-note')
  if (note === null || note === '') return undefined
  try {
    return decodeURIComponent(note)
  } catch (cause) {
    if (cause instanceof URIError) return note
    throw cause
  }
}

/** The browser unpacks `content-encoding` on the way, and then the length is not that of what arrives. */
function lengthOf(response: Response): number | undefined {
  const length = response.headers.get('content-length')
  if (length === null || response.headers.has('content-encoding')) return undefined
  const bytes = Number(length)
  return Number.isSafeInteger(bytes) ? bytes : undefined
}

async function* none(): AsyncGenerator<Uint8Array> {
  // No body: no pieces.
}

async function* piecesOf(
  stream: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader()
  const stop = () => void reader.cancel().catch(() => undefined)
  signal.addEventListener('abort', stop, { once: true })
  try {
    signal.throwIfAborted()
    for (;;) {
      const { done, value } = await readOrCutOff(reader, signal)
      // A stream that was cancelled ends as if it had been whole.
      signal.throwIfAborted()
      if (done) return
      onBytes(value.length)
      yield value as Uint8Array<ArrayBuffer>
    }
  } finally {
    signal.removeEventListener('abort', stop)
    stop()
  }
}

async function readOrCutOff(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  signal: AbortSignal,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  try {
    return await reader.read()
  } catch (cause) {
    signal.throwIfAborted()
    throw new CutOff(cause)
  }
}

async function* unpacked(pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array> {
  try {
    const head = await headOf(pieces)
    const all = startingWith(head, pieces)
    yield* isGzip(head) ? gunzip(all) : all
  } finally {
    await pieces.return(undefined)
  }
}

/** By the first bytes: names and content types are often wrong. */
function isGzip(head: Uint8Array): boolean {
  return head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b
}

async function* startingWith<Piece extends Uint8Array>(
  head: Piece,
  rest: AsyncIterable<Piece>,
): AsyncGenerator<Piece> {
  if (head.length > 0) yield head
  yield* rest
}

/** The first two bytes or more, of however small pieces. */
async function headOf(pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer>> {
  let head = new Uint8Array(0)
  while (head.length < 2) {
    const { done, value } = await pieces.next()
    if (done === true) break
    if (head.length === 0) head = value
    else {
      const joined = new Uint8Array(head.length + value.length)
      joined.set(head)
      joined.set(value, head.length)
      head = joined
    }
  }
  return head
}
