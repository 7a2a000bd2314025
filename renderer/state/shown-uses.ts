/** What the service on screen uses, told by its page to what stands around it. */
import { useLayoutEffect, useSyncExternalStore } from 'react'
import { Held } from '#shared/base/held'
import type { ServiceResource } from './service-resources'

export type ShownUses = readonly ServiceResource['group'][]

const shown = new Held<ShownUses | undefined>(undefined)

/** The groups of what it uses, with repeats; undefined where no service is on screen, or that is not known yet. */
export const useShownUses = (): ShownUses | undefined => useSyncExternalStore(shown.subscribe, shown.get)

/** Tells it for as long as the service is on screen. */
export function useTellUses(resources: readonly ServiceResource[] | undefined): void {
  useLayoutEffect(() => {
    shown.set(resources?.map(({ group }) => group))
    return () => shown.set(undefined)
  }, [resources])
}
