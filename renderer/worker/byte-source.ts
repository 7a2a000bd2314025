/** The bytes of an input, piece by piece, unpacked if they are gzip or zstd. */
import type { TraceInput } from './messages'
import type { Environment } from './environment'
import { apiError, CutOff, errorOfResponse, Failure } from './failures'
import { unpacked } from './unpack'

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
      chunks: unpacked(input.name, piecesOf(input.file.stream(), signal, onBytes)),
      totalBytes: input.file.size,
      note: undefined,
      isFile: true,
    }
  const response = await answerOf(input.name, input.url, environment, signal)
  return { ...sourceOf(response, signal, onBytes, input.name), isFile: isGivenFile(input.url) }
}

/** Whether a path of the handler is that of a file, not of a server's answer. */
export function isGivenFile(url: string): boolean {
  return url.startsWith('/api/files/')
}

/** The bytes of an answer. */
export function sourceOf(
  response: Response,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
  name = 'The answer',
): ByteSource {
  return {
    chunks: response.body === null ? none() : unpacked(name, piecesOf(response.body, signal, onBytes)),
    totalBytes: lengthOf(response),
    note: noteOf(response),
    isFile: false,
  }
}

/** The 2xx answer of a handler route; everything else is a Failure. `enough` ends it with what came. */
export async function answerOf(
  name: string,
  url: string,
  environment: Pick<Environment, 'fetch'>,
  signal: AbortSignal,
  enough?: AbortSignal,
): Promise<Response> {
  let response: Response
  try {
    response = await environment.fetch(url, { signal, ...(enough && { enough }) })
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

/** The pieces of a stream as they come; a CutOff where it breaks off. */
export async function* piecesOf(
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
