/** What the trace on screen gives to look at, told by its page to what stands around it. */
import { useLayoutEffect } from 'react'
import type { Finding } from '#shared/derive/findings/finding'
import { createTold } from './told'

export interface ShownFindings {
  /** Kinds of what stands out, what tells most first; undefined until they are known. */
  readonly kinds: readonly Finding['kind'][] | undefined
  /** Those that the selected span is evidence of. */
  readonly selected: readonly Finding['kind'][]
}

const { useShown, useTell } = createTold<ShownFindings>()

/** Undefined where no trace is on screen. */
export const useShownFindings = useShown

const nothing = () => undefined
let show: (kind: Finding['kind']) => void = nothing

/** Selects the evidence of what stands out in the trace on screen. */
export const showFinding = (kind: Finding['kind']): void => show(kind)

/** Tells it for as long as the trace is on screen; `onShow` selects the evidence of the first of a kind. */
export function useTellFindings(found: ShownFindings, onShow: (kind: Finding['kind']) => void): void {
  useTell(found)
  useLayoutEffect(() => {
    show = onShow
    return () => {
      show = nothing
    }
  }, [onShow])
}
