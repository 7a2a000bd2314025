/** The moment under the pointer on any chart, common to all of them; outside React, since it changes with every pixel. */
import { useSyncExternalStore } from 'react'

let time: number | undefined
const listeners = new Set<() => void>()

/** Seconds since 1970; undefined when the pointer is on no chart. */
export function setHoverTime(next: number | undefined): void {
  if (next === time) return
  time = next
  for (const listener of listeners) listener()
}

export const hoverTime = (): number | undefined => time

/** Calls back with every new moment; the answer ends that. */
export function onHoverTime(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** The moment under the pointer, for what is written beside a chart. */
export const useHoverTime = (): number | undefined => useSyncExternalStore(onHoverTime, hoverTime)
