/** Comparing and calculating with values of any type. Nothing is true of what is not there, not even that it differs. */
import { compareText } from '#shared/query/promql/labels'
import type { Regex } from '#shared/query/re2'
import type { ArithmeticOperator, ComparisonOperator } from './expression.ts'
import { isNumeric, numberOf, type Value } from './value.ts'

export type Test = (value: Value | undefined) => boolean

/** Whether a value stands in this relation to one that is written out; `pattern` where it is a regular expression. */
export function compareWith(op: ComparisonOperator, bound: Value, pattern: Regex | undefined): Test {
  const compare = (value: Value): boolean => {
    if (value.type === 'list') return value.value.some(compare)
    if (pattern !== undefined) return value.type === 'string' && pattern.test(value.value) === (op === '=~')
    return compareValues(op, value, bound)
  }
  return (value) => value !== undefined && compare(value)
}

/** As `compareWith`, of two values of which either may be a list: true when it is of one of its members. */
export function compareValues(
  op: ComparisonOperator,
  left: Value | undefined,
  right: Value | undefined,
): boolean {
  if (left === undefined || right === undefined) return false
  if (left.type === 'list') return left.value.some((item) => compareValues(op, item, right))
  if (right.type === 'list') return right.value.some((item) => compareValues(op, left, item))
  if (isNumeric(left.type) && isNumeric(right.type)) return holds(op, numberOf(left) - numberOf(right))
  if (left.type !== right.type) return false
  if (left.type === 'string' && right.type === 'string')
    return holds(op, left.value === right.value ? 0 : compareText(left.value, right.value))
  if (op === '=') return left.value === right.value
  return op === '!=' && left.value !== right.value
}

/** Of the sign of a difference; no number differs from all. */
function holds(op: ComparisonOperator, difference: number): boolean {
  switch (op) {
    case '=':
      return difference === 0
    case '!=':
      return difference !== 0
    case '<':
      return difference < 0
    case '<=':
      return difference <= 0
    case '>':
      return difference > 0
    default:
      return op === '>=' && difference >= 0
  }
}

/** Undefined where one is no number. Whole numbers stay whole; durations become plain nanoseconds. */
export function calculate(
  op: ArithmeticOperator,
  left: Value | undefined,
  right: Value | undefined,
): Value | undefined {
  const [one, other] = [numberOf(left), numberOf(right)]
  if (Number.isNaN(one) || Number.isNaN(other)) return undefined
  const isWhole = left?.type === 'int' && right?.type === 'int'
  const value = calculateNumbers(op, one, other)
  if (!isWhole) return { type: 'float', value }
  return Number.isFinite(value) ? { type: 'int', value: Math.trunc(value) } : undefined
}

function calculateNumbers(op: ArithmeticOperator, one: number, other: number): number {
  switch (op) {
    case '+':
      return one + other
    case '-':
      return one - other
    case '*':
      return one * other
    case '/':
      return one / other
    case '%':
      return one % other
    default:
      return one ** other
  }
}
