/** Finds out what an expression gives, and refuses what does not fit together. */
import {
  type Aggregation,
  type Binary,
  type Call,
  type Expression,
  type ValueType,
  comparisonOperators,
  setOperators,
} from './expression.ts'
import { metricName } from './labels.ts'
import type { TextRange } from '#shared/query/query-error'
import { PromqlError } from './promql-error.ts'
import { functionSignatures } from './signatures.ts'

const typeNames: Readonly<Record<ValueType, string>> = {
  scalar: 'scalar',
  vector: 'instant vector',
  matrix: 'range vector',
  string: 'string',
}

/** What an expression gives; throws PromqlError for the first part of it that is given something else than it takes. */
export function checkTypes(expression: Expression): ValueType {
  switch (expression.kind) {
    case 'number':
      return 'scalar'
    case 'string':
      return 'string'
    case 'vector-selector':
      checkSelector(expression)
      return 'vector'
    case 'matrix-selector':
      checkSelector(expression.selector)
      return 'matrix'
    case 'subquery':
      expect(expression.of, 'vector', 'a subquery')
      return 'matrix'
    case 'parentheses':
      return checkTypes(expression.of)
    case 'unary': {
      const type = checkTypes(expression.of)
      if (type === 'scalar' || type === 'vector') return type
      throw wrong(expression, `A sign needs a scalar or an instant vector, not a ${typeNames[type]}.`)
    }
    case 'binary':
      return checkBinary(expression)
    case 'aggregation':
      return checkAggregation(expression)
    default:
      return checkCall(expression)
  }
}

function wrong(range: TextRange, message: string): PromqlError {
  return new PromqlError('type', range, message)
}

/** The refusal of as many arguments as were given. */
export function wrongCount(range: TextRange, name: string, wanted: string, given: number): PromqlError {
  return wrong(range, `${name} takes ${wanted} argument${wanted === '1' ? '' : 's'}, and was given ${given}.`)
}

function expect(expression: Expression, wanted: ValueType, by: string): void {
  const type = checkTypes(expression)
  if (type !== wanted)
    throw wrong(
      expression,
      `Expected ${article(typeNames[wanted])} in ${by}, got ${article(typeNames[type])}.`,
    )
}

function article(noun: string): string {
  return `${/^[aeiou]/u.test(noun) ? 'an' : 'a'} ${noun}`
}

function checkSelector(selector: Extract<Expression, { kind: 'vector-selector' }>): void {
  const { name, matchers } = selector
  const names = matchers.filter((matcher) => matcher.name === metricName)
  if (name !== '' && names.length > 1)
    throw wrong(selector, `The metric name is set twice: “${name}” and “${names[1].value}”.`)
  if (matchers.every(({ test }) => test('')))
    throw wrong(selector, 'A selector needs at least one condition that no missing label fulfils.')
}

function checkCall(call: Call): ValueType {
  const signature = functionSignatures.get(call.name)
  if (signature === undefined) throw new PromqlError('syntax', call, `There is no function “${call.name}”.`)
  const { takes, optional, repeats } = signature
  const least = takes.length - optional
  const given = call.args.length
  if (given < least || (!repeats && given > takes.length)) {
    const wanted = repeats ? `at least ${least}` : optional > 0 ? `${least} or ${takes.length}` : `${least}`
    throw wrongCount(call, call.name, wanted, given)
  }
  for (const [at, arg] of call.args.entries())
    expect(arg, takes[Math.min(at, takes.length - 1)], `the call of ${call.name}`)
  return signature.gives
}

function checkAggregation({ op, of, parameter }: Aggregation): ValueType {
  expect(of, 'vector', `the aggregation ${op}`)
  if (parameter !== undefined)
    expect(parameter, op === 'count_values' ? 'string' : 'scalar', `the parameter of ${op}`)
  return 'vector'
}

function checkBinary(binary: Binary): ValueType {
  const { op, left, right, bool, matching } = binary
  const types = [left, right].map((side) => {
    const type = checkTypes(side)
    if (type === 'scalar' || type === 'vector') return type
    throw wrong(side, `“${op}” takes scalars and instant vectors, not a ${typeNames[type]}.`)
  })
  const comparison = comparisonOperators.has(op)
  if (bool && !comparison) throw wrong(binary, `“bool” goes with comparisons only, not with “${op}”.`)
  const scalars = types.filter((type) => type === 'scalar').length
  if (comparison && !bool && scalars === 2) throw wrong(binary, 'A comparison of two scalars needs “bool”.')
  if (setOperators.has(op)) {
    if (scalars > 0) throw wrong(binary, `“${op}” takes instant vectors on both sides.`)
    if (matching !== undefined && matching.many !== 'none')
      throw wrong(binary, `“${op}” does not go with group_left or group_right.`)
  }
  if (matching !== undefined) {
    if (scalars > 0 && matching.labels.length > 0)
      throw wrong(binary, '“on” and “ignoring” go between instant vectors only.')
    const both = matching.on ? matching.include.find((label) => matching.labels.includes(label)) : undefined
    if (both !== undefined)
      throw wrong(binary, `The label “${both}” must not be in “on” and in the group at once.`)
  }
  return scalars === 2 ? 'scalar' : 'vector'
}
