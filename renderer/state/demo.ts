/** The demo shop as the page has it: the run there is, begun and ended. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  type DemoChoice,
  type DemoSource,
  noConditions,
  type OpenedSource,
  type Source,
} from '#shared/api/contract'
import { findScenario, offeredChoice, readDemoChoice } from '#shared/api/demo-scenarios'
import { api } from '../client/api'
import { hrefOf, useGo } from './location'
import { hrefOfPanel } from './metrics-location'
import { overviewLocation } from './overview-location'
import { hrefOfSearch } from './search-location'
import { forget, sourcesQuery, useSources } from './sources'

const isDemo = (source: Source): source is DemoSource => source.kind === 'local'

/** The run there is; undefined while there is none. */
export function useDemo(): DemoSource | undefined {
  return useSources().data?.find(isDemo)
}

/** The run that Clew began with, where it has an incident and is the only source: then what is seen is all simulated. */
export function useFirstDemo(): DemoSource | undefined {
  const { data } = useSources()
  const demo = data?.length === 1 ? data.find(isDemo) : undefined
  return demo && demo.begunBy !== 'page' && demo.demo.scenario !== 'healthy' ? demo : undefined
}

/** What to add to what is said of a new connection: that the run of the demo shop, which was there before it, ended for it. */
export function useSayDemoEnded(): () => string {
  const client = useQueryClient()
  const before = useDemo()
  return () =>
    before && !client.getQueryData(sourcesQuery.queryKey)?.some(isDemo)
      ? ` ${before.name} has ended: its figures are not mixed with yours.`
      : ''
}

/** Where a source is: a server's address, which run of the demo shop, or which files. */
export function placeOf(source: Source): string {
  if (source.kind === 'files') return source.place
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

/** Begins a run and goes to what it is about. */
export function useOpenIncident() {
  const go = useGo()
  const { mutate, isPending, error } = useStartDemo()
  return {
    isPending,
    error,
    open: (choice: DemoChoice = offeredChoice) =>
      mutate(choice, { onSuccess: (begun) => go(hrefOfIncident(begun)) }),
  }
}

/** Which run of the demo shop a place asks, where it asks nothing else and that run is not there any more. */
export function endedDemo(asked: readonly string[], known: readonly Source[]): DemoChoice | undefined {
  if (asked.length !== 1 || known.some(({ id }) => id === asked[0])) return undefined
  const [prefix, ...rest] = asked[0].split(':')
  const choice = prefix === 'demo' ? readDemoChoice(rest.join(':')) : ''
  return typeof choice === 'string' ? undefined : choice
}

/** Ends a run of the demo shop, or closes opened files; nothing is lost that could not be begun again. */
export function useEndEmbedded() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: DemoSource | OpenedSource) => api.removeSource(id),
    onSuccess: async (_, { id }) => {
      client.setQueryData(sourcesQuery.queryKey, (sources) => sources?.filter((source) => source.id !== id))
      await client.invalidateQueries({ queryKey: sourcesQuery.queryKey })
    },
  })
}

/** Whether anything is wrong in a run; then a guide leads through it. */
export const hasIncident = ({ demo }: DemoSource): boolean => demo.scenario !== 'healthy'

/** What the way into a run is called. */
export const storyTitle = (run: DemoSource): string =>
  hasIncident(run) ? 'Look at the incident' : 'Look at the shop'

/** Where the story of a run begins: the chart on which it is noticed, or the search that shows it. */
export function hrefOfStory(run: DemoSource): string {
  const query = findScenario(run.demo.scenario)?.chart
  return query === undefined
    ? hrefOfIncident(run)
    : hrefOfPanel({ view: 'auto', source: run.id, query }, run, run)
}

/** What moved in a run, and when, in its overview. */
export const hrefOfOverview = ({ id, startMs, endMs }: DemoSource): string =>
  hrefOf(overviewLocation, {
    ...overviewLocation.parse(new URLSearchParams()),
    source: id,
    // Fixed, as below.
    range: { from: startMs, to: endMs },
  })

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
