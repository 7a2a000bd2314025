/** Sets of spans of one trace, and what the stages of a query make of them. */
import { compileCondition, compileValue } from './compile-condition.ts'
import type { LogicalOperator, SpansetExpression, Stage } from './expression.ts'
import type { LookUp } from './look-up.ts'
import { compareValues } from './operators.ts'
import { inverse, relatives } from './structure.ts'
import type { TraceAtHand } from './trace-at-hand.ts'
import { TraceqlError } from './traceql-error.ts'
import { isNumeric, numberOf, type Value, valueKey } from './value.ts'

/** Some spans of a trace. */
export interface Spanset {
  /** Numbers of spans, ascending where nothing else ordered them. */
  readonly spans: readonly number[]
  /** What was counted, and what the group has in common, in order of the stages; undefined where a span lacks it. */
  readonly attributes: readonly (readonly [name: string, value: Value | undefined])[]
}

type Evaluate = (trace: TraceAtHand, given: readonly Spanset[]) => readonly Spanset[]

/** Stages one after the other; what is left of all spans of a trace. Throws TraceqlError for what the data do not allow. */
export function compilePipeline(stages: readonly Stage[]): Evaluate {
  const compiled = stages.map(compileStage)
  return (trace, given) => {
    let spansets = given
    for (const evaluate of compiled) {
      spansets = evaluate(trace, spansets)
      if (spansets.length === 0) break
    }
    return spansets
  }
}

function compileStage(stage: Stage): Evaluate {
  switch (stage.kind) {
    case 'select':
      return (_, given) => given
    case 'coalesce':
      return (_, given) => [{ spans: given.flatMap(({ spans }) => spans), attributes: [] }]
    case 'by':
      return compileGrouping(stage.text, compileValue(stage.of))
    case 'aggregate':
      return compileAggregate(stage)
    default: {
      const evaluate = compileSpansets(stage)
      // Each set by itself: spans of different groups are not brought together.
      return (trace, given) => given.flatMap((spanset) => evaluate(trace, spanset))
    }
  }
}

type EvaluateOne = (trace: TraceAtHand, given: Spanset) => readonly Spanset[]

function compileSpansets(expression: SpansetExpression): EvaluateOne {
  switch (expression.kind) {
    case 'filter': {
      const condition = compileCondition(expression.condition)
      return (trace, { spans, attributes }) => {
        const left: number[] = []
        for (const span of spans) {
          trace.check()
          if (condition(trace, span)) left.push(span)
        }
        return left.length === 0 ? [] : [{ spans: left, attributes }]
      }
    }
    case 'pipeline': {
      const evaluate = compilePipeline(expression.stages)
      return (trace, given) => evaluate(trace, [given])
    }
    case 'combined':
      return compileCombination(
        expression.op,
        compileSpansets(expression.left),
        compileSpansets(expression.right),
      )
    default:
      return compileRelation(expression)
  }
}

function compileCombination(op: LogicalOperator, left: EvaluateOne, right: EvaluateOne): EvaluateOne {
  return (trace, given) => {
    const ofLeft = left(trace, given)
    if (op === '&&' && ofLeft.length === 0) return []
    const ofRight = right(trace, given)
    if (op === '&&' ? ofRight.length === 0 : ofLeft.length + ofRight.length === 0) return []
    const spans = new Set([...ofLeft, ...ofRight].flatMap((spanset) => spanset.spans))
    return [{ spans: [...spans].sort((one, other) => one - other), attributes: given.attributes }]
  }
}

function compileRelation(expression: SpansetExpression & { readonly kind: 'related' }): EvaluateOne {
  const { relation, form } = expression
  const [left, right] = [compileSpansets(expression.left), compileSpansets(expression.right)]
  return (trace, given) => {
    const [ofLeft, ofRight] = [left(trace, given), right(trace, given)]
    if (ofLeft.length === 0 || ofRight.length === 0) return []
    if (ofLeft.length > 1 || ofRight.length > 1)
      throw new TraceqlError(
        'execution',
        expression,
        'Groups cannot be related to one another: “coalesce()” makes one set of them.',
      )
    const [{ spans: before }] = ofLeft
    const [{ spans: after }] = ofRight
    const related = relatives(trace.structure, relation, marked(before, trace))
    let spans = after.filter((span) => (related[span] === 1) === (form !== 'not'))
    if (form === 'union') {
      const relating = relatives(trace.structure, inverse[relation], marked(after, trace))
      spans = [...new Set([...spans, ...before.filter((span) => relating[span] === 1)])]
    }
    return spans.length === 0 ? [] : [{ spans, attributes: given.attributes }]
  }
}

function marked(spans: readonly number[], trace: TraceAtHand): Uint8Array {
  const marks = new Uint8Array(trace.spans.length)
  for (const span of spans) marks[span] = 1
  return marks
}

function compileGrouping(name: string, valueOf: LookUp): Evaluate {
  return (trace, given) =>
    given.flatMap(({ spans, attributes }) => {
      const groups = new Map<string, { readonly value: Value | undefined; readonly spans: number[] }>()
      for (const span of spans) {
        const value = valueOf(trace, span)
        const key = valueKey(value)
        const group = groups.get(key)
        if (group === undefined) groups.set(key, { value, spans: [span] })
        else group.spans.push(span)
      }
      return [...groups.values()].map((group) => ({
        spans: group.spans,
        attributes: [...attributes, [name, group.value] as const],
      }))
    })
}

function compileAggregate({
  op,
  of,
  text,
  comparison,
  bound,
}: Stage & { readonly kind: 'aggregate' }): Evaluate {
  const valueOf = of && compileValue(of)
  return (trace, given) => {
    const left: Spanset[] = []
    for (const { spans, attributes } of given) {
      const value: Value | undefined = valueOf
        ? aggregate(op as 'avg' | 'max' | 'min' | 'sum', numbersOf(trace, spans, valueOf))
        : { type: 'int', value: spans.length }
      if (compareValues(comparison, value, bound))
        left.push({ spans, attributes: [...attributes, [text, value]] })
    }
    return left
  }
}

/** Values that are numbers; others are left out. */
function numbersOf(trace: TraceAtHand, spans: readonly number[], valueOf: LookUp): Value[] {
  const numbers: Value[] = []
  for (const span of spans) {
    const value = valueOf(trace, span)
    if (value !== undefined && isNumeric(value.type)) numbers.push(value)
  }
  return numbers
}

/** In the type of the first; undefined of none. */
function aggregate(op: 'avg' | 'max' | 'min' | 'sum', values: readonly Value[]): Value | undefined {
  if (values.length === 0) return undefined
  const [{ type }] = values
  let result = numberOf(values[0])
  for (let at = 1; at < values.length; at++) {
    const number = numberOf(values[at])
    result =
      op === 'max' ? Math.max(result, number) : op === 'min' ? Math.min(result, number) : result + number
  }
  if (op !== 'avg') return { type, value: result } as Value
  const average = result / values.length
  // A duration is whole nanoseconds; the average of whole numbers is not whole.
  return type === 'duration' ? { type, value: Math.trunc(average) } : { type: 'float', value: average }
}
