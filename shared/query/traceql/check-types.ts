/** What can be known to be wrong before any span is looked at, as Tempo knows it. */
import { compileRegex } from './regex.ts'
import type {
  Field,
  FieldExpression,
  FieldOperator,
  Intrinsic,
  SpansetExpression,
  Stage,
  TraceqlQuery,
} from './expression.ts'
import { TraceqlError } from './traceql-error.ts'
import { isNumeric, type ValueType } from './value.ts'

/** `any`: an attribute has the type that a span gives it. */
type KnownType = ValueType | 'any'

const intrinsicTypes: Readonly<Record<Intrinsic, KnownType>> = {
  duration: 'duration',
  name: 'string',
  status: 'status',
  statusMessage: 'string',
  kind: 'kind',
  rootName: 'string',
  rootServiceName: 'string',
  traceDuration: 'duration',
  nestedSetLeft: 'int',
  nestedSetRight: 'int',
  nestedSetParent: 'int',
  'trace:id': 'string',
  'span:id': 'string',
  'span:parentID': 'string',
  'event:name': 'string',
  'event:timeSinceStart': 'duration',
  'link:traceID': 'string',
  'link:spanID': 'string',
  'instrumentation:name': 'string',
  'instrumentation:version': 'string',
}

export function typeOfField({ intrinsic }: Field): KnownType {
  return intrinsic === undefined ? 'any' : intrinsicTypes[intrinsic]
}

/** Throws TraceqlError for the first thing that cannot be meant. */
export function checkTypes({ stages }: TraceqlQuery): void {
  for (const stage of stages) checkStage(stage)
}

function checkStage(stage: Stage): void {
  switch (stage.kind) {
    case 'by':
      typeOf(stage.of)
      if (!looksAtSpan(stage.of))
        throw new TraceqlError('type', stage.of, 'Groups are made by something of the span.')
      return
    case 'aggregate': {
      if (stage.of === undefined) return
      const type = typeOf(stage.of)
      if (type !== 'any' && !isNumeric(type))
        throw new TraceqlError('type', stage.of, `“${stage.op}” takes numbers.`)
      if (!looksAtSpan(stage.of))
        throw new TraceqlError('type', stage.of, `“${stage.op}” takes something of the span.`)
      return
    }
    case 'select':
    case 'coalesce':
      return
    default:
      checkSpansets(stage)
  }
}

function checkSpansets(expression: SpansetExpression): void {
  switch (expression.kind) {
    case 'filter': {
      const type = typeOf(expression.condition)
      if (type !== 'any' && type !== 'boolean')
        throw new TraceqlError('type', expression.condition, 'A condition is true or false.')
      return
    }
    case 'pipeline':
      expression.stages.forEach(checkStage)
      return
    default:
      checkSpansets(expression.left)
      checkSpansets(expression.right)
  }
}

function typeOf(expression: FieldExpression): KnownType {
  switch (expression.kind) {
    case 'literal':
      return expression.value.type
    case 'field':
      return typeOfField(expression.field)
    case 'exists':
      typeOf(expression.of)
      return 'boolean'
    case 'not':
    case 'minus': {
      const type = typeOf(expression.of)
      if (type !== 'any' && !(expression.kind === 'not' ? type === 'boolean' : isNumeric(type)))
        throw new TraceqlError(
          'type',
          expression,
          expression.kind === 'not' ? '“!” takes what is true or false.' : '“-” takes a number.',
        )
      return type
    }
    default:
      return typeOfBinary(expression)
  }
}

function typeOfBinary({
  op,
  left,
  right,
  from,
  to,
}: FieldExpression & { readonly kind: 'binary' }): KnownType {
  const types = [typeOf(left), typeOf(right)]
  const [one, other] = types
  if (one !== 'any' && other !== 'any' && one !== other && !(isNumeric(one) && isNumeric(other)))
    throw new TraceqlError('type', { from, to }, `“${op}” does not take ${names[one]} and ${names[other]}.`)
  const wrong = types.find((type) => type !== 'any' && !takes(op, type))
  if (wrong !== undefined)
    throw new TraceqlError('type', { from, to }, `“${op}” does not take ${names[wrong]}.`)
  if (op === '=~' || op === '!~') checkRegex(right)
  if (!/^[-+*/%^]$/u.test(op)) return 'boolean'
  return one === 'any' ? other : one
}

const names: Readonly<Record<KnownType, string>> = {
  any: 'an attribute',
  int: 'a number',
  float: 'a number',
  duration: 'a duration',
  string: 'a text',
  boolean: 'a truth value',
  status: 'a status',
  kind: 'a kind',
  list: 'a list',
}

function takes(op: FieldOperator, type: ValueType | 'any'): boolean {
  if (op === '=' || op === '!=') return true
  if (type === 'boolean') return op === '&&' || op === '||'
  if (type === 'string') return /^(?:[<>]=?|[=!]~)$/u.test(op)
  return type !== 'status' && type !== 'kind' && op !== '&&' && op !== '||' && op !== '=~' && op !== '!~'
}

function checkRegex(right: FieldExpression): void {
  if (right.kind !== 'literal')
    throw new TraceqlError('unsupported', right, 'A regular expression must be written out.')
  compileRegex(right)
}

function looksAtSpan(expression: FieldExpression): boolean {
  switch (expression.kind) {
    case 'literal':
      return false
    case 'field':
      return true
    case 'binary':
      return looksAtSpan(expression.left) || looksAtSpan(expression.right)
    default:
      return looksAtSpan(expression.of)
  }
}
