/** How services do, asked of one source of metrics: found, not configured. */
import { useQuery } from '@tanstack/react-query'
import {
  asLabelled,
  labelQuery,
  namingLabels,
  type RedFamily,
  redFamilies,
  serviceName,
  tellsFailures,
} from '#shared/metrics/red'
import { metricsApi } from '../client/metrics-api'
import { keptOf } from './kept-answer'
import { useSaid } from './said-facts'
import { type Asker, askWarned } from './asker'
import { askFigures, type FigureRow, sparkWindow, type Window } from './figures'

/** One service, with what it is measured by. */
export interface ServiceRow extends FigureRow {
  readonly name: string
  /** As the label has it, where that is more than the name. */
  readonly value: string
  readonly label: string
  readonly family: RedFamily
}

/** Without what its labels do not tell. */
const knownOf = (row: FigureRow, family: RedFamily): FigureRow =>
  tellsFailures(family)
    ? row
    : { ...row, errors: [], figures: { ...row.figures, errors: undefined, errorsBefore: undefined } }

async function askFamily(
  asker: Asker,
  family: RedFamily,
  window: Window,
  said: string | undefined,
): Promise<readonly ServiceRow[]> {
  const now = await asker.query(labelQuery(family), window.endMs)
  // Services that all fell silent within the window are told of too.
  const { series } = now.series.length > 0 ? now : await asker.range(labelQuery(family), sparkWindow(window))
  const groups = series.map(({ labels }) => labels)
  const named = said === undefined ? namingLabels(family, groups) : [{ label: said, matcher: '' }]
  const rows = await Promise.all(
    named.map(async ({ label, matcher }) => {
      const found = await askFigures(asker, { family, by: [label], matcher }, window)
      return found.flatMap((row): readonly ServiceRow[] => {
        const value = row.labels[label] ?? ''
        if (value === '') return []
        const labelled = asLabelled(
          family,
          groups.filter((group) => group[label] === value),
        )
        return [{ ...knownOf(row, labelled), name: serviceName(value), value, label, family: labelled }]
      })
    }),
  )
  return rows.flat()
}

/**
 * Services by name, of each histogram, the most telling first: one that several measure is told by the first of them. What has the same
 * name in two namespaces is two services, and called by all of it.
 */
export function toldApart<Row extends Pick<ServiceRow, 'name' | 'value'>>(
  families: readonly (readonly Row[])[],
): readonly Row[] {
  const told = new Set<string>()
  return families.flatMap((rows) => {
    const byName = Map.groupBy(
      rows.filter(({ name }) => !told.has(name)),
      ({ name }) => name,
    )
    return [...byName].flatMap(([name, same]) => {
      told.add(name)
      const apart = same.filter(({ value }, at) => same.findIndex((one) => one.value === value) === at)
      return apart.length === 1 ? apart : apart.map((row) => ({ ...row, name: row.value }))
    })
  })
}

/** What its own histogram does not tell of failures, as another does that measures it: the same share of its requests. */
export function withFailures<Row extends FigureRow & Pick<ServiceRow, 'name' | 'family'>>(
  row: Row,
  others: readonly Row[],
): Row {
  if (tellsFailures(row.family)) return row
  const teller = others.find(({ name, family }) => name === row.name && tellsFailures(family))
  if (!teller) return row
  const { errors, errorsBefore } = teller.figures
  return {
    ...row,
    figures: { ...row.figures, errors, errorsBefore },
    errors: row.rates.map((rate, at) => {
      const whole = teller.rates[at] ?? 0
      return rate === null || whole === 0 ? null : (rate * (teller.errors[at] ?? 0)) / whole
    }),
  }
}

/** All services that the metrics of a source tell of. */
async function askServices(
  asker: Asker,
  window: Window,
  said: string | undefined,
): Promise<readonly ServiceRow[]> {
  const names = await asker.labelValues('__name__', '', window)
  const rows = await Promise.all(redFamilies(names).map((family) => askFamily(asker, family, window, said)))
  const all = rows.flat()
  return toldApart(rows).map((row) => withFailures(row, all))
}

/** The services of a source over a window, and what it warned of. */
export function useServiceFigures(source: string | undefined, window: Window) {
  const { service: said } = useSaid(source)
  const { data, ...state } = useQuery({
    queryKey: ['service-figures', source, window.startMs, window.endMs, said],
    queryFn: ({ signal }) => askWarned(source ?? '', signal, (asker) => askServices(asker, window, said)),
    enabled: source !== undefined,
    placeholderData: keptOf('service-figures', source),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
  return { ...state, data: data?.answer, warnings: data?.warnings ?? [] }
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
