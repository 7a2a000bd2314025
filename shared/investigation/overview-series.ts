import { familiesAmong } from '#shared/metrics/red'
import { resourcesAmong } from '#shared/metrics/saturation'

/**
 * Of the metrics of a server those that the overview and the page of a service are made of: how services do, by histograms that a person
 * named too; what they use up, and how much there is of it; and which version they are.
 */
export function overviewMetrics(names: readonly string[], said: readonly string[]): readonly string[] {
  const wanted = new Set<string | undefined>([
    ...familiesAmong(names, said).flatMap(({ metric, failures }) => [
      ...['', '_bucket', '_count', '_sum'].map((suffix) => metric + suffix),
      failures,
    ]),
    ...resourcesAmong(names).flatMap(({ metric, limit }) => [metric, limit]),
    'target_info',
  ])
  return names.filter((name) => wanted.has(name) || name.endsWith('_build_info'))
}
