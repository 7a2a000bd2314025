import type { AppInfo } from '#shared/api/contract'
import type { UpstreamFetch } from '../backends/http.ts'
import type { OpenedFiles, PreferenceStore, SourceStore } from './stores.ts'

/** What a shell gives the handler. */
export interface HandlerOptions {
  /** A file of the page's folder by its path (`/index.html`, `/assets/x.js`); undefined when there is none. */
  readonly assets: (path: string) => Promise<Response | undefined>
  readonly store: SourceStore
  readonly preferences: PreferenceStore
  readonly files: OpenedFiles
  readonly info: Omit<AppInfo, 'files'>
  /** How servers are asked; undici's fetch unless a test gives its own. */
  readonly fetch?: UpstreamFetch
}

/** The one function that answers everything the page asks. */
export interface Handler {
  fetch(request: Request): Promise<Response>
  /** Ends what is under way and closes the connections to the servers. */
  close(): Promise<void>
}
