import type { AppInfo, FoundServer } from '#shared/api/contract'
import type { UpstreamFetch } from '../backends/exchange.ts'
import type { Limits } from '../backends/http.ts'
import type { DemoShop } from '../local/demo-shop.ts'
import type { FactStore, OpenedFiles, PreferenceStore, SourceStore, ThreadStore } from './stores.ts'
import type { OpenedStore } from '../local/opened-store.ts'

/** What a shell gives the handler. */
export interface HandlerOptions {
  /** A file of the page's folder by its decoded path (`/index.html`, `/assets/x.js`); undefined when there is none. */
  readonly assets: (path: string) => Promise<Response | undefined>
  readonly store: SourceStore
  readonly demoShop: DemoShop
  readonly openedStore: OpenedStore
  readonly preferences: PreferenceStore
  readonly thread: ThreadStore
  readonly facts: FactStore
  readonly files: OpenedFiles
  /** Read at each `GET /api/app`, so that a shell may hand over an object whose notices grow. */
  readonly info: Omit<AppInfo, 'files'>
  /** How servers are asked; undici's fetch unless a test gives its own. */
  readonly fetch?: UpstreamFetch
  /** How much is taken from a source; `defaultLimits` where left out. */
  readonly limits?: Partial<Limits>
  /** Where `GET /api/found` looks; the usual ports of this machine where left out. */
  readonly usualServers?: readonly Pick<FoundServer, 'kind' | 'url'>[]
}

/** The one function that answers everything the page asks. */
export interface Handler {
  /** Never rejects. */
  fetch(request: Request): Promise<Response>
  /** Ends what is under way and closes the connections to the servers. */
  close(): Promise<void>
}
