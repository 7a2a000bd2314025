/** Expressions as functions of a span. */
import {
  type ArithmeticOperator,
  type ComparisonOperator,
  type Field,
  type FieldExpression,
  type ItemScope,
  itemScopeOf,
} from './expression.ts'
import { compileField, compileItemField, itemsIn, type LookUp } from './look-up.ts'
import { calculate, compareValues, compareWith, type Test } from './operators.ts'
import { compileRegex } from './regex.ts'
import type { TraceAtHand } from './trace-at-hand.ts'
import type { SpanItem } from './traces.ts'
import { noBoolean, numberOf, yesBoolean, type Value } from './value.ts'

export type Condition = (trace: TraceAtHand, span: number) => boolean

/** Whether an expression is true of a span. */
export function compileCondition(expression: FieldExpression): Condition {
  switch (expression.kind) {
    case 'exists': {
      const valueOf = compileValue(expression.of)
      return (trace, span) => valueOf(trace, span) !== undefined
    }
    case 'not': {
      const valueOf = compileValue(expression.of)
      // What is neither true nor false is not true when it is turned round, either.
      return (trace, span) => valueOf(trace, span)?.value === false
    }
    case 'binary':
      if (expression.op === '&&') return compileAll(operandsOf(expression, '&&'))
      if (expression.op === '||') {
        const [left, right] = [compileCondition(expression.left), compileCondition(expression.right)]
        return (trace, span) => left(trace, span) || right(trace, span)
      }
      return /^[-+*/%^]$/u.test(expression.op) ? () => false : compileComparison(expression)
    default: {
      const valueOf = compileValue(expression)
      return (trace, span) => valueOf(trace, span)?.value === true
    }
  }
}

/** What an expression is at a span; undefined for nothing. */
export function compileValue(expression: FieldExpression): LookUp {
  switch (expression.kind) {
    case 'literal':
      return () => expression.value
    case 'field':
      return compileField(expression.field)
    case 'minus': {
      const valueOf = compileValue(expression.of)
      return (trace, span) => negated(valueOf(trace, span))
    }
    case 'binary':
      if (/^[-+*/%^]$/u.test(expression.op)) {
        const op = expression.op as ArithmeticOperator
        const [left, right] = [compileValue(expression.left), compileValue(expression.right)]
        return (trace, span) => calculate(op, left(trace, span), right(trace, span))
      }
  }
  const isTrue = compileCondition(expression)
  return (trace, span) => (isTrue(trace, span) ? yesBoolean : noBoolean)
}

function negated(value: Value | undefined): Value | undefined {
  const number = numberOf(value)
  return Number.isNaN(number) ? undefined : ({ ...value, value: -number } as Value)
}

type Binary = FieldExpression & { readonly kind: 'binary' }

/** The conditions of `a && b && c`. */
function operandsOf(expression: FieldExpression, op: '&&'): readonly FieldExpression[] {
  return expression.kind === 'binary' && expression.op === op
    ? [...operandsOf(expression.left, op), ...operandsOf(expression.right, op)]
    : [expression]
}

/** All are true. What is said of events must be true of one and the same event, and so with links. */
function compileAll(operands: readonly FieldExpression[]): Condition {
  const conditions: Condition[] = []
  const ofItems = new Map<ItemScope, ((item: SpanItem) => boolean)[]>()
  for (const operand of operands) {
    const ofField = operand.kind === 'binary' ? fieldTest(operand) : undefined
    const scope = ofField && itemScopeOf(ofField.field)
    if (ofField === undefined || scope === undefined) {
      conditions.push(compileCondition(operand))
      continue
    }
    const tests = ofItems.get(scope) ?? []
    tests.push(itemTest(ofField))
    ofItems.set(scope, tests)
  }
  for (const [scope, tests] of ofItems) conditions.push(someItem(scope, tests))
  if (conditions.length === 2) {
    const [one, other] = conditions
    return (trace, span) => one(trace, span) && other(trace, span)
  }
  return (trace, span) => conditions.every((condition) => condition(trace, span))
}

interface FieldTest {
  readonly field: Field
  readonly test: Test
}

function itemTest({ field, test }: FieldTest): (item: SpanItem) => boolean {
  const valueOf = compileItemField(field)
  return (item) => test(valueOf(item))
}

function someItem(scope: ItemScope, tests: readonly ((item: SpanItem) => boolean)[]): Condition {
  const itemsOf = itemsIn(scope)
  return (trace, span) => itemsOf(trace, span).some((item) => tests.every((test) => test(item)))
}

/** A field beside a value that is written out, in whichever order; undefined for any other comparison. */
function fieldTest({ op, left, right }: Binary): FieldTest | undefined {
  if (!isComparison(op)) return undefined
  if (left.kind === 'field' && right.kind === 'literal') {
    const pattern = op === '=~' || op === '!~' ? compileRegex(right) : undefined
    return {
      field: left.field,
      test: ownType(left.field, right.value, compareWith(op, right.value, pattern)),
    }
  }
  if (right.kind === 'field' && left.kind === 'literal')
    return {
      field: right.field,
      test: ownType(right.field, left.value, compareWith(turned(op), left.value, undefined)),
    }
  return undefined
}

/** Beside a number without a point, Tempo looks at whole numbers only; beside one with a point, at the others only. */
function ownType(field: Field, { type }: Value, test: Test): Test {
  if (field.intrinsic !== undefined) return test
  return (value) => value !== undefined && (value.type === type || value.type === 'list') && test(value)
}

function isComparison(op: Binary['op']): op is ComparisonOperator {
  return /^(?:[=!<>]=?|[=!]~)$/u.test(op)
}

function turned(op: ComparisonOperator): ComparisonOperator {
  return op.replace(/[<>]/u, (sign) => (sign === '<' ? '>' : '<')) as ComparisonOperator
}

function compileComparison(expression: Binary): Condition {
  const op = expression.op as ComparisonOperator
  const ofField = fieldTest(expression)
  if (ofField !== undefined) {
    const { field, test } = ofField
    const scope = itemScopeOf(field)
    if (scope !== undefined) return someItem(scope, [itemTest(ofField)])
    const valueOf = compileField(field)
    return (trace, span) => test(valueOf(trace, span))
  }
  const left = compileValue(expression.left)
  if (op === '=~' || op === '!~') {
    const test = compareWith(
      op,
      noBoolean,
      compileRegex(expression.right as FieldExpression & { kind: 'literal' }),
    )
    return (trace, span) => test(left(trace, span))
  }
  const right = compileValue(expression.right)
  return (trace, span) => compareValues(op, left(trace, span), right(trace, span))
}
