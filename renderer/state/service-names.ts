import { useQueries } from '@tanstack/react-query'
import { api } from '../client/api'
import { windowIn } from './held-time'
import { useTraceSources } from './sources'
import { lastHour } from '#shared/derive/time-range'

/** The services every source of traces saw in the last hour, each once, by name; for the palette. */
export function useServiceNames(isWanted: boolean): readonly string[] {
  const sources = useTraceSources()
  return useQueries({
    queries: sources.map((source) => ({
      queryKey: ['services', source.id, 'last hour'],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        api.services(source.id, windowIn(source, lastHour), signal),
      enabled: isWanted,
      staleTime: 300_000,
    })),
    combine: namesOf,
  })
}

function namesOf(answers: readonly { readonly data?: readonly string[] | undefined }[]): readonly string[] {
  return [...new Set(answers.flatMap((answer) => answer.data ?? []))].toSorted()
}
