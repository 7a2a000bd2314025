/** The search a place of the URL asks for: started, kept while the page is away, and shown until the next one has something to show. */
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { Source } from '#shared/api/contract'
import { windowOf } from '#shared/derive/time-range'
import { rangeAmong } from '../state/held-time'
import type { FoundTrace } from '../state/merge-traces'
import { searchKeyOf, type SearchLocation } from '../state/search-location'
import {
  keptSearch,
  type SearchSnapshot,
  type SearchWindow,
  startSearch,
  type TraceSearch,
  watchSearches,
} from '../state/trace-search'
import { chosenSources, planSearch } from './plan-search'

export interface ShownTraces {
  readonly traces: readonly FoundTrace[]
  readonly window: SearchWindow | undefined
  /** They answer an earlier search; nothing has come for the present one yet. */
  readonly isOld: boolean
}

export interface RunningSearch {
  /** Names the search; undefined while nothing is asked. */
  readonly key: string | undefined
  readonly search: TraceSearch | undefined
  readonly snapshot: SearchSnapshot
  readonly shown: ShownTraces
  /** Asks again, with the clock as it is now. */
  restart(): void
}

const nothing: SearchSnapshot = { sources: [], traces: [], isAsking: false }
const noWatch = (): (() => void) => () => undefined
const noSnapshot = (): SearchSnapshot => nothing

/** The same search asked of other sources is another one. */
function keyOf(place: SearchLocation, sources: readonly Source[]): string {
  const ids = chosenSources(sources, place.sources).map((source) => source.id)
  return `${searchKeyOf(place)}#${ids.join(' ')}`
}

function start(key: string, place: SearchLocation, sources: readonly Source[]): void {
  const range = rangeAmong(chosenSources(sources, place.sources), place.range)
  const window = windowOf(range, Date.now())
  startSearch(key, planSearch(place, sources, window).asks, window)
}

/** Runs what the place asks for once the sources are known (undefined until then). */
export function useSearch(place: SearchLocation, sources: readonly Source[] | undefined): RunningSearch {
  const key = place.asked && sources ? keyOf(place, sources) : undefined
  const search = useSyncExternalStore(watchSearches, () => (key === undefined ? undefined : keptSearch(key)))
  const snapshot = useSyncExternalStore(search?.subscribe ?? noWatch, search?.snapshot ?? noSnapshot)
  const [last, setLast] = useState<{ key: string; traces: readonly FoundTrace[]; window: SearchWindow }>()

  useEffect(() => {
    if (key === undefined || !sources) return undefined
    const known = keptSearch(key)
    if (known) known.resume()
    else start(key, place, sources)
    return () => keptSearch(key)?.pause()
    // The key says all that matters of place and sources.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key])

  const hasSome =
    search !== undefined && key !== undefined && (snapshot.traces.length > 0 || !snapshot.isAsking)
  if (hasSome && (last?.key !== key || last.traces !== snapshot.traces || last.window !== search.window))
    setLast({ key, traces: snapshot.traces, window: search.window })
  const isOld = last !== undefined && last.key !== key
  const traces = last?.traces ?? nothing.traces
  const window = isOld ? last.window : (search?.window ?? last?.window)
  const shown = useMemo(() => ({ traces, window, isOld }), [traces, window, isOld])
  return {
    key,
    search,
    snapshot,
    shown,
    restart: () => {
      if (key !== undefined && sources) start(key, place, sources)
    },
  }
}
