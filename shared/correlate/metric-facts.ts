/** What is known of a source of metrics: which histograms measure which services, under which label, and which label of exemplars names their trace. */
import type { Correction } from '#shared/api/contract'
import type { Labels } from '#shared/api/logs'
import type { ExemplarSeries } from '#shared/api/metrics'
import { measureOf, type MeasuredService } from '#shared/correlate/service-panels'
import { isTraceLabel, traceIdIn } from '#shared/metrics/exemplar-dots'
import type { RedFamily } from '#shared/metrics/red'

/** A histogram, with the groups of its series by the labels that may name services. */
export interface Measure {
  readonly family: RedFamily
  readonly groups: readonly Labels[]
}

/** The label of exemplars that names their trace. */
export interface ExemplarFact {
  readonly label: string
  /** So many of those that were looked at have it. */
  readonly count: number
  readonly example: string
  /** Some of its ids have lost their leading zeros. */
  readonly isStripped: boolean
}

export interface MetricFacts {
  /** The most telling first. */
  readonly measures: readonly Measure[]
  /** The commonest first; none where the source keeps no exemplars. */
  readonly exemplars: readonly ExemplarFact[]
  /** Exemplars that were looked at. */
  readonly sampled: number
}

/** What exemplars teach: by name first, then by what looks like an id throughout. */
export function learnExemplars(
  series: readonly ExemplarSeries[],
): Pick<MetricFacts, 'exemplars' | 'sampled'> {
  const all = series.flatMap(({ exemplars }) => exemplars.map(({ labels }) => labels))
  const byLabel = new Map<string, ExemplarFact>()
  for (const labels of all)
    for (const [label, value] of Object.entries(labels)) {
      if (!isTraceLabel(label) && !/^[0-9a-f]{32}$/i.test(value)) continue
      if (traceIdIn({ [label]: value }, label) === undefined) continue
      const before = byLabel.get(label)
      byLabel.set(label, {
        label,
        count: (before?.count ?? 0) + 1,
        example: before?.example ?? value,
        isStripped: (before?.isStripped ?? false) || (value.length < 32 && value.length !== 16),
      })
    }
  const rank = ({ label, count }: ExemplarFact): number => (isTraceLabel(label) ? all.length : 0) + count
  return {
    exemplars: [...byLabel.values()].toSorted((one, other) => rank(other) - rank(one)),
    sampled: all.length,
  }
}

/** The label of exemplars by which their trace is found, where it is not one of the usual ones: what a person said, or what was learned. */
export function exemplarLabel(facts: MetricFacts | undefined, said: Correction): string | undefined {
  if (said.exemplar !== undefined) return said.exemplar
  const [first] = facts?.exemplars ?? []
  return first === undefined || isTraceLabel(first.label) ? undefined : first.label
}

/** Everything that measures a service, what a person said first, then the most telling. */
export function measuresOf(
  service: string,
  { measures }: Pick<MetricFacts, 'measures'>,
  said: Correction,
): readonly MeasuredService[] {
  const found = measures.flatMap(({ family, groups }) => measureOf(service, family, groups, said) ?? [])
  const chosen = said.histograms?.[service]
  return chosen === undefined
    ? found
    : found.toSorted(
        (one, other) => Number(other.family.metric === chosen) - Number(one.family.metric === chosen),
      )
}
