/** What a person said of sources: kept in the profile, and stronger than anything that is learned. */
import type { QueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Correction } from '#shared/api/contract'
import { preferencesQuery, useChangePreferences, usePreferences } from './preferences'

const nothing: Correction = {}
const nobody: Readonly<Record<string, Correction>> = {}

/** By the ids of sources. */
export const useSaidFacts = (): Readonly<Record<string, Correction>> => usePreferences().facts ?? nobody

/** Of one source; the same object until something else is said of it. */
export function useSaid(source: string | undefined): Correction {
  return useSaidFacts()[source ?? ''] ?? nothing
}

/** Likewise, at this moment. */
export const saidOf = (client: QueryClient, source: string): Correction =>
  client.getQueryData(preferencesQuery.queryKey)?.facts?.[source] ?? nothing

/** Puts what is said of a source in the place of what was said of it. */
export function useSay(): (source: string, change: (said: Correction) => Correction) => void {
  const write = useChangePreferences()
  return useCallback(
    (source, change) =>
      write(({ facts = nobody }) => ({ facts: { ...facts, [source]: change(facts[source] ?? nothing) } })),
    [write],
  )
}
