/**
 * Which step each entry of the browser's history belongs to. A page that changes its own part of the address stays within its step;
 * whoever goes on from there to another place makes a new one. Kept for as long as the window's own history is: in sessionStorage.
 */
import type { HistoryLocation, RouterHistory } from '@tanstack/react-router'
import { tabStorage } from './browser-storage'

const storeKey = 'clew-thread-entries'
/** As many as anyone goes back. */
const mostEntries = 500

let entries: Map<string, string> = read()
let present = ''
/** The step that the next entry belongs to, while somebody goes there. */
let destined: string | undefined

function read(): Map<string, string> {
  try {
    return new Map(JSON.parse(tabStorage.get(storeKey) ?? '[]') as [string, string][])
  } catch {
    // With what something else left there, Back finds steps by their address.
    return new Map()
  }
}

/** What names an entry, as the router writes it into the entry's state. */
export const entryOf = (location: Pick<HistoryLocation, 'state'>): string =>
  // oxlint-disable-next-line no-underscore-dangle
  location.state.__TSR_key ?? ''

/** Binds an entry to a step. */
export function bindEntry(key: string, step: string): void {
  if (key === '' || step === '') return
  entries.set(key, step)
  if (entries.size > mostEntries) entries = new Map([...entries].slice(-mostEntries))
  tabStorage.set(storeKey, JSON.stringify([...entries]))
}

/** The step of an entry; empty for none. */
export const stepOfEntry = (key: string): string => entries.get(key) ?? ''

/**
 * Goes to a new entry within a step: the given one, or the present one where the page changes its own address. The router makes the
 * entry before it returns. (In the entry's own state, two entries of one address would no longer count as the same.)
 */
export function goWithin(step: string | undefined, go: () => void): void {
  destined = step ?? stepOfEntry(present)
  try {
    go()
  } finally {
    destined = undefined
  }
}

/** Watches where the history goes; once, before anything is drawn. */
export function watchEntries(history: RouterHistory): void {
  present = entryOf(history.location)
  history.subscribe(({ location, action }) => {
    const key = entryOf(location)
    // What replaces an entry takes its place: a redirect, or the page itself.
    if (action.type === 'PUSH' || action.type === 'REPLACE')
      bindEntry(key, destined ?? (action.type === 'REPLACE' ? stepOfEntry(present) : ''))
    present = key
  })
}
