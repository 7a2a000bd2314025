import { useSyncExternalStore } from 'react'

/** The part of the Navigation API that is used; TypeScript's own types of it differ between versions. */
interface HistoryEnds extends EventTarget {
  readonly canGoBack: boolean
  readonly canGoForward: boolean
}

const history: HistoryEnds | undefined =
  'navigation' in window ? (window as unknown as { navigation: HistoryEnds }).navigation : undefined

const subscribe = (listener: () => void): (() => void) => {
  history?.addEventListener('currententrychange', listener)
  return () => history?.removeEventListener('currententrychange', listener)
}

/** Whether there is somewhere to go back or forward to; where the browser does not tell, both are offered. */
export function useHistoryEnds(): { readonly canGoBack: boolean; readonly canGoForward: boolean } {
  return {
    canGoBack: useSyncExternalStore(subscribe, () => history?.canGoBack ?? true),
    canGoForward: useSyncExternalStore(subscribe, () => history?.canGoForward ?? true),
  }
}
