import { useSyncExternalStore } from 'react'

let version = 0

function subscribe(listener: () => void): () => void {
  const changed = () => {
    version += 1
    listener()
  }
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) =>
    matchMedia(query),
  )
  for (const query of queries) query.addEventListener('change', changed)
  return () => {
    observer.disconnect()
    for (const query of queries) query.removeEventListener('change', changed)
  }
}

/** Changes when colours do: a canvas holds colours, not variables, and must be drawn again. */
export function useThemeVersion(): number {
  return useSyncExternalStore(subscribe, () => version)
}
