/** How far reading has come: told ten times a second, so it is kept outside what else is known of a trace, and only what shows it is drawn. */
import { useSyncExternalStore } from 'react'
import type { Progress } from '../worker/messages'

export class ReadingProgress {
  #now: Progress | undefined
  readonly #listeners = new Set<() => void>()

  readonly get = (): Progress | undefined => this.#now

  readonly set = (now: Progress | undefined): void => {
    this.#now = now
    for (const listener of this.#listeners) listener()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

/** Undefined until something is known. */
export const useReadingProgress = (progress: ReadingProgress): Progress | undefined =>
  useSyncExternalStore(progress.subscribe, progress.get)
