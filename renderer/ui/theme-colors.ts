/** Colours of the theme as values, for what cannot read CSS variables: canvas and Monaco. */
import { useMemo, useSyncExternalStore } from 'react'

const dark = window.matchMedia('(prefers-color-scheme: dark)')
const contrast = window.matchMedia('(forced-colors: active)')

const listeners = new Set<() => void>()

function changed(): void {
  for (const listener of listeners) listener()
}

const observer = new MutationObserver(changed)

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    dark.addEventListener('change', changed)
    contrast.addEventListener('change', changed)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    observer.disconnect()
    dark.removeEventListener('change', changed)
    contrast.removeEventListener('change', changed)
  }
}

/** Values of theme tokens (`--trace`), read again when the theme changes. `names` must be the same array each time. */
export function useThemeColors<Name extends string>(names: readonly Name[]): Readonly<Record<Name, string>> {
  // One text of all values: it differs only when one of them does.
  const values = useSyncExternalStore(subscribe, () => {
    const style = getComputedStyle(document.documentElement)
    return names.map((name) => style.getPropertyValue(name).trim()).join(';')
  })
  return useMemo(() => {
    const parts = values.split(';')
    return Object.fromEntries(names.map((name, index) => [name, parts[index]])) as Record<Name, string>
  }, [names, values])
}
