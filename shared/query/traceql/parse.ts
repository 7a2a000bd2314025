/** From text to tree: what stands around the braces. */
import type {
  AggregateOperator,
  ComparisonOperator,
  Field,
  FieldExpression,
  Relation,
  SpansetExpression,
  Stage,
  TraceqlQuery,
} from './expression.ts'
import { checkTypes } from './check-types.ts'
import { parseField, parseFieldExpression, parseFields, parseStatic } from './parse-field.ts'
import { metricsOperators, parseMetrics } from './parse-metrics.ts'
import { TokenReader } from './token-reader.ts'
import { TraceqlError } from './traceql-error.ts'
import { numberOf, type Value } from './value.ts'

/** Reads and checks a query; throws TraceqlError with the position of what is wrong, or outside the subset. */
export function parseTraceql(text: string): TraceqlQuery {
  const reader = new TokenReader(text)
  if (reader.isAtEnd) throw new TraceqlError('syntax', reader.next, 'There is no query.')
  const stages = parseStages(reader)
  const metrics =
    metricsOperators.has(reader.word ?? '') && stages.length > 0 ? parseMetrics(reader) : undefined
  if (reader.skip('|')) {
    // What Tempo makes of series; none of it is here.
    checkName(reader)
    throw reader.unexpected()
  }
  while (reader.word === 'with') skipHints(reader)
  if (!reader.isAtEnd) throw afterEnd(reader)
  const query = { text, stages, metrics }
  checkTypes(query)
  return query
}

/** Of a query that ends in `rate()` or its like, the part that finds what is counted; undefined for any other, and for what is none. */
export function countedPart(text: string): string | undefined {
  try {
    const { metrics } = parseTraceql(text)
    return (
      metrics &&
      text
        .slice(0, metrics.from)
        .replace(/\|\s*$/u, '')
        .trim()
    )
  } catch (error) {
    if (error instanceof TraceqlError) return undefined
    throw error
  }
}

/** What a span is asked for, by itself, as completion names it; undefined for what is nothing of the kind. */
export function readField(text: string): Field | undefined {
  try {
    const reader = new TokenReader(text)
    const field = parseField(reader)
    return reader.isAtEnd ? field : undefined
  } catch (error) {
    if (error instanceof TraceqlError) return undefined
    throw error
  }
}

function parseStages(reader: TokenReader): readonly Stage[] {
  const stages: Stage[] = []
  do {
    if (stages.length > 0 && metricsOperators.has(reader.word ?? '')) break
    if (stages.length > 0 || reader.word === 'compare') checkName(reader)
    stages.push(parseStage(reader, stages.length === 0))
  } while (reader.skip('|'))
  return stages
}

/** What Tempo has and is not here. */
const absent: ReadonlySet<string> = new Set(['compare', 'topk', 'bottomk'])

/** Refuses the name of a stage that is none, or none here. */
function checkName({ next, word }: TokenReader): void {
  if (word === undefined || stageNames.has(word)) return
  if (absent.has(word)) throw new TraceqlError('unsupported', next, `“${word}” is not supported.`)
  throw new TraceqlError('syntax', next, `There is no function “${word}”.`)
}

function parseStage(reader: TokenReader, isFirst: boolean): Stage {
  const { word } = reader
  if (word === 'by') return parseGrouping(reader)
  if (word === 'select') {
    reader.take()
    reader.expect('(')
    const fields = parseFields(reader)
    reader.expect(')')
    return { kind: 'select', fields }
  }
  if (word === 'coalesce' && !isFirst) {
    reader.take()
    reader.expect('(')
    reader.expect(')')
    return { kind: 'coalesce' }
  }
  if (startsScalar(reader)) return parseScalarFilter(reader)
  return parseSpansets(reader, 0)
}

function parseGrouping(reader: TokenReader): Stage {
  const { from } = reader.take()
  reader.expect('(')
  const of = parseFieldExpression(reader)
  reader.expect(')')
  return { kind: 'by', of, text: reader.query.slice(from, reader.lastEnd) }
}

const aggregates: ReadonlySet<string> = new Set<AggregateOperator>(['count', 'avg', 'max', 'min', 'sum'])
const stageNames: ReadonlySet<string> = new Set([
  'by',
  'select',
  'coalesce',
  ...aggregates,
  ...metricsOperators,
])
const comparisons: ReadonlySet<string> = new Set<ComparisonOperator>(['=', '!=', '<', '<=', '>', '>='])

/** Whether what follows is a number rather than a set of spans, whatever brackets stand before it. */
function startsScalar(reader: TokenReader): boolean {
  for (let at = 0; ; at++) {
    const token = reader.ahead(at)
    if (token.kind === 'operator' && (token.text === '(' || token.text === '-')) continue
    return token.kind === 'literal' || (token.kind === 'word' && aggregates.has(token.text))
  }
}

