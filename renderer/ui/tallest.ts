/** How high an element can be. */
import { useSyncExternalStore } from 'react'

function subscribe(listener: () => void): () => void {
  window.addEventListener('resize', listener)
  return () => window.removeEventListener('resize', listener)
}

/**
 * Pixels of the page; changes with the zoom. Chromium ends elements at 33,554,428 px of the screen, of which a fine screen, or a page that is
 * zoomed in, has several to one of the page's.
 */
export function useTallestPx(): number {
  const ratio = useSyncExternalStore(subscribe, () => window.devicePixelRatio)
  return Math.floor(33_554_400 / Math.max(1, ratio))
}
