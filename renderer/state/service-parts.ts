/** The operations and the instances of one service, from all histograms of a source that measure it. */
import { useQuery } from '@tanstack/react-query'
import type { MeasuredService } from '#shared/correlate/service-panels'
import { allOf, countQuery, instanceLabelOf, instanceLabels, oneOf, operationName } from '#shared/metrics/red'
import { type Asker, askWarned } from './asker'
import { askFigures, type FigureRow, type Window } from './figures'
import { keptOf } from './kept-answer'

/** A service with routes for each of its users has more; what most requests go to is told of. */
export const mostParts = 100

/** One operation or instance. */
export interface PartRow extends FigureRow {
  readonly name: string
  readonly measure: MeasuredService
  /** Lets through its series among those of the service. */
  readonly matcher: string
}

/** All of a service, as its best histogram tells. */
async function askWhole(
  asker: Asker,
  measure: MeasuredService,
  window: Window,
): Promise<PartRow | undefined> {
  const { family, label, value } = measure
  const asked = { family, by: [label], matcher: oneOf(label, value) }
  const [row] = await askFigures(asker, asked, window)
  return row && { ...row, name: 'All requests', measure, matcher: '' }
}

/** What several histograms measure is told by the most telling of them. */
async function askOperations(
  asker: Asker,
  measures: readonly MeasuredService[],
  window: Window,
): Promise<readonly PartRow[]> {
  const rows = await Promise.all(
    measures.map(async (measure): Promise<readonly PartRow[]> => {
      const { family, label, value } = measure
      const by = family.operation
      if (by.length === 0) return []
      const asked = { family, by, matcher: oneOf(label, value), most: mostParts }
      const found = await askFigures(asker, asked, window)
      return found.map((row) => ({
        ...row,
        name: operationName(family, row.labels),
        measure,
        matcher: allOf(by, row.labels),
      }))
    }),
  )
  const byName = new Map<string, PartRow>()
  for (const row of rows.flat()) if (row.name !== '' && !byName.has(row.name)) byName.set(row.name, row)
  return [...byName.values()]
}

/** Those of the first histogram that tells instances apart. */
async function askInstances(
  asker: Asker,
  measures: readonly MeasuredService[],
  window: Window,
): Promise<readonly PartRow[]> {
  for (const measure of measures) {
    const { family, value } = measure
    const matcher = oneOf(measure.label, value)
    const groups = countQuery(family, instanceLabels, matcher)
    // oxlint-disable-next-line no-await-in-loop -- nearly always the first one tells
    const { series } = await asker.query(groups, window.atMs ?? window.endMs)
    const label = instanceLabelOf(series.map(({ labels }) => labels))
    if (label !== undefined) {
      // oxlint-disable-next-line no-await-in-loop -- it is the last one
      const found = await askFigures(asker, { family, by: [label], matcher, most: mostParts }, window)
      return found
        .filter(({ labels }) => (labels[label] ?? '') !== '')
        .map((row) => ({
          ...row,
          name: row.labels[label],
          measure,
          matcher: allOf([label], row.labels),
        }))
    }
  }
  return []
}

/** Asks something of what measures a service, once that is known. */
function usePart<Answer>(
  what: string,
  source: string | undefined,
  measures: readonly MeasuredService[] | undefined,
  window: Window,
  ask: (asker: Asker, measures: readonly MeasuredService[], window: Window) => Promise<Answer>,
) {
  const subject = [
    'service-part',
    what,
    source,
    measures?.map(({ family, value }) => [family.metric, value]),
  ] as const
  const { data, ...state } = useQuery({
    queryKey: [...subject, window.startMs, window.endMs, window.atMs],
    queryFn: ({ signal }) => askWarned(source ?? '', signal, (asker) => ask(asker, measures ?? [], window)),
    enabled: source !== undefined && measures !== undefined && measures.length > 0,
    placeholderData: keptOf(...subject),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
  return { ...state, data: data?.answer, warnings: data?.warnings ?? [] }
}

/** All requests of a service, its operations, and its instances, each as soon as it is there. */
export function useServiceParts(
  source: string | undefined,
  measures: readonly MeasuredService[] | undefined,
  window: Window,
) {
  return {
    whole: usePart('whole', source, measures, window, async (asker, [first], when) =>
      // react-query takes no answer that is undefined.
      [await askWhole(asker, first, when)].filter((row) => row !== undefined),
    ),
    operations: usePart('operations', source, measures, window, askOperations),
    instances: usePart('instances', source, measures, window, askInstances),
  }
}
