/** Operators between scalars and instant vectors. */
import { type Column, type Value, emptyColumn, isEmpty, mergeColumns, setAt, valueAt } from './columns.ts'
import type { Context } from './context.ts'
import {
  type ArithmeticOperator,
  type Binary,
  type ComparisonOperator,
  comparisonOperators,
  setOperators,
} from './expression.ts'
import { withoutMetadata } from './labels.ts'
import { type Operand, type Operation, calculate, compare } from './operators.ts'
import { combineSets } from './set-operators.ts'
import { matchVectors } from './vector-matching.ts'

/** `operate` is what the operator does, where that is not what it does in PromQL. */
export async function evaluateBinary(
  binary: Binary,
  context: Context,
  operate: Operation = operation(binary, context),
): Promise<Value> {
  const [left, right] = [
    await context.evaluate(binary.left, context),
    await context.evaluate(binary.right, context),
  ]
  await context.budget.spend(context.grid.count, binary)
  if (left.kind === 'scalar' && right.kind === 'scalar')
    return {
      kind: 'scalar',
      values: left.values.map((value, step) => numberOf(operate(value, right.values[step]))),
    }
  if (left.kind === 'vector' && right.kind === 'vector') {
    const columns = setOperators.has(binary.op)
      ? combineSets(binary, left.columns, right.columns, context.grid.count)
      : await matchVectors(binary, left.columns, right.columns, context, operate)
    return { kind: 'vector', columns }
  }
  if (left.kind === 'vector' && right.kind === 'scalar')
    return withScalar(binary, left.columns, context, (value, step) => operate(value, right.values[step]))
  if (left.kind === 'scalar' && right.kind === 'vector')
    return withScalar(binary, right.columns, context, (value, step) => {
      const result = operate(left.values[step], value)
      // What a comparison lets through is the vector's value, on whichever side.
      return result === undefined || binary.bool || !comparisonOperators.has(binary.op) ? result : value
    })
  throw new Error('an operand is neither scalar nor vector')
}

function operation(binary: Binary, { annotations }: Context): Operation {
  const { op } = binary
  const mismatch = (one: Operand, other: Operand): undefined => {
    const types = [one, other].map((operand) => (typeof operand === 'number' ? 'float' : 'histogram'))
    annotations.inform(
      `incompatible sample types encountered for binary operator ${JSON.stringify(op)}: ${types.join(` ${op} `)}`,
      binary,
    )
    return undefined
  }
  if (!comparisonOperators.has(op))
    return (one, other) => calculate(op as ArithmeticOperator, one, other) ?? mismatch(one, other)
  return (one, other) => {
    const holds = compare(op as ComparisonOperator, one, other)
    if (holds === undefined) return mismatch(one, other)
    return binary.bool ? (holds ? 1 : 0) : holds ? one : undefined
  }
}

function numberOf(operand: Operand | undefined): number {
  if (typeof operand !== 'number') throw new Error('scalars give a number')
  return operand
}

async function withScalar(
  binary: Binary,
  columns: readonly Column[],
  { grid, budget }: Context,
  operate: (value: Operand, step: number) => Operand | undefined,
): Promise<Value> {
  const dropsName = binary.bool || !comparisonOperators.has(binary.op)
  const results: Column[] = []
  for (const column of columns) {
    await budget.spend(grid.count, binary)
    const result = emptyColumn(dropsName ? withoutMetadata(column.labels) : column.labels, grid.count)
    for (let step = 0; step < grid.count; step++) {
      const value = valueAt(column, step)
      if (value !== undefined) setAt(result, step, operate(value, step))
    }
    if (!isEmpty(result)) results.push(result)
  }
  return { kind: 'vector', columns: mergeColumns(results, binary) }
}
