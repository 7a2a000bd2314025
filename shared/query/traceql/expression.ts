/** A query of TraceQL as a tree. Language: https://grafana.com/docs/tempo/latest/traceql/ */
import type { TextRange } from '#shared/query/query-error'
import type { Value } from './value.ts'

/** What each span has, whatever its attributes: under the name that TraceQL's answers call it by. */
export type Intrinsic =
  | 'duration'
  | 'name'
  | 'status'
  | 'statusMessage'
  | 'kind'
  | 'rootName'
  | 'rootServiceName'
  | 'traceDuration'
  | 'nestedSetLeft'
  | 'nestedSetRight'
  | 'nestedSetParent'
  | 'trace:id'
  | 'span:id'
  | 'span:parentID'
  | 'instrumentation:name'
  | 'instrumentation:version'
  | ItemIntrinsic

/** What each event or link has. */
export type ItemIntrinsic = 'event:name' | 'event:timeSinceStart' | 'link:traceID' | 'link:spanID'

/** Where an attribute is looked for; `any`: at the span, else at its resource. */
export type AttributeScope = 'any' | 'span' | 'resource' | 'instrumentation' | ItemScope
export type ItemScope = 'event' | 'link'

/** What a span is asked for. */
export type Field =
  | { readonly intrinsic: Intrinsic }
  | { readonly intrinsic: undefined; readonly scope: AttributeScope; readonly name: string }

/** As TraceQL writes it; what series and groups are labelled with. */
export function fieldText(field: Field): string {
  if (field.intrinsic !== undefined) return field.intrinsic
  return field.scope === 'any' ? `.${field.name}` : `${field.scope}.${field.name}`
}

/** The events or links that a field belongs to; undefined for one of the span itself. */
export function itemScopeOf(field: Field): ItemScope | undefined {
  const scope = field.intrinsic === undefined ? field.scope : field.intrinsic.split(':')[0]
  return scope === 'event' || scope === 'link' ? scope : undefined
}

export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=' | '=~' | '!~'
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^'
export type LogicalOperator = '&&' | '||'
export type FieldOperator = ComparisonOperator | ArithmeticOperator | LogicalOperator

export type FieldExpression = TextRange &
  (
    | { readonly kind: 'literal'; readonly value: Value }
    | { readonly kind: 'field'; readonly field: Field }
    | {
        readonly kind: 'binary'
        readonly op: FieldOperator
        readonly left: FieldExpression
        readonly right: FieldExpression
      }
    | { readonly kind: 'not' | 'minus'; readonly of: FieldExpression }
    /** `x != nil` */
    | { readonly kind: 'exists'; readonly of: FieldExpression }
  )

export type Relation = '>' | '>>' | '<' | '<<' | '~'

export type SpansetExpression =
  | { readonly kind: 'filter'; readonly condition: FieldExpression }
  | { readonly kind: 'pipeline'; readonly stages: readonly Stage[] }
  | {
      readonly kind: 'combined'
      readonly op: LogicalOperator
      readonly left: SpansetExpression
      readonly right: SpansetExpression
    }
  | (TextRange & {
      readonly kind: 'related'
      readonly relation: Relation
      /** `!>`: those on the right that are not; `&>`: those on the left as well. */
      readonly form: 'plain' | 'not' | 'union'
      readonly left: SpansetExpression
      readonly right: SpansetExpression
    })

export type AggregateOperator = 'count' | 'avg' | 'max' | 'min' | 'sum'

/** What a stage of a pipeline makes of the span sets it gets. */
export type Stage =
  | SpansetExpression
  | {
      readonly kind: 'aggregate'
      readonly op: AggregateOperator
      /** Undefined where spans are counted. */
      readonly of: FieldExpression | undefined
      /** As it stands in the query. */
      readonly text: string
      readonly comparison: ComparisonOperator
      readonly bound: Value
    }
  | { readonly kind: 'by'; readonly of: FieldExpression; readonly text: string }
  | { readonly kind: 'select'; readonly fields: readonly Field[] }
  | { readonly kind: 'coalesce' }

export type MetricsOperator =
  | 'rate'
  | 'count_over_time'
  | 'min_over_time'
  | 'max_over_time'
  | 'avg_over_time'
  | 'sum_over_time'
  | 'quantile_over_time'
  | 'histogram_over_time'

export interface Metrics extends TextRange {
  readonly op: MetricsOperator
  /** Undefined where spans are counted. */
  readonly of: Field | undefined
  readonly quantiles: readonly number[]
  readonly by: readonly Field[]
}

/** A query that was read and checked. */
export interface TraceqlQuery {
  readonly text: string
  readonly stages: readonly Stage[]
  /** What is made of the spans that are left; undefined when they are the answer themselves. */
  readonly metrics: Metrics | undefined
}
