/**
 * Texts that the browser keeps: for the tab, or on this machine. One that keeps nothing (its storage is blocked, or full) is no reason
 * to fail: what should have been kept then lasts until the page is left.
 */
export interface BrowserStorage {
  get(key: string): string | undefined
  set(key: string, text: string): void
  remove(key: string): void
}

/** `storage` is asked anew each time: where storage is blocked, already naming it throws. */
export function storageOver(storage: () => Storage): BrowserStorage {
  const notKept = new Map<string, string>()
  const attempt = <T>(act: (storage: Storage) => T): T | undefined => {
    try {
      return act(storage())
    } catch (cause) {
      if (cause instanceof DOMException) return undefined
      throw cause
    }
  }
  return {
    get: (key) => notKept.get(key) ?? attempt((kept) => kept.getItem(key)) ?? undefined,
    set(key, text) {
      notKept.set(key, text)
      attempt((kept) => {
        kept.setItem(key, text)
        notKept.delete(key)
      })
    },
    remove(key) {
      notKept.delete(key)
      attempt((kept) => kept.removeItem(key))
    },
  }
}

/** Until the tab is closed; a copy of the tab has its own. */
export const tabStorage = storageOver(() => sessionStorage)
/** Until the browser's data are cleared. */
export const machineStorage = storageOver(() => localStorage)
