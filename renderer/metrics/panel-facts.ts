/** What can be told of a query before and after it is answered: its unit, what it measures, what is wrong with it. */
import type { MetricMetadata } from '#shared/api/metrics'
import { averagedQuantile, type AveragedQuantile } from '#shared/metrics/quantile-average'
import { metricsIn, noUnit, type Unit, unitOfQuery } from '#shared/metrics/unit'
import type { Expression } from '#shared/query/promql/expression'
import { parsePromql } from '#shared/query/promql/parse'

/** A query as far as it can be read here; servers may read more. */
export interface QueryFacts {
  readonly expression: Expression | undefined
  readonly metrics: readonly string[]
  readonly averaged: AveragedQuantile | undefined
}

export function factsOf(query: string): QueryFacts {
  let expression: Expression | undefined
  try {
    ;({ expression } = parsePromql(query))
  } catch {
    // Not whole yet, or more than is understood here: the server decides.
    return { expression: undefined, metrics: [], averaged: undefined }
  }
  return { expression, metrics: metricsIn(expression), averaged: averagedQuantile(query, expression) }
}

/** The unit of a query's values; none where it cannot be read. */
export function unitFor(
  { expression }: QueryFacts,
  metadata: ReadonlyMap<string, Pick<MetricMetadata, 'unit'>>,
): Unit {
  if (expression === undefined) return noUnit
  return unitOfQuery(expression, (name) => metadata.get(name)?.unit)
}
