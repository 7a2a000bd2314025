/** How services do, asked of one source of metrics: found, not configured. */
import { useQuery } from '@tanstack/react-query'
import { labelQuery, namingLabels, type RedFamily, redFamilies, serviceName } from '#shared/metrics/red'
import { metricsApi } from '../client/metrics-api'
import { keptOf } from './kept-answer'
import { useSaid } from './said-facts'
import { askFigures, type FigureRow, sparkWindow, type Window } from './figures'

/** One service, with what it is measured by. */
export interface ServiceRow extends FigureRow {
  readonly name: string
  /** As the label has it, where that is more than the name. */
  readonly value: string
  readonly label: string
  readonly family: RedFamily
}

async function askFamily(
  source: string,
  family: RedFamily,
  window: Window,
  said: string | undefined,
  signal: AbortSignal,
): Promise<readonly ServiceRow[]> {
  const now = await metricsApi.query(source, labelQuery(family), window.endMs, signal)
  // Services that all fell silent within the window are told of too.
  const groups =
    now.series.length > 0
      ? now
      : await metricsApi.range(source, labelQuery(family), sparkWindow(window), signal)
  const named =
    said === undefined
      ? namingLabels(
          family,
          groups.series.map(({ labels }) => labels),
        )
      : [{ label: said, matcher: '' }]
  const rows = await Promise.all(
    named.map(async ({ label, matcher }) => {
      const found = await askFigures(source, { family, by: [label], matcher }, window, signal)
      return found.flatMap((row): readonly ServiceRow[] => {
        const value = row.labels[label] ?? ''
        return value === '' ? [] : [{ ...row, name: serviceName(value), value, label, family }]
      })
    }),
  )
  return rows.flat()
}

/** All services that the metrics of a source tell of; one that several histograms measure is told by the most telling. */
async function askServices(
  source: string,
  window: Window,
  said: string | undefined,
  signal: AbortSignal,
): Promise<readonly ServiceRow[]> {
  const names = await metricsApi.labelValues(source, '__name__', '', window, signal)
  const rows = await Promise.all(
    redFamilies(names).map((family) => askFamily(source, family, window, said, signal)),
  )
  const byName = new Map<string, ServiceRow>()
  for (const row of rows.flat()) if (!byName.has(row.name)) byName.set(row.name, row)
  return [...byName.values()]
}

/** The services of a source over a window. */
export function useServiceFigures(source: string | undefined, window: Window) {
  const { service: said } = useSaid(source)
  return useQuery({
    queryKey: ['service-figures', source, window.startMs, window.endMs, said],
    queryFn: ({ signal }) => askServices(source ?? '', window, said, signal),
    enabled: source !== undefined,
    placeholderData: keptOf('service-figures', source),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
}

/** The rules of a source, with their alerts, as they are now. */
export function useRules(source: string | undefined) {
  return useQuery({
    queryKey: ['metric-rules', source],
    queryFn: ({ signal }) => metricsApi.rules(source ?? '', signal),
    enabled: source !== undefined,
    refetchInterval: 60_000,
  })
}
