/** What moved in the metrics of one source, asked on the grid of the services' figures. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { MetricLabels } from '#shared/api/metrics'
import { frameOf } from '#shared/metrics/frame'
import { type Course, type Move, movesOf, type VersionCourse } from '#shared/metrics/moved'
import { errorShareQuery, oneOf, quantileQuery, serviceLabels, serviceName } from '#shared/metrics/red'
import { itemOf, resourceQuery, resourcesAmong, troubleQuery } from '#shared/metrics/saturation'
import { type AskedWindow, stepText } from '#shared/metrics/step'
import { noUnit, perSecond, seconds, share } from '#shared/metrics/unit'
import { type Asker, askWarned } from './asker'
import { lastPart, sparkWindow, type Window } from './figures'
import { keptOf } from './kept-answer'
import { type OddInstance, useOddInstances } from './odd-instances'
import type { ServiceRow } from './service-figures'

/** A p99 of microseconds that doubles hurts nobody; two in a hundred requests that fail do. */
const slower = { factor: 1.5, difference: 0.02 }
const failing = { factor: 1.5, difference: 0.02 }
/** Every exporter tells its version; more than these are not what an incident is about. */
const mostVersionMetrics = 6

const serviceOf = (labels: MetricLabels): string =>
  serviceName(serviceLabels.map((label) => labels[label] ?? '').find((value) => value !== '') ?? '')

async function askResources(
  asker: Asker,
  names: readonly string[],
  window: AskedWindow,
): Promise<readonly Course[]> {
  const step = stepText(Math.max(60_000, window.stepMs))
  const answers = await Promise.all(
    resourcesAmong(names).map(async (resource): Promise<readonly Course[]> => {
      const { trouble, group, title } = resource
      if (trouble === undefined) return []
      const { series } = await asker.range(troubleQuery(resource, step), window)
      const { columns } = frameOf(series, window)
      return series.map(({ labels }, index) => ({
        kind: group === 'pool' ? ('pool' as const) : ('queue' as const),
        service: serviceOf(labels),
        subject: [itemOf(labels), title.toLowerCase()].filter((part) => part !== '').join(', '),
        query: resourceQuery(resource, labels, step),
        unit: resource.isCounter ? perSecond : noUnit,
        trouble,
        points: columns[index],
      }))
    }),
  )
  return answers.flat()
}

async function askVersions(
  asker: Asker,
  names: readonly string[],
  window: AskedWindow,
): Promise<readonly VersionCourse[]> {
  const told = names
    .filter((name) => name === 'target_info' || name.endsWith('_build_info'))
    .toSorted((one, other) => Number(other === 'target_info') - Number(one === 'target_info'))
    .slice(0, mostVersionMetrics)
  const answers = await Promise.all(
    told.map(async (metric): Promise<readonly VersionCourse[]> => {
      const label = metric === 'target_info' ? 'service_version' : 'version'
      const by = [...serviceLabels, label].join(', ')
      const query = `count by (${by}) (${metric}{${label}!=""})`
      const { series } = await asker.range(query, window)
      const { columns } = frameOf(series, window)
      return series.map(({ labels }, index) => {
        const { [label]: version = '', ...others } = labels
        const matchers = Object.entries(others).map(([name, value]) => oneOf(name, value))
        return {
          service: serviceOf(others),
          version,
          query: `count by (${label}) (${metric}{${matchers.join(', ')}})`,
          points: columns[index],
        }
      })
    }),
  )
  return answers.flat()
}

/** Failures and durations, from what is already known of each service. */
function coursesOf(rows: readonly ServiceRow[], window: Window): readonly Course[] {
  const { range, rangeMs } = lastPart(window)
  const overlap = Math.floor(rangeMs / sparkWindow(window).stepMs)
  return rows.flatMap(({ name, family, label, value, rates, errors, p99s }): readonly Course[] => {
    const failed = errorShareQuery(family, label, value, range)
    const shares = rates.map((rate, index) =>
      rate === null || rate === 0 ? null : (errors[index] ?? 0) / rate,
    )
    const p99 = quantileQuery(family, label, 0.99, { range }, oneOf(label, value))
    const latency: Course = {
      kind: 'latency',
      service: name,
      subject: 'p99',
      query: p99,
      unit: seconds,
      trouble: { ...slower, overlap },
      points: p99s,
    }
    return failed === undefined
      ? [latency]
      : [
          latency,
          {
            kind: 'errors',
            service: name,
            subject: 'failing requests',
            query: failed,
            unit: share,
            trouble: { ...failing, overlap },
            points: shares,
          },
        ]
  })
}

/** One move, and when it is first seen, milliseconds since 1970. */
export type TimedMove = Move & {
  readonly atMs: number
  /** Where a service became slow by one of its instances alone. */
  readonly instance?: OddInstance | undefined
}

/** All that moved in a window, the first first; undefined until it is known. */
export function useMoves(
  source: string | undefined,
  window: Window,
  rows: readonly ServiceRow[] | undefined,
): {
  readonly moves: readonly TimedMove[] | undefined
  readonly warnings: readonly string[]
  readonly error: Error | null
} {
  const spark = useMemo(() => sparkWindow(window), [window])
  const { data: warned, error } = useQuery({
    queryKey: ['moves', source, window.startMs, window.endMs],
    queryFn: ({ signal }) =>
      askWarned(source ?? '', signal, async (asker) => {
        const names = await asker.labelValues('__name__', '', window)
        const [resources, versions] = await Promise.all([
          askResources(asker, names, spark),
          askVersions(asker, names, spark),
        ])
        return { resources, versions, spark }
      }),
    enabled: source !== undefined,
    placeholderData: keptOf('moves', source),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
  const data = warned?.answer
  const timed = useMemo(
    () =>
      data &&
      rows &&
      movesOf([...coursesOf(rows, window), ...data.resources], data.versions).map((move) => ({
        ...move,
        atMs: data.spark.startMs + move.at * data.spark.stepMs,
      })),
    [data, rows, window],
  )
  const slowed = useMemo(
    () =>
      timed
        ?.filter(({ kind }) => kind === 'latency')
        .flatMap(({ service }) => rows?.find(({ name }) => name === service) ?? []),
    [timed, rows],
  )
  const odd = useOddInstances(source, window, slowed)
  const instances = odd.data?.answer
  const moves = useMemo(
    () =>
      timed?.map((move): TimedMove => {
        const instance = move.kind === 'latency' ? instances?.get(move.service) : undefined
        return instance ? { ...move, instance, query: instance.query } : move
      }),
    [timed, instances],
  )
  return {
    moves,
    warnings: [...(warned?.warnings ?? []), ...(odd.data?.warnings ?? [])],
    error: error ?? odd.error,
  }
}
