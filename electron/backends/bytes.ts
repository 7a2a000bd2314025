/** Reading the bytes of an answer: all of them, or only the first. */
import { SourceError } from './source-error.ts'

/** White space of JSON. */
export const isBlank = (byte: number): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/** All of a stream as text. */
export async function readText(body: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  const parts: string[] = []
  for await (const chunk of body) parts.push(decoder.decode(chunk, { stream: true }))
  parts.push(decoder.decode())
  return parts.join('')
}

/** At most the first `limitBytes` of a stream as text; the rest is not read. Never rejects: a broken body has said what it could. */
export async function readStart(body: ReadableStream<Uint8Array>, limitBytes: number): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let taken = 0
  const reader = body.getReader()
  try {
    while (taken < limitBytes) {
      const { done, value } = await reader.read()
      if (done) break
      const piece = value.subarray(0, limitBytes - taken)
      taken += piece.byteLength
      text += decoder.decode(piece, { stream: true })
    }
    await reader.cancel()
  } catch {
    // What came before it broke is still worth showing.
    return text
  }
  return text
}

/** The first bytes of a stream, and the stream as if nobody had looked. */
export interface Peeked {
  readonly first: Uint8Array
  /** `first` is all there is. */
  readonly ended: boolean
  readonly body: ReadableStream<Uint8Array>
}

/**
 * Waits for `wantedBytes` or the end; what is past the first bytes stays unread. A stream that is cut off before gives what came, and
 * then breaks; every other failure rejects.
 */
export async function peek(stream: ReadableStream<Uint8Array>, wantedBytes: number): Promise<Peeked> {
  const reader = stream.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  let ended = false
  let cutOff: unknown
  while (size < wantedBytes && !ended && cutOff === undefined) {
    try {
      const { done, value } = await reader.read()
      if (done) ended = true
      else {
        chunks.push(value)
        size += value.byteLength
      }
    } catch (thrown) {
      if (size === 0 || !(thrown instanceof SourceError) || thrown.error.kind !== 'cut-off') throw thrown
      cutOff = thrown
    }
  }
  return {
    first: Buffer.concat(chunks),
    ended,
    body: new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const chunk = chunks.shift()
          if (chunk !== undefined) return controller.enqueue(chunk)
          if (cutOff !== undefined) throw cutOff
          const { done, value } = ended ? { done: true, value: undefined } : await reader.read()
          if (value !== undefined) controller.enqueue(value)
          if (done) controller.close()
        },
        cancel: (reason) => reader.cancel(reason),
      },
      { highWaterMark: 0 },
    ),
  }
}
