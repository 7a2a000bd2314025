/** A query as a tree. What is counted is a tree of PromQL's, whose leaves read lines. */
import type { Call, Expression } from '#shared/query/promql/expression'
import type { Matcher } from '#shared/query/promql/matcher'
import type { Condition } from './label-filter.ts'
import type { Stage } from './stage.ts'

/** Which lines are looked at, and what is done with each. */
export interface LogSelector {
  readonly matchers: readonly Matcher[]
  /** In the order they are taken. */
  readonly stages: readonly Stage[]
}

/** A label whose value is a number, and what must hold of a line behind that. */
export interface Unwrap {
  readonly name: string
  readonly conversion: 'number' | 'duration' | 'bytes'
  readonly conditions: readonly Condition[]
}

/** Labels that make a group: some, or all but some. */
export interface Grouping {
  readonly names: ReadonlySet<string>
  readonly without: boolean
}

/** A function of the lines within a range of time, such as `rate({a="b"}[5m])`: a leaf of the tree. */
export interface RangeAggregation extends Call {
  readonly selector: LogSelector
  readonly rangeMs: number
  readonly offsetMs: number
  readonly unwrap: Unwrap | undefined
  /** Of `quantile_over_time`. */
  readonly parameter: number
  /** What is said of it here, or by a sum around it; undefined keeps all labels apart. */
  readonly grouping: Grouping | undefined
}

/** A query that was read and checked. */
export type LogqlQuery =
  | { readonly kind: 'lines'; readonly text: string; readonly selector: LogSelector }
  | { readonly kind: 'metric'; readonly text: string; readonly expression: Expression }

/** Whether a call is a leaf that reads lines. */
export function isRangeAggregation(call: Call): call is RangeAggregation {
  return 'selector' in call
}
