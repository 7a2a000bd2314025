import type { Preferences, ServerSource, SourceInput } from '#shared/api/contract'
import type { KeptFacts } from '#shared/correlate/kept-facts'
import { createQueue } from '#shared/base/queue'
import { applyChange } from '#shared/thread/change'
import { emptyThread } from '#shared/thread/thread'
import { withoutSecrets, withSecrets } from './secrets.ts'
import type { FactStore, PreferenceStore, SourceStore, StoredSource, ThreadStore } from './stores.ts'
import { defaultPreferences } from './stores.ts'

/** Where a source store starts and how it writes. */
export interface SourceStoreOptions {
  readonly initial?: readonly StoredSource[]
  /**
   * Called with the sources that last (`kept`) after each change of theirs; when it rejects, the change is undone and the
   * caller hears of it. Never called twice at once.
   */
  readonly save?: (kept: readonly StoredSource[]) => Promise<void>
}

/** The connections in memory, written by `save`; without it they last as long as the process (tests). */
export function createSourceStore({ initial = [], save }: SourceStoreOptions = {}): SourceStore {
  let sources: readonly StoredSource[] = initial
  const inTurn = createQueue()

  async function replace(next: readonly StoredSource[], written: boolean): Promise<void> {
    if (written) await save?.(next.filter((source) => source.lasts === 'kept'))
    sources = next
  }

  return {
    list: () => Promise.resolve(sources.map(withoutSecrets)),
    get: (id) => Promise.resolve(sources.find((source) => source.id === id)),
    add: (input: SourceInput, lasts: ServerSource['lasts'] = 'kept') =>
      inTurn(async () => {
        const id = sourceId(
          input.name,
          sources.map((source) => source.id),
        )
        const added: StoredSource = { ...withSecrets(input, id, undefined), lasts, changedMs: Date.now() }
        await replace([...sources, added], lasts === 'kept')
        return withoutSecrets(added)
      }),
    change: (id, input) =>
      inTurn(async () => {
        const stored = sources.find((source) => source.id === id)
        if (stored === undefined) return undefined
        const changed: StoredSource = {
          ...withSecrets(input, id, stored),
          lasts: stored.lasts,
          changedMs: Date.now(),
        }
        await replace(
          sources.map((source) => (source.id === id ? changed : source)),
          stored.lasts === 'kept',
        )
        return withoutSecrets(changed)
      }),
    remove: (id) =>
      inTurn(async () => {
        const stored = sources.find((source) => source.id === id)
        if (stored === undefined) return false
        await replace(
          sources.filter((source) => source.id !== id),
          stored.lasts === 'kept',
        )
        return true
      }),
  }
}

/**
 * An id a link can carry: the name's letters and digits, with a number when it is taken. The same name gives the same id in the
 * next run, so a copied link to a source of the command line still works.
 */
export function sourceId(name: string, taken: readonly string[]): string {
  const words = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
  const base = words === '' ? 'source' : words
  let id = base
  for (let number = 2; taken.includes(id); number++) id = `${base}-${number}`
  return id
}

/** A thread in memory, for tests. */
export function createMemoryThread(): ThreadStore {
  let thread = emptyThread('t')
  return {
    get: () => Promise.resolve(thread),
    earlier: () => Promise.resolve([]),
    change: (change) => {
      thread = applyChange(thread, change)
      return Promise.resolve()
    },
  }
}

/** Facts in memory. */
export function createMemoryFacts(): FactStore {
  const kept = new Map<string, KeptFacts>()
  return {
    get: (id) => Promise.resolve(kept.get(id) ?? {}),
    put: (id, parts) => Promise.resolve(void kept.set(id, { ...kept.get(id), ...parts })),
    remove: (id) => Promise.resolve(void kept.delete(id)),
  }
}

/** Preferences in memory, for tests. */
export function createMemoryPreferences(initial: Preferences = defaultPreferences): PreferenceStore {
  let preferences = initial
  return {
    get: () => Promise.resolve(preferences),
    put: (next) => {
      preferences = { ...preferences, ...next }
      return Promise.resolve(preferences)
    },
  }
}
