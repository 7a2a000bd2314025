/** For tests: servers that are only a table of paths, asked through the same client as real ones. */
import type { ServerKind } from '#shared/api/contract'
import type { UpstreamFetch, UpstreamInit } from './exchange.ts'
import type { SourceTarget } from './target.ts'

/** What a path answers: a JSON value, a Response, or a function of the request. */
export type FakeAnswer = Response | object | ((url: URL, init: UpstreamInit) => Response | Promise<Response>)

/** Answers by path. */
export type FakeRoutes = Readonly<Record<string, FakeAnswer>>

/** A fetch that answers from a table, and remembers what it was asked. */
export interface FakeServer {
  readonly fetch: UpstreamFetch
  /** Path and query, decoded, in order. */
  readonly asked: string[]
}

/** `routes` by path; every other path is Go's 404. */
export function fakeServer(routes: FakeRoutes): FakeServer {
  const asked: string[] = []
  return {
    asked,
    async fetch(address, init) {
      const url = new URL(address)
      asked.push(decodeURIComponent(url.pathname + url.search).replaceAll('+', ' '))
      const answer = routes[decodeURIComponent(url.pathname)]
      if (answer === undefined) return new Response('404 page not found\n', { status: 404 })
      if (typeof answer === 'function') return answer(url, init)
      return answer instanceof Response ? answer.clone() : Response.json(answer)
    },
  }
}

/** A source named `shop` at http://shop.test, with changes. */
export function fakeTarget(kind: ServerKind, changes: Partial<SourceTarget> = {}): SourceTarget {
  return {
    id: 'shop',
    name: 'shop',
    kind,
    url: 'http://shop.test',
    auth: { kind: 'none' },
    headers: [],
    tenant: '',
    tls: { ca: '', clientCert: '', clientKey: '', skipVerify: false },
    timeoutMs: 1000,
    ...changes,
  }
}

/** A web page with a title. */
export function webPage(title: string, body = ''): Response {
  return new Response(
    `<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`,
    {
      headers: { 'content-type': 'text/html' },
    },
  )
}