function parseScalarFilter(reader: TokenReader): Stage {
  const { next } = reader
  if (next.kind !== 'word')
    throw new TraceqlError(
      'unsupported',
      next,
      'Only “count()”, “avg”, “max”, “min” and “sum” can be compared.',
    )
  reader.take()
  const op = next.text as AggregateOperator
  reader.expect('(')
  const of = op === 'count' ? undefined : parseFieldExpression(reader)
  reader.expect(')')
  const text = reader.query.slice(next.from, reader.lastEnd)
  const comparison = reader.operator ?? ''
  if (!comparisons.has(comparison)) throw afterAggregate(reader)
  reader.take()
  return {
    kind: 'aggregate',
    op,
    of,
    text,
    comparison: comparison as ComparisonOperator,
    bound: parseBound(reader),
  }
}

function parseBound(reader: TokenReader): Value {
  const { from } = reader.next
  const isNegative = reader.skip('-')
  const value = parseStatic(reader)
  const number = numberOf(value)
  if (value === undefined || Number.isNaN(number))
    throw new TraceqlError(
      'unsupported',
      { from, to: reader.next.to },
      'Such a number can only be compared with one that is written out.',
    )
  if (/^[-+*/%^]$/u.test(reader.operator ?? '')) throw afterAggregate(reader)
  return isNegative ? ({ ...value, value: -number } as Value) : value
}

function afterAggregate(reader: TokenReader): TraceqlError {
  const { next, operator } = reader
  if (operator === ')')
    return new TraceqlError('unsupported', next, 'Comparing what two pipelines count is not supported.')
  return /^[-+*/%^]$/u.test(operator ?? '')
    ? new TraceqlError('unsupported', next, 'Calculating with what a pipeline counts is not supported.')
    : reader.unexpected('A comparison')
}

type Related = Pick<SpansetExpression & { readonly kind: 'related' }, 'relation' | 'form'>

const relations: ReadonlyMap<string, Related> = new Map(
  (['>', '>>', '<', '<<', '~'] satisfies Relation[]).flatMap((relation): [string, Related][] => [
    [relation, { relation, form: 'plain' }],
    [`!${relation}`, { relation, form: 'not' }],
    [`&${relation}`, { relation, form: 'union' }],
  ]),
)

/** `&&` and `||` bind alike, and less than what relates spans. */
function parseSpansets(reader: TokenReader, least: number): SpansetExpression {
  return reader.nested(() => {
    const { from } = reader.next
    let left = parseSpanset(reader)
    for (;;) {
      const { operator } = reader
      const related = relations.get(operator ?? '')
      if (related === undefined && operator !== '&&' && operator !== '||') return left
      if (related === undefined && least > 0) return left
      reader.take()
      const right = parseSpansetsAfter(reader, related !== undefined)
      if (related !== undefined)
        left = { kind: 'related', ...related, left, right, ...reader.rangeFrom(from) }
      else left = { kind: 'combined', op: operator as '&&' | '||', left, right }
    }
  })
}

function parseSpansetsAfter(reader: TokenReader, isRelation: boolean): SpansetExpression {
  return isRelation ? parseSpanset(reader) : parseSpansets(reader, 1)
}

function parseSpanset(reader: TokenReader): SpansetExpression {
  return reader.nested(() => {
    const { from } = reader.next
    if (reader.skip('(')) {
      const stages = parseStages(reader)
      reader.expect(')')
      return { kind: 'pipeline', stages }
    }
    if (!reader.skip('{')) throw reader.unexpected('A set of spans “{ … }”')
    if (reader.skip('}'))
      return {
        kind: 'filter',
        condition: { kind: 'literal', value: { type: 'boolean', value: true }, ...reader.rangeFrom(from) },
      }
    const condition: FieldExpression = parseFieldExpression(reader)
    reader.expect('}')
    return { kind: 'filter', condition }
  })
}

/** Hints say how Tempo is to look, not what there is to find. */
function skipHints(reader: TokenReader): void {
  reader.take()
  reader.expect('(')
  do {
    if (reader.word === undefined) throw reader.unexpected('A hint')
    reader.take()
    reader.expect('=')
    if (parseStatic(reader) === undefined) throw reader.unexpected('A value')
  } while (reader.skip(','))
  reader.expect(')')
}

function afterEnd(reader: TokenReader): TraceqlError {
  const { next, operator } = reader
  return operator !== undefined && comparisons.has(operator)
    ? new TraceqlError('unsupported', next, 'What a pipeline finds cannot be compared here.')
    : reader.unexpected()
}
