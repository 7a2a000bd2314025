/** Which instance of a service makes it slow, where it is one alone. */
import { useQuery } from '@tanstack/react-query'
import { numberOf } from '#shared/metrics/frame'
import { type OddOne, oddOneOf } from '#shared/metrics/odd-one'
import {
  countQuery,
  instanceLabelOf,
  instanceLabels,
  oneOf,
  quantileQuery,
  secondsIn,
} from '#shared/metrics/red'
import { type Asker, askWarned } from './asker'
import { lastPart, type Window } from './figures'
import type { ServiceRow } from './service-figures'

/** Its p99 at the end of a window, in seconds, against that of the others. */
export interface OddInstance extends OddOne {
  /** Shows the p99 of all of them in a chart. */
  readonly query: string
}

/** Instances of one service differ by chance; so much they do not. */
const least = { factor: 3, difference: 0.02 }
/** Each takes two questions; those that slowed down first tell why. */
const mostServices = 8

async function askOddInstance(
  asker: Asker,
  { family, label, value }: ServiceRow,
  window: Window,
): Promise<OddInstance | undefined> {
  const matcher = oneOf(label, value)
  const groups = await asker.query(countQuery(family, instanceLabels, matcher), window.endMs)
  const by = instanceLabelOf(groups.series.map(({ labels }) => labels))
  if (by === undefined || groups.series.length < 2) return undefined
  const { range } = lastPart(window)
  const query = quantileQuery(family, by, 0.99, { range }, matcher)
  const { series } = await asker.query(query, window.endMs)
  const measured = series.flatMap(({ labels, values }) => {
    const last = values.at(-1)
    const seconds = last === undefined ? Number.NaN : numberOf(last) * secondsIn(family)
    return Number.isFinite(seconds) ? [{ name: labels[by], value: seconds }] : []
  })
  const odd = oddOneOf(measured, least)
  return odd && { ...odd, query }
}

/** By name, the services of which one instance alone is slow. */
export function useOddInstances(
  source: string | undefined,
  window: Window,
  services: readonly ServiceRow[] | undefined,
) {
  const asked = services?.slice(0, mostServices) ?? []
  return useQuery({
    queryKey: [
      'odd-instances',
      source,
      window.startMs,
      window.endMs,
      asked.map(({ name, family }) => [name, family.metric]),
    ],
    queryFn: ({ signal }) =>
      askWarned(source ?? '', signal, async (asker) => {
        const found = await Promise.all(
          asked.map(async (row) => [row.name, await askOddInstance(asker, row, window)] as const),
        )
        return new Map(found)
      }),
    enabled: source !== undefined && asked.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
}
