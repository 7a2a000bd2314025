/** Arriving once more at the page one is on: its content is asked for anew, and the button that did so leaves with what it stood in. */
let count = 0
const listeners = new Set<() => void>()

/** What such a button does, as Retry: the focus goes to what the page is for as soon as that is there, as on the way to another page. */
export function again(act: () => void): () => void {
  return () => {
    count += 1
    for (const listener of listeners) listener()
    act()
  }
}

/** How often somebody has arrived again; for `useSyncExternalStore`. */
export const arrivalsAgain = (): number => count

export function watchArrivals(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
