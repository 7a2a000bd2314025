/** The demo shop as the page has it: the run there is, begun and ended. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { DemoSource, Source } from '#shared/api/contract'
import { findScenario } from '#shared/api/demo-scenarios'
import { api } from '../client/api'
import { hrefOfSearch, noConditions } from './search-location'
import { forget, sourcesQuery, useSources } from './sources'

const isDemo = (source: Source): source is DemoSource => source.kind === 'local'

/** The run there is; undefined while there is none. */
export function useDemo(): DemoSource | undefined {
  return useSources().data?.find(isDemo)
}

/** Where a source is: a server's address, or which run of the demo shop. */
export function placeOf(source: Source): string {
  return isDemo(source) ? `${source.demo.scenario}:${source.demo.seed}` : source.url
}

/** Begins a run, in place of the one there is. */
export function useStartDemo() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: api.startDemo,
    onSuccess: async (demo) => {
      client.setQueryData(sourcesQuery.queryKey, (sources) => [
        ...(sources ?? []).filter((source) => !isDemo(source)),
        demo,
      ])
      // The same choice has the same id, and its traces are of another time now.
      await forget(client, demo.id)
    },
  })
}

/** Ends a run; nothing is lost that could not be begun again. */
export function useEndDemo() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: DemoSource) => api.removeSource(id),
    onSuccess: async (_, { id }) => {
      client.setQueryData(sourcesQuery.queryKey, (sources) => sources?.filter((source) => source.id !== id))
      await client.invalidateQueries({ queryKey: sourcesQuery.queryKey })
    },
  })
}

/** The search that shows what the run is about. */
export function hrefOfIncident({ id, demo, startMs, endMs }: DemoSource): string {
  return hrefOfSearch({
    ...noConditions,
    ...findScenario(demo.scenario)?.search,
    sources: [id],
    // Fixed: the run stays where it is while the hours go by.
    range: { from: startMs, to: endMs },
  })
}
