/** The title of the page that is open: in the window's title bar, and in the browser's history. */
import { useEffect, useSyncExternalStore } from 'react'

let titles: readonly string[] = []
const listeners = new Set<() => void>()

function change(next: readonly string[]): void {
  titles = next
  for (const listener of listeners) listener()
}

/** Names what is on screen, such as `POST /api/checkout 4.87 s`; pages without it are named by their place. */
export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    if (title === undefined) return undefined
    change([...titles, title])
    return () => {
      const at = titles.lastIndexOf(title)
      change(titles.filter((_, index) => index !== at))
    }
  }, [title])
}

/** What the page calls itself, if it does. */
export function usePageOwnTitle(): string | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => titles.at(-1),
  )
}
