/**
 * A reverse proxy in front of a real server, for what such proxies do in the field: credentials, a path prefix, TLS, client certificates,
 * routes left out, a login page, and answers that break off, dawdle or stop.
 */
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'

import type { KeyPair } from './certificates.ts'
import { pause } from './process.ts'

export interface ProxyOptions {
  /** Requests outside it get nginx's 404. */
  readonly prefix?: string
  /** The only value of the header `authorization` that is let through. */
  readonly authorization?: string
  readonly tls?: KeyPair & {
    /** The authority of the client certificates without which nobody is let in. */
    readonly clientAuthority?: string
  }
  /** Answered here instead of by the server; asked for each request, by its path without the prefix. */
  readonly instead?: (path: string) => Answer | undefined
  /** What happens to the bytes of an answer whose path it names. */
  readonly body?: (path: string) => BodyFault | undefined
}

export interface Answer {
  readonly status: number
  readonly type: string
  readonly text: string
  readonly headers?: Readonly<Record<string, string>>
}

/** After so many bytes the connection breaks, or nothing more comes, or each chunk waits a while. */
export type BodyFault =
  | { readonly kind: 'break'; readonly afterBytes: number }
  | { readonly kind: 'stall'; readonly afterBytes: number }
  | { readonly kind: 'slow'; readonly pauseMs: number }

export interface Proxy {
  /** With the prefix. */
  readonly url: string
  /** Method, path and query of everything that was asked, in order; without the prefix. */
  readonly asked: readonly string[]
  /** How many answers are on their way at this moment. */
  underWay(): number
  close(): Promise<void>
}

export const nginxNotFound: Answer = {
  status: 404,
  type: 'text/html',
  text: '<html>\n<head><title>404 Not Found</title></head>\n<body>\n<center><h1>404 Not Found</h1></center>\n<hr><center>nginx/1.26.2</center>\n</body>\n</html>\n',
}

const noClientCertificate: Answer = {
  status: 400,
  type: 'text/html',
  text: '<html>\n<head><title>400 No required SSL certificate was sent</title></head>\n<body>\n<center><h1>400 Bad Request</h1></center>\n<center>No required SSL certificate was sent</center>\n<hr><center>nginx/1.26.2</center>\n</body>\n</html>\n',
}

/** Starts a proxy on a free loopback port. */
export async function startProxy(target: string, options: ProxyOptions = {}): Promise<Proxy> {
  const asked: string[] = []
  let underWay = 0
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    underWay++
    response.once('close', () => underWay--)
    void answer(request, response).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    )
  }
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const prefix = options.prefix ?? ''
    const whole = request.url ?? '/'
    if (!whole.startsWith(prefix)) return send(response, nginxNotFound)
    const path = whole.slice(prefix.length) || '/'
    asked.push(`${request.method} ${path}`)
    if (options.tls?.clientAuthority !== undefined && !(request.socket as TLSSocket).authorized)
      return send(response, noClientCertificate)
    if (options.authorization !== undefined && request.headers.authorization !== options.authorization) {
      const scheme = options.authorization.split(' ')[0]
      return send(response, {
        status: 401,
        type: 'text/html',
        text: '<html><head><title>401 Authorization Required</title></head><body><h1>401 Authorization Required</h1></body></html>',
        headers: { 'www-authenticate': `${scheme} realm="traces"` },
      })
    }
    const [bare] = path.split('?')
    const instead = options.instead?.(bare)
    if (instead !== undefined) return send(response, instead)
    await forward(target, path, request, response, options.body?.(bare))
  }

  const { tls } = options
  const server =
    tls === undefined
      ? createServer(handle)
      : createTlsServer(
          {
            cert: tls.cert,
            key: tls.key,
            ...(tls.clientAuthority === undefined
              ? {}
              : { ca: tls.clientAuthority, requestCert: true, rejectUnauthorized: false }),
          },
          handle,
        )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}${options.prefix ?? ''}`,
    asked,
    underWay: () => underWay,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function send(response: ServerResponse, { status, type, text, headers }: Answer): void {
  response.writeHead(status, { 'content-type': type, ...headers }).end(text)
}

function forward(
  target: string,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  fault: BodyFault | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const { authorization: _, host: __, ...headers } = request.headers
    const upstream = httpRequest(target + path, { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      relay(answer, response, fault).then(resolve, reject)
    })
    upstream.once('error', reject)
    response.once('close', () => upstream.destroy())
    request.pipe(upstream)
  })
}

async function relay(
  answer: IncomingMessage,
  response: ServerResponse,
  fault: BodyFault | undefined,
): Promise<void> {
  let sent = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    if (fault !== undefined && fault.kind !== 'slow' && sent + chunk.length > fault.afterBytes) {
      response.write(chunk.subarray(0, fault.afterBytes - sent))
      if (fault.kind === 'stall') return
      await pause(20)
      response.destroy()
      return
    }
    sent += chunk.length
    if (!response.write(chunk)) await drained(response)
    if (response.destroyed) return
    if (fault?.kind === 'slow') await pause(fault.pauseMs)
  }
  response.end()
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done)
      resolve()
    }
    response.on('drain', done).on('close', done)
  })
}
