/** What a page tells of itself to what stands around it, for as long as it is on screen. */
import { useLayoutEffect, useSyncExternalStore } from 'react'
import { Held } from '#shared/base/held'

/** A hook that reads what is told, undefined while nobody tells it, and one that tells it. */
export function createTold<Value extends object>(): {
  readonly useShown: () => Value | undefined
  readonly useTell: (value: Value | undefined) => void
} {
  const shown = new Held<Value | undefined>(undefined)
  return {
    useShown: () => useSyncExternalStore(shown.subscribe, shown.get),
    useTell: (value) => {
      // Pages make an equal value at each drawing, which nobody has to hear of.
      const text = value && JSON.stringify(value)
      useLayoutEffect(() => {
        shown.set(text === undefined ? undefined : (JSON.parse(text) as Value))
        return () => shown.set(undefined)
      }, [text])
    },
  }
}
