/** What the trace on screen gives to look at, told by its page to what stands around it. */
import { useLayoutEffect, useSyncExternalStore } from 'react'

/** `working`: not known yet; `selected`: the selected span is among what was found. */
export type ShownFindings = 'working' | 'none' | 'some' | 'selected'

let shown: ShownFindings | undefined
const listeners = new Set<() => void>()

function tell(next: ShownFindings | undefined): void {
  shown = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Undefined where no trace is on screen. */
export function useShownFindings(): ShownFindings | undefined {
  return useSyncExternalStore(subscribe, () => shown)
}

/** Tells it for as long as the trace is on screen. */
export function useTellFindings(found: ShownFindings): void {
  useLayoutEffect(() => {
    tell(found)
    return () => tell(undefined)
  }, [found])
}
