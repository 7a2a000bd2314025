import type { Dispatcher } from 'undici'

/** The part of fetch that the backends use; a test gives its own. */
export type UpstreamFetch = (url: string, init: UpstreamInit) => Promise<Response>

/** What the backends say of a request. */
export interface UpstreamInit {
  readonly method: 'GET'
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  readonly redirect: 'manual'
  readonly dispatcher: Dispatcher | undefined
}
