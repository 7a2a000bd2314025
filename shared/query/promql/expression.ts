/** A query as a tree. Every node knows which part of the text it is. */
import type { Matcher } from './matcher.ts'
import type { TextRange } from '#shared/query/query-error'

/** What an expression gives at a moment: a number, a sample for each of some series, many samples for each, or a text. */
export type ValueType = 'scalar' | 'vector' | 'matrix' | 'string'

export type Expression =
  | NumberLiteral
  | StringLiteral
  | VectorSelector
  | MatrixSelector
  | Subquery
  | Call
  | Aggregation
  | Binary
  | Negation
  | Parentheses

export interface NumberLiteral extends TextRange {
  readonly kind: 'number'
  readonly value: number
}

export interface StringLiteral extends TextRange {
  readonly kind: 'string'
  readonly value: string
}

/** When a selector or subquery looks: at a moment, or that of the evaluation, and so much before it. */
export interface Moment {
  readonly offsetMs: number
  readonly at?: number | 'start' | 'end' | undefined
}

export interface VectorSelector extends TextRange, Moment {
  readonly kind: 'vector-selector'
  /** The name before the braces; '' without one. */
  readonly name: string
  readonly matchers: readonly Matcher[]
}

export interface MatrixSelector extends TextRange {
  readonly kind: 'matrix-selector'
  readonly selector: VectorSelector
  readonly rangeMs: number
}

export interface Subquery extends TextRange, Moment {
  readonly kind: 'subquery'
  readonly of: Expression
  readonly rangeMs: number
  /** Undefined means the default interval. */
  readonly stepMs: number | undefined
}

export interface Call extends TextRange {
  readonly kind: 'call'
  readonly name: string
  readonly args: readonly Expression[]
}

export type AggregationOperator =
  | 'sum'
  | 'avg'
  | 'min'
  | 'max'
  | 'count'
  | 'group'
  | 'stddev'
  | 'stdvar'
  | 'quantile'
  | 'topk'
  | 'bottomk'
  | 'count_values'

export interface Aggregation extends TextRange {
  readonly kind: 'aggregation'
  readonly op: AggregationOperator
  readonly of: Expression
  readonly parameter: Expression | undefined
  readonly labels: readonly string[]
  /** All labels but these make a group. */
  readonly without: boolean
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^' | 'atan2'
export type ComparisonOperator = '==' | '!=' | '>' | '<' | '>=' | '<='
export type SetOperator = 'and' | 'or' | 'unless'
export type BinaryOperator = ArithmeticOperator | ComparisonOperator | SetOperator

export const comparisonOperators: ReadonlySet<string> = new Set(['==', '!=', '>', '<', '>=', '<='])
export const setOperators: ReadonlySet<string> = new Set(['and', 'or', 'unless'])

/** Which series of the two sides belong together. */
export interface Matching {
  readonly on: boolean
  readonly labels: readonly string[]
  /** The side of which several series may have one partner. */
  readonly many: 'none' | 'left' | 'right'
  /** Labels taken over from the partner. */
  readonly include: readonly string[]
}

export interface Binary extends TextRange {
  readonly kind: 'binary'
  readonly op: BinaryOperator
  readonly left: Expression
  readonly right: Expression
  /** Comparisons give 0 or 1 rather than leave out. */
  readonly bool: boolean
  /** Undefined where nothing is said of it. */
  readonly matching: Matching | undefined
}

/** `-x` or `+x`. */
export interface Negation extends TextRange {
  readonly kind: 'unary'
  readonly op: '-' | '+'
  readonly of: Expression
}

export interface Parentheses extends TextRange {
  readonly kind: 'parentheses'
  readonly of: Expression
}

/** A query that was parsed and checked. */
export interface PromqlQuery {
  readonly text: string
  readonly expression: Expression
  readonly type: ValueType
}

/** What is inside of any parentheses. */
export function bare(expression: Expression): Exclude<Expression, Parentheses> {
  let inner = expression
  while (inner.kind === 'parentheses') inner = inner.of
  return inner
}
