import { redFamilies } from '#shared/metrics/red'
import { resourcesAmong } from '#shared/metrics/saturation'

/** Of the metrics of a server those that the overview is made of: how services do, what they use up, and which version they are. */
export function overviewMetrics(names: readonly string[]): readonly string[] {
  const there = new Set(names)
  const wanted = [
    ...redFamilies(names).flatMap(({ metric }) =>
      ['', '_bucket', '_count', '_sum'].map((suffix) => metric + suffix),
    ),
    ...resourcesAmong(names).map(({ metric }) => metric),
    'target_info',
    ...names.filter((name) => name.endsWith('_build_info')),
  ]
  return [...new Set(wanted)].filter((name) => there.has(name))
}
