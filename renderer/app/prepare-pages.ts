import { startWorker } from '../state/trace-view'
import { router } from './router'

/** Where pivots lead, the likeliest first; an opened file leads over its own page. */
const places = ['/trace', '/files', '/logs', '/service', '/traces', '/metrics'] as const

/**
 * Fetches what these pages are made of and starts the worker of the trace page, once the first page is drawn and whenever the browser
 * has nothing else to do: a pivot should wait for the answer of its server alone.
 */
export function preparePages(): void {
  // Where a browser has no such callback, pages come when they are asked for.
  if ('requestIdleCallback' in globalThis) requestIdleCallback(() => void prepare())
}

async function prepare(): Promise<void> {
  startWorker()
  for (const place of places) {
    // oxlint-disable-next-line no-await-in-loop -- one at a time, each when there is time for it
    await router.routesById[place].options.component?.preload?.()
    // oxlint-disable-next-line no-await-in-loop -- as above
    await new Promise((resolve) => requestIdleCallback(resolve))
  }
}
