/** The moment under the pointer, shared by everything that shows time; outside React, since it changes with every pixel. */
import { useEffect } from 'react'

let moment: number | undefined
const listeners = new Set<(moment: number | undefined) => void>()

/** Nanoseconds from the trace's epoch; undefined when the pointer is on nothing that has a time. */
export function setHoverMoment(next: number | undefined): void {
  if (next === moment) return
  moment = next
  for (const listener of listeners) listener(next)
}

export const hoverMoment = (): number | undefined => moment

/** Calls back with every new moment while the component is on screen; `show` must be stable. */
export function useHoverMoment(show: (moment: number | undefined) => void): void {
  useEffect(() => {
    listeners.add(show)
    show(moment)
    return () => {
      listeners.delete(show)
    }
  }, [show])
}
