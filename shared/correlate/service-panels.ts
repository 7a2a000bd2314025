/** From a span or a service to its metrics around that moment: rate, errors and duration, of the histogram that measures it. */
import type { Correction } from '#shared/api/contract'
import type { Labels } from '#shared/api/logs'
import { namesOf } from '#shared/correlate/service-names'
import type { Expression } from '#shared/query/promql/expression'
import { selectorsIn } from '#shared/metrics/unit'
import {
  asLabelled,
  errorQuery,
  heatmapQuery,
  namingLabels,
  oneOf,
  quantileQuery,
  rateQuery,
  type RedFamily,
  serviceLabels,
  serviceName,
} from '#shared/metrics/red'

/** A service as a histogram of a source knows it. */
export interface MeasuredService {
  readonly family: RedFamily
  readonly label: string
  readonly value: string
}

/** Which series of a family measure a service, by the groups its label query (red.ts) answers with; undefined where none does. `said` wins. */
export function measureOf(
  service: string,
  family: RedFamily,
  groups: readonly Labels[],
  said: Pick<Correction, 'service' | 'names'> = {},
): MeasuredService | undefined {
  const name = said.names?.[service]
  const labels =
    said.service === undefined ? namingLabels(family, groups).map((one) => one.label) : [said.service]
  for (const label of labels) {
    const values = groups.map((group) => group[label] ?? '').filter((one) => one !== '')
    const [value] = name === undefined ? namesOf(service, values) : values.filter((one) => one === name)
    if (value === undefined) continue
    const own = groups.filter((group) => group[label] === value)
    return { family: asLabelled(family, own), label, value }
  }
  return undefined
}

/** A rate needs a few samples, and most are taken once a minute or oftener. */
const range = '5m'

/**
 * What is asked of a service: durations as they were, requests, failures where its labels tell, and what the slowest hundredth waited;
 * of those of its series that `part` lets through.
 */
export function servicePanels({ family, label, value }: MeasuredService, part = ''): readonly string[] {
  const own = [oneOf(label, value), part].filter((matcher) => matcher !== '').join(', ')
  return [
    heatmapQuery(family, own, range),
    quantileQuery(family, label, 0.99, { range }, own),
    rateQuery(family, label, { range }, own),
    errorQuery(family, label, { range }, own),
  ].filter((query) => query !== undefined)
}

/** The service a query asks about: the one that all its selectors name; undefined where they name none, or several. */
export function serviceOfExpression(expression: Expression): string | undefined {
  const named = selectorsIn(expression).map(({ matchers }) =>
    serviceOfLabels(
      Object.fromEntries(matchers.filter(({ op }) => op === '=').map(({ name, value }) => [name, value])),
    ),
  )
  return named.every((one) => one === named[0]) ? named[0] : undefined
}

/** The service that labels of a series, an exemplar or an alert name; undefined where none does. */
export function serviceOfLabels(labels: Labels): string | undefined {
  const label = serviceLabels.find((one) => (labels[one] ?? '') !== '')
  return label === undefined ? undefined : serviceName(labels[label])
}
