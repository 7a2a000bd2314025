/** What is remembered between runs: shown at once, written to the handler a moment later. */
import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useSyncExternalStore } from 'react'
import { cutText } from '#shared/base/cut-text'
import type { Preferences, RecentItem } from '#shared/api/contract'
import { api } from '../client/api'
import { adoptSlots, knownSlots, recordOfSlots, slotsOf, whenSlotsAreNew } from './service-colors'

export const defaultPreferences: Preferences = { theme: 'system', recent: [], sizes: {}, timeZone: 'local' }

export const preferencesQuery = queryOptions({
  queryKey: ['preferences'],
  queryFn: async ({ signal, client }) => {
    const preferences = { ...defaultPreferences, ...(await api.preferences(signal)) }
    adoptSlots(slotsOf(preferences.serviceSlots))
    whenSlotsAreNew(() => write(client, () => ({ serviceSlots: recordOfSlots(knownSlots()) })))
    return preferences
  },
  staleTime: Number.POSITIVE_INFINITY,
})

/** The table on the start page stays readable. */
const recentKept = 20
/** A page that goes away may still send 64 KB. */
const farewellUnits = 60_000
/** All of the preferences are written at every change. */
const recentNameUnits = 300
const recentWordUnits = 100
const recentHrefUnits = 2_000
/** A drag of a splitter changes a size 60 times a second; the handler hears of the last one. */
const saveAfterMs = 300

let timer: ReturnType<typeof setTimeout> | undefined
let unsaved: Preferences | undefined
let problem: unknown
const listeners = new Set<() => void>()

function setProblem(next: unknown): void {
  if (next === problem) return
  problem = next
  for (const listener of listeners) listener()
}

async function save(): Promise<void> {
  if (!unsaved) return
  try {
    // Another window may have given colours to services since: none of them is lost, and none changes.
    adoptSlots(slotsOf((await api.preferences()).serviceSlots))
    const preferences = unsaved
    if (!preferences) return
    unsaved = undefined
    await api.savePreferences({ ...preferences, serviceSlots: recordOfSlots(knownSlots()) })
    setProblem(undefined)
  } catch (thrown) {
    setProblem(thrown)
  }
}

/** Writes what is not written yet; called when the page goes away. */
export function flushPreferences(): void {
  if (!unsaved) return
  const whole = JSON.stringify({ ...unsaved, serviceSlots: recordOfSlots(knownSlots()) })
  // What is left out stays as the handler has it.
  const body = whole.length <= farewellUnits ? whole : JSON.stringify({ ...unsaved, serviceSlots: undefined })
  unsaved = undefined
  clearTimeout(timer)
  // The page is leaving: nobody is left to hear of a failure.
  void fetch('/api/preferences', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body,
    keepalive: true,
  }).catch(() => undefined)
}

function write(client: QueryClient, change: (now: Preferences) => Partial<Preferences>): void {
  const now = client.getQueryData(preferencesQuery.queryKey) ?? defaultPreferences
  const next = { ...now, ...change(now) }
  client.setQueryData(preferencesQuery.queryKey, next)
  unsaved = next
  clearTimeout(timer)
  timer = setTimeout(() => void save(), saveAfterMs)
}

/** Tries once more to keep what could not be kept. */
export function keepPreferences(client: QueryClient): void {
  if (problem !== undefined) write(client, () => ({}))
}

/** The preferences; defaults until the handler has answered. */
export function usePreferences(): Preferences {
  return useQuery(preferencesQuery).data ?? defaultPreferences
}

/** Why preferences could not be kept, if so. */
export function usePreferencesProblem(): unknown {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => problem,
  )
}

/** Changes preferences: the change is made from what they are at that moment. */
export function useChangePreferences(): (change: (now: Preferences) => Partial<Preferences>) => void {
  const client = useQueryClient()
  return useCallback((change) => write(client, change), [client])
}

export interface PanelSize {
  readonly sizePx: number
  readonly set: (sizePx: number) => void
  readonly reset: () => void
}

/** The kept size of a panel, for a Splitter. `name` is a path such as `trace.detail`. */
export function usePanelSize(name: string, defaultPx: number): PanelSize {
  const { sizes } = usePreferences()
  const change = useChangePreferences()
  const set = useCallback(
    (sizePx: number) => change((now) => ({ sizes: { ...now.sizes, [name]: sizePx } })),
    [change, name],
  )
  const reset = useCallback(
    () =>
      change((now) => ({
        sizes: Object.fromEntries(Object.entries(now.sizes).filter(([other]) => other !== name)),
      })),
    [change, name],
  )
  return { sizePx: sizes[name] ?? defaultPx, set, reset }
}

/** Puts something at the top of the recent list; what was known of the same place and is not said again stays. */
export function withRecent(list: readonly RecentItem[], item: RecentItem): readonly RecentItem[] {
  const before = list.find((one) => one.href === item.href)
  const merged = {
    ...item,
    name: cutText(item.name, recentNameUnits),
    kind: cutText(item.kind || (before?.kind ?? ''), recentWordUnits),
    holds: cutText(item.holds || (before?.holds ?? ''), recentWordUnits),
  }
  // Half a link leads nowhere.
  if (item.href.length > recentHrefUnits) return list
  return [merged, ...list.filter((one) => one.href !== item.href)].slice(0, recentKept)
}

/** Remembers an opened file or trace for the start page; call again when more is known of it (kind, holds). */
export function useRemember(): (item: RecentItem) => void {
  const change = useChangePreferences()
  return useCallback((item) => change((now) => ({ recent: withRecent(now.recent, item) })), [change])
}
