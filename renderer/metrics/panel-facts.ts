/** What can be told of a query before and after it is answered: its unit, what it measures, what is wrong with it. */
import type { MetricMetadata } from '#shared/api/metrics'
import { averagedQuantile, type AveragedQuantile } from '#shared/metrics/quantile-average'
import { baseName, metricsIn, noUnit, type Unit, unitOfMetric, unitOfQuery } from '#shared/metrics/unit'
import { bare, comparisonOperators, type Expression } from '#shared/query/promql/expression'
import { parsePromql } from '#shared/query/promql/parse'
import type { MetricLanguage } from '../state/metric-answers'

/** A query as far as it can be read here; servers may read more. */
export interface QueryFacts {
  readonly expression: Expression | undefined
  readonly metrics: readonly string[]
  readonly averaged: AveragedQuantile | undefined
  readonly threshold: Threshold | undefined
}

/** A query that lets through what is on one side of a number, as alerts do. */
export interface Threshold {
  /** What is compared. */
  readonly query: string
  readonly value: number
}

function thresholdOf(text: string, expression: Expression): Threshold | undefined {
  const node = bare(expression)
  if (node.kind !== 'binary' || node.bool || !comparisonOperators.has(node.op)) return undefined
  const [left, right] = [bare(node.left), bare(node.right)]
  if (right.kind === 'number') return { query: text.slice(node.left.from, node.left.to), value: right.value }
  return left.kind === 'number'
    ? { query: text.slice(node.right.from, node.right.to), value: left.value }
    : undefined
}

export function factsOf(query: string): QueryFacts {
  let expression: Expression | undefined
  try {
    ;({ expression } = parsePromql(query))
  } catch {
    // Not whole yet, or more than is understood here: the server decides.
    return { expression: undefined, metrics: [], averaged: undefined, threshold: undefined }
  }
  return {
    expression,
    metrics: metricsIn(expression),
    averaged: averagedQuantile(query, expression),
    threshold: thresholdOf(query, expression),
  }
}

/** Nothing can be told of a query over lines but what its values are counted in. */
const ofLines: QueryFacts = { expression: undefined, metrics: [], averaged: undefined, threshold: undefined }

/** What can be told of a query in its language. */
export const factsIn = (language: MetricLanguage, query: string): QueryFacts =>
  language === 'promql' ? factsOf(query) : ofLines

/** The unit of numbers counted from lines, by the outermost function that says it. */
export function unitOfLogql(query: string): Unit {
  const [counted] = /\b(bytes_rate|bytes_over_time|rate)\s*\(/.exec(query)?.slice(1) ?? []
  if (counted === undefined || /\|\s*unwrap\b/.test(query)) return noUnit
  return {
    kind: counted.startsWith('bytes') ? 'bytes' : 'none',
    scale: 1,
    perSecond: counted.endsWith('rate'),
  }
}

/** Whether what a query reads may have exemplars: histograms, and calls that only take them. */
export const readsHistogram = ({ metrics }: QueryFacts, query: string): boolean =>
  metrics.some((name) => name.endsWith('_bucket')) || /\bhistogram_\w+\s*\(/.test(query)

/** The unit of what a histogram measures, whatever the query does with it: that of exemplars, and of bounds of buckets. */
export function measuredUnit(
  { metrics }: QueryFacts,
  metadata: ReadonlyMap<string, Pick<MetricMetadata, 'unit'>>,
): Unit {
  const base = baseName(metrics[0] ?? '')
  return unitOfMetric(base, metadata.get(base)?.unit)
}

/** Whether a query counts what came each second; of a native histogram, whose unit is that of what it measures, the unit does not tell. */
export function isEachSecond(expression: Expression | undefined): boolean {
  const node = expression && bare(expression)
  if (node?.kind === 'aggregation') return isEachSecond(node.of)
  return node?.kind === 'call' && /^i?rate$/.test(node.name)
}

/** Whether the values of a query are what its histogram measures, so that exemplars lie on the same axis. */
export const isMeasure = (query: string): boolean => /^\s*\(*\s*histogram_(quantile|avg)\s*\(/.test(query)

/** The unit of a query's values; none where it cannot be read. */
export function unitFor(
  { expression }: QueryFacts,
  metadata: ReadonlyMap<string, Pick<MetricMetadata, 'unit'>>,
): Unit {
  if (expression === undefined) return noUnit
  return unitOfQuery(expression, (name) => metadata.get(name)?.unit)
}
