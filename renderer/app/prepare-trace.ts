import { startWorker } from '../state/trace-view'
import { router } from './router'

/**
 * Fetches what the trace page is made of and starts its worker once the first page is drawn and the browser has nothing else to do: from
 * whatever page one comes, a trace is the next thing, and its first rows should wait for its bytes alone.
 */
export function prepareTrace(): void {
  // Where a browser has no such callback, the trace page comes when it is asked for.
  if ('requestIdleCallback' in globalThis) requestIdleCallback(prepare)
}

function prepare(): void {
  // An opened file leads over its own page.
  for (const place of ['/trace', '/files'] as const)
    void router.routesById[place].options.component?.preload?.()
  startWorker()
}
