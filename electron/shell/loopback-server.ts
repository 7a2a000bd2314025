/** The handler on a loopback port: guarded, streamed, quiet when a reader leaves. */
import { once } from 'node:events'
import type { ServerResponse, Server } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { createAdaptorServer } from '@hono/node-server'
import { createLoopbackGuard, type LoopbackGuard } from './loopback-guard.ts'

/** The usual port: the same in every run, so that a copied link still works tomorrow. */
export const usualPort = 7420

/** A listening browser shell. */
export interface LoopbackServer {
  readonly guard: LoopbackGuard
  readonly port: number
  /** Ends every connection at once. */
  close(): Promise<void>
}

/** The port that was asked for is taken; the message is a sentence with what to try. */
export class PortError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'PortError'
  }
}

/** Serves `fetch` on 127.0.0.1, on `port` or, without one, on the usual port when it is free and any other when not. */
export async function serveLoopback(
  fetch: (request: Request) => Promise<Response>,
  port: number | undefined,
): Promise<LoopbackServer> {
  // The guard needs the port, which is known only once the server listens; nothing arrives earlier.
  let guard: LoopbackGuard | undefined
  const server = createAdaptorServer({
    // Electron mounts the handler with the platform's own Request and Response; so does this shell.
    overrideGlobalObjects: false,
    // An address holds a whole query or many files; Node's 16 kB would end such a page at its reload.
    serverOptions: { maxHeaderSize: 1_048_576 },
    fetch: async (request, { outgoing }) => {
      const response = guard?.check(request) ?? (await fetch(request))
      return quietly(response, outgoing as ServerResponse)
    },
  }) as Server
  const bound = await listen(server, port)
  guard = createLoopbackGuard(bound)
  return {
    guard,
    port: bound,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function listen(server: Server, port: number | undefined): Promise<number> {
  try {
    return await listenOn(server, port ?? usualPort)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (port === undefined) return listenOn(server, 0)
    if (code === 'EADDRINUSE')
      throw new PortError(`Port ${port} is in use. Give another with --port, or leave --port out.`, { cause })
    if (code === 'EACCES')
      throw new PortError(`Port ${port} needs more rights than you have. Give one above 1023 with --port.`, {
        cause,
      })
    throw cause
  }
}

function listenOn(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port }, () => {
      server.off('error', reject)
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('the server has no port'))
      else resolve(address.port)
    })
  })
}

/**
 * The same answer with a body that never fails towards node-server, which would print the error. When the reader has left, its end is
 * all there is to say; when the source breaks, the connection is cut, so that the page sees an answer that was not completed.
 */
function quietly(response: Response, outgoing: ServerResponse): Response {
  if (!response.body) return response
  const reader = response.body.getReader()
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          if (!done) return controller.enqueue(value)
        } catch {
          // The handler has already said what there was to say; here only the connection can tell that the answer is not whole.
          await cutOff(outgoing)
        }
        controller.close()
      },
      // The source may fail while it is told to stop; whoever left does not care.
      cancel: (reason) => reader.cancel(reason).catch(() => undefined),
    },
    { highWaterMark: 0 },
  )
  return new Response(body, response)
}

/** Closes the connection in the middle of an answer, once what there is of it has been sent. */
async function cutOff(outgoing: ServerResponse): Promise<void> {
  // node-server looks ahead a little before it sends anything; how far is its own affair.
  // oxlint-disable-next-line no-await-in-loop
  while (!outgoing.headersSent && !outgoing.destroyed) await setImmediate()
  if (outgoing.destroyed) return
  const closed = once(outgoing, 'close')
  outgoing.socket?.destroySoon()
  await closed
}
