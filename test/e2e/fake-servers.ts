/** Servers that answer as much as a test of the page needs; the real ones are asked by `npm run test:servers`. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Answers one request. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A server on a free loopback port. */
export interface FakeServer {
  readonly url: string
  readonly port: number
  /** For what a server does besides answering. */
  readonly server: Server
  /** What it was asked: method, path with query, and headers. */
  readonly asked: readonly { readonly path: string; readonly headers: IncomingMessage['headers'] }[]
  answer(next: Answer): void
  stop(): Promise<void>
}

/** Starts a server; `answer` may be changed while it runs. */
export async function startServer(first: Answer): Promise<FakeServer> {
  let answer = first
  const asked: { path: string; headers: IncomingMessage['headers'] }[] = []
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', headers: request.headers })
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    server,
    asked,
    answer: (next) => void (answer = next),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** Answers with JSON. */
export const json =
  (body: unknown, status = 200): Answer =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  }

/** Answers with a page of HTML. */
export const html =
  (body: string, status = 200): Answer =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/html' })
    response.end(`<!doctype html><html><body>${body}</body></html>`)
  }

/** Answers with plain text. */
export const text =
  (body: string, status = 200): Answer =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/plain' })
    response.end(body)
  }

/** The same where a path prefix is set; every other path is Go's 404. */
export function under(prefix: string, answer: Answer): Answer {
  return (request, response) => {
    const path = request.url ?? ''
    if (!path.startsWith(`${prefix}/`)) return text('404 page not found\n', 404)(request, response)
    request.url = path.slice(prefix.length)
    answer(request, response)
  }
}

/** A Jaeger that knows these services and no trace. */
export function jaegerAnswers(services: readonly string[]): Answer {
  const page = html(
    '<script>const JAEGER_VERSION = {"gitCommit":"","gitVersion":"v2.20.0","buildDate":""};</script>',
  )
  return (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0]
    if (path === '/') page(request, response)
    else if (path === '/api/v3/services') json({ services })(request, response)
    else if (path === '/api/services')
      json({ data: services, total: services.length, limit: 0, offset: 0, errors: null })(request, response)
    else json({ errors: [{ code: 404, msg: 'trace not found' }] }, 404)(request, response)
  }
}

/** A Tempo that keeps tenants apart and refuses whoever names none. */
export function tempoWithTenants(tenant: string): Answer {
  return (request, response) => {
    if (request.headers['x-scope-orgid'] !== tenant) return text('no org id', 401)(request, response)
    const path = (request.url ?? '').split('?', 1)[0]
    if (path === '/api/status/buildinfo')
      return json({ version: '2.8.1', revision: '', branch: '', goVersion: '' })(request, response)
    if (path === '/api/echo') return text('echo')(request, response)
    if (path.endsWith('/values'))
      return json({ tagValues: [{ type: 'string', value: 'cart' }] })(request, response)
    return json({ traces: [], metrics: {} })(request, response)
  }
}
