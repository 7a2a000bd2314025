/**
 * How a server is asked: undici's `request`. Its `fetch` copies every chunk once more, which for a trace of 1 GB was a second of the main
 * process's time (BENCHMARKS.md).
 */
import { pipeline, type Readable, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { request } from 'undici'
import type { UpstreamFetch } from './exchange.ts'

const unpackers: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/** Statuses of which a Response may have no body. */
const withoutBody = new Set([204, 205, 304])

/** The platform's Response to a request over undici's connections; redirects are answers like any other. */
export const askUpstream: UpstreamFetch = async (url, { dispatcher, ...init }) => {
  const { statusCode, headers, body } = await request(url, {
    ...init,
    headers: { 'accept-encoding': 'gzip, deflate, br', ...init.headers },
    ...(dispatcher && { dispatcher }),
  })
  // A body that is left before its first byte fails with nobody listening, and that would end Clew.
  body.on('error', () => undefined)
  const isEmpty = withoutBody.has(statusCode)
  if (isEmpty) body.destroy()
  return new Response(isEmpty ? undefined : bytesOf(unpacked(body, headers['content-encoding'])), {
    status: statusCode,
    headers: Object.entries(headers).flatMap(([name, values]) =>
      [values ?? []].flat().map((value): [string, string] => [name, value]),
    ),
  })
}

/** As fetch does, whatever the status; what is packed in a way we did not ask for stays as it is. */
function unpacked(body: Readable, encoding: string | string[] | undefined): Readable {
  const unpacker = unpackers[String(encoding ?? '').toLowerCase()]
  // How it ended is told by what comes out.
  return unpacker === undefined ? body : pipeline(body, unpacker(), () => undefined)
}

/** The same chunks, not copies of them; one is taken when one is asked for. */
function bytesOf(body: Readable): ReadableStream<Uint8Array> {
  const chunks = body.iterator() as AsyncIterator<Uint8Array>
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done === true) controller.close()
        else controller.enqueue(value)
      },
      cancel() {
        body.destroy()
      },
    },
    { highWaterMark: 0 },
  )
}
