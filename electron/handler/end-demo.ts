import type { HandlerOptions } from './options.ts'

type Stores = Pick<HandlerOptions, 'demoShop' | 'preferences'>

/** Ends a run of the demo shop, and none begins by itself any more; false where that run is not there. */
export async function endDemo({ demoShop, preferences }: Stores, id: string): Promise<boolean> {
  if (!(await demoShop.end(id))) return false
  await preferences.put({ demoEnded: true })
  return true
}

/**
 * Adds a connection; the first one ends the run of the demo shop there is: searches, the map and lists of lines show what all sources
 * have, and simulated figures among one's own would be taken for them. A run that was begun beside connections stays.
 */
export async function addConnection<Added>(
  stores: Stores & Pick<HandlerOptions, 'store'>,
  add: () => Promise<Added>,
): Promise<Added> {
  const isFirst = (await stores.store.list()).length === 0
  const added = await add()
  const demo = stores.demoShop.current()
  if (isFirst && demo) await endDemo(stores, demo.id)
  return added
}

/** Opened files end the run that began by itself; one that somebody asked for may be what they are held against. */
export async function giveWayToFiles(stores: Stores): Promise<void> {
  const demo = stores.demoShop.current()
  if (demo?.begunBy === 'itself') await endDemo(stores, demo.id)
}
