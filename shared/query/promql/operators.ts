/** What operators make of two operands, numbers or native histograms. */
import type { ArithmeticOperator, ComparisonOperator } from './expression.ts'
import type { Histogram } from './histogram.ts'
import {
  addHistograms,
  divideHistogram,
  equalHistograms,
  scaleHistogram,
  subtractHistograms,
  withoutEmpty,
} from './histogram-math.ts'

export type Operand = number | Histogram

/** What the operator makes of two operands; undefined where a comparison does not hold, or after it was said that it cannot. */
export type Operation = (left: Operand, right: Operand) => Operand | undefined

const arithmetic: Readonly<Record<ArithmeticOperator, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
  '^': power,
  atan2: Math.atan2,
}

const comparison: Readonly<Record<ComparisonOperator, (left: number, right: number) => boolean>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '>': (left, right) => left > right,
  '<': (left, right) => left < right,
  '>=': (left, right) => left >= right,
  '<=': (left, right) => left <= right,
}

/** The result of an arithmetic operator; undefined where it is none of these operands'. */
export function calculate(op: ArithmeticOperator, left: Operand, right: Operand): Operand | undefined {
  if (typeof left === 'number')
    return typeof right === 'number'
      ? arithmetic[op](left, right)
      : op === '*'
        ? withoutEmpty(scaleHistogram(right, left))
        : undefined
  if (typeof right === 'number')
    return op === '*'
      ? withoutEmpty(scaleHistogram(left, right))
      : op === '/'
        ? withoutEmpty(divideHistogram(left, right))
        : undefined
  if (op === '+') return withoutEmpty(addHistograms(left, right))
  return op === '-' ? withoutEmpty(subtractHistograms(left, right)) : undefined
}

/** Whether a comparison holds; undefined where it is none of these operands'. */
export function compare(op: ComparisonOperator, left: Operand, right: Operand): boolean | undefined {
  if (typeof left === 'number' && typeof right === 'number') return comparison[op](left, right)
  if (typeof left === 'number' || typeof right === 'number' || (op !== '==' && op !== '!=')) return undefined
  return equalHistograms(left, right) === (op === '==')
}

/** As IEEE 754 has it, and not this language: one to any power is one. */
function power(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && Math.abs(exponent) === Infinity)) return 1
  return base ** exponent
}
