import type { Source } from '#shared/api/contract'
import { useGo } from '../state/location'
import { useMetricNames } from '../state/metric-names'
import { hrefOfMetrics } from '../state/metrics-location'
import { useMetricSources } from '../state/sources'
import { rankNames } from '../ui/rank-names'
import type { PaletteItem } from './palette-items'

/** More metrics than this are found by typing on. */
const mostMetrics = 50
/** One sign is in nearly every name. */
const fewestSigns = 2
const nobody: readonly Source[] = []

/** Metrics whose names hold what was typed; each leads to its chart. */
export function useMetricItems(text: string): readonly PaletteItem[] {
  const go = useGo()
  const sources = useMetricSources()
  const typed = text.trim()
  const known = useMetricNames(typed.length < fewestSigns ? nobody : sources)
  return known.flatMap(({ source, names }) =>
    rankNames(names, typed)
      .slice(0, mostMetrics)
      .map((name): PaletteItem => ({
        id: `metric-${source.id}-${name}`,
        group: 'Metrics',
        icon: 'metrics',
        title: name,
        note: `${source.name}, last hour`,
        run: () => go(hrefOfMetrics({ panels: [{ view: 'auto', source: source.id, query: name }] })),
      })),
  )
}
