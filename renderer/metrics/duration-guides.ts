/** What the durations of a service are read against: bounds that rules set, and versions that came. */
import type { MetricRule } from '#shared/api/metrics'
import { baseName, metricsIn, selectorsIn } from '#shared/metrics/unit'
import type { Guides } from '../chart/chart-guides'
import type { TimedMove } from '../state/moves'
import { factsOf, isMeasure } from './panel-facts'

/** More versions than these at once tell nothing. */
const mostEvents = 4

/** A service, by the label of its histogram that names it. */
export interface MeasuredService {
  readonly label: string
  readonly value: string
  readonly metric: string
}

/** What an alert is raised over, if it is a quantile of the service's own histogram. */
function boundOf({ kind, name, query }: MetricRule, { label, value, metric }: MeasuredService) {
  const { threshold } = factsOf(query)
  if (kind !== 'alerting' || threshold === undefined || !isMeasure(threshold.query)) return undefined
  const { expression } = factsOf(threshold.query)
  const isOfService =
    expression !== undefined &&
    metricsIn(expression).every((one) => baseName(one) === metric) &&
    selectorsIn(expression).every(({ matchers }) => {
      const others = matchers.filter((matcher) => matcher.name !== '__name__')
      const named = others.filter((matcher) => matcher.name === label)
      // What names no service, but a part of its requests, may be a part of another's.
      return named.length > 0 ? named.every((matcher) => matcher.test(value)) : others.length === 0
    })
  return isOfService ? { value: threshold.value, name } : undefined
}

/** The bounds that alerts set to a service's durations, and the versions of all services that came in the window. */
export const durationGuides = (
  service: MeasuredService,
  rules: readonly MetricRule[],
  moves: readonly TimedMove[],
): Guides => ({
  bounds: rules.map((rule) => boundOf(rule, service)).filter((bound) => bound !== undefined),
  events: moves
    .filter((move) => move.kind === 'version')
    .slice(0, mostEvents)
    .map((move) => ({ atMs: move.atMs, name: `${move.service} ${move.after}` })),
})
