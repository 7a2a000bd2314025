/** The moment under the pointer on any chart, common to all of them; outside React, since it changes with every pixel. */
import { useSyncExternalStore } from 'react'
import { Held } from '#shared/base/held'

const time = new Held<number | undefined>(undefined)

/** Seconds since 1970; undefined when the pointer is on no chart. */
export function setHoverTime(next: number | undefined): void {
  if (next !== time.get()) time.set(next)
}

export const hoverTime = time.get

/** Calls back with every new moment; the answer ends that. */
export const onHoverTime = time.subscribe

/** The moment under the pointer, for what is written beside a chart. */
export const useHoverTime = (): number | undefined => useSyncExternalStore(time.subscribe, time.get)
