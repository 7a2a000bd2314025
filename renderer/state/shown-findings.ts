/** What the trace on screen gives to look at, told by its page to what stands around it. */
import { useLayoutEffect, useSyncExternalStore } from 'react'
import { Held } from '#shared/base/held'

/** `working`: not known yet; `selected`: the selected span is among what was found. */
export type ShownFindings = 'working' | 'none' | 'some' | 'selected'

const shown = new Held<ShownFindings | undefined>(undefined)

/** Undefined where no trace is on screen. */
export const useShownFindings = (): ShownFindings | undefined =>
  useSyncExternalStore(shown.subscribe, shown.get)

const nothing = () => undefined
let show: () => void = nothing

/** Selects the evidence of what stands out most in the trace on screen. */
export const showFinding = (): void => show()

/** Tells it for as long as the trace is on screen; `onShow` selects the evidence of what stands out most. */
export function useTellFindings(found: ShownFindings, onShow: () => void): void {
  useLayoutEffect(() => {
    shown.set(found)
    return () => shown.set(undefined)
  }, [found])
  useLayoutEffect(() => {
    show = onShow
    return () => {
      show = nothing
    }
  }, [onShow])
}
