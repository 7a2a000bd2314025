/** Where the page on screen leads, told to what stands around it: the guide has a button for each. */
import { useLayoutEffect, useSyncExternalStore } from 'react'
import { Held } from '#shared/base/held'

/** From the selected span: to its lines, its peers, what it links to, and the metrics of its service then; from the selected line: to those. */
export type ShownWay = 'lines' | 'peers' | 'link' | 'metrics'

const shown = new Held<readonly ShownWay[]>([])
const runs = new Map<ShownWay, () => void>()

export const useShownWays = (): readonly ShownWay[] => useSyncExternalStore(shown.subscribe, shown.get)

/** Goes there; nothing happens where that way is not on screen any more. */
export const followWay = (way: ShownWay): void => runs.get(way)?.()

/** Tells of a way for as long as it is on screen; undefined where it leads nowhere. */
export function useTellWay(way: ShownWay, run: (() => void) | undefined): void {
  const isThere = run !== undefined
  useLayoutEffect(() => {
    if (!isThere) return undefined
    shown.set([...shown.get(), way])
    return () => {
      shown.set(shown.get().filter((one) => one !== way))
      runs.delete(way)
    }
  }, [way, isThere])
  // Another one at each drawing, which nobody has to hear of.
  useLayoutEffect(() => {
    if (run) runs.set(way, run)
  }, [way, run])
}
