/**
 * From text to tree, by a reader of its own: the published grammar is for editors, and takes anything that stands behind a name. What is
 * counted binds as in PromQL.
 */
import type {
  AggregationOperator,
  ArithmeticOperator,
  Binary,
  BinaryOperator,
  ComparisonOperator,
  Expression,
  Matching,
  NumberLiteral,
} from '#shared/query/promql/expression'
import { bare, comparisonOperators, setOperators } from '#shared/query/promql/expression'
import { calculate, compare } from '#shared/query/promql/operators'
import type { TextRange } from '#shared/query/query-error'
import { powerStrength, strengths } from '#shared/query/promql/strengths'
import { type Grouping, isRangeAggregation, type LogqlQuery, type RangeAggregation } from './expression.ts'
import { LogqlError } from './logql-error.ts'
import { parseGrouping, parseNames } from './parse-grouping.ts'
import { parsePipeline, parseSelector } from './parse-pipeline.ts'
import { parseRangeAggregation, rangeOperators } from './parse-range.ts'
import { inOrder } from './stage.ts'
import { TokenReader } from './token-reader.ts'

/** Reads and checks a query; throws LogqlError with the position of what is wrong, or outside the subset. */
export function parseLogql(text: string): LogqlQuery {
  const reader = new TokenReader(text)
  if (reader.isAtEnd) throw new LogqlError('syntax', { from: 0, to: text.length }, 'There is no query.')
  const query: LogqlQuery = isAtLines(reader)
    ? { kind: 'lines', text, ...parseLines(reader) }
    : { kind: 'metric', text, expression: parseExpression(reader, 0) }
  if (!reader.isAtEnd) throw afterEnd(reader, query)
  return query
}

/** Whether lines are asked for, in whatever brackets. */
function isAtLines(reader: TokenReader): boolean {
  for (let at = 0; ; at++) {
    const token = reader.ahead(at)
    if (token.kind !== 'operator' || token.text !== '(')
      return token.kind === 'operator' && token.text === '{'
  }
}

function parseLines(reader: TokenReader): Pick<LogqlQuery & { kind: 'lines' }, 'selector'> {
  return reader.nested(() => {
    if (reader.skip('(')) {
      const lines = parseLines(reader)
      reader.expect(')')
      return lines
    }
    const matchers = parseSelector(reader)
    return { selector: { matchers, stages: inOrder(parsePipeline(reader, false).stages) } }
  })
}

function afterEnd(reader: TokenReader, { kind }: LogqlQuery): LogqlError {
  if (kind === 'lines' && reader.next.kind === 'range')
    return new LogqlError('type', reader.next, 'A range goes with a function, such as rate({a="b"}[5m]).')
  if (kind === 'lines' && strengths.has(reader.keyword ?? reader.operator ?? ''))
    return new LogqlError('type', reader.next, 'Only what is counted can be calculated with or compared.')
  return reader.unexpected()
}

function parseExpression(reader: TokenReader, least: number): Expression {
  return reader.nested(() => {
    const { from } = reader.next
    let left = parseOperand(reader)
    for (;;) {
      const op = reader.keyword ?? reader.operator ?? ''
      const strength = op === 'atan2' ? undefined : strengths.get(op)
      if (strength === undefined || strength < least) return left
      const { next } = reader
      reader.take()
      const bool = reader.skipWord('bool')
      const matching = parseMatching(reader)
      const right = parseExpression(reader, strength === powerStrength ? strength : strength + 1)
      left = combined(
        { kind: 'binary', op: op as BinaryOperator, left, right, bool, matching, ...reader.rangeFrom(from) },
        next,
      )
    }
  })
}

const isNumber = (side: Expression): side is NumberLiteral => side.kind === 'number'

/** Two numbers are one at once, and a comparison of them 1 or 0. */
function combined(binary: Binary, operator: TextRange): Expression {
  const { op, left, right } = binary
  if (setOperators.has(op) && (isNumber(left) || isNumber(right)))
    throw new LogqlError('type', operator, `“${op}” goes with series only.`)
  if (!isNumber(left) || !isNumber(right)) return binary
  const value = comparisonOperators.has(op)
    ? Number(compare(op as ComparisonOperator, left.value, right.value))
    : calculateAsLoki(op as ArithmeticOperator, left.value, right.value)
  return { kind: 'number', value, from: binary.from, to: binary.to }
}

/** Dividing by zero gives no number, whatever is divided. */
export function calculateAsLoki(op: ArithmeticOperator, left: number, right: number): number {
  if (right === 0 && (op === '/' || op === '%')) return NaN
  return calculate(op, left, right) as number
}

function parseMatching(reader: TokenReader): Matching | undefined {
  const on = reader.skipWord('on')
  if (!on && !reader.skipWord('ignoring')) return undefined
  const labels = parseNames(reader)
  const many = reader.skipWord('group_left') ? 'left' : reader.skipWord('group_right') ? 'right' : 'none'
  return { on, labels, many, include: many !== 'none' && reader.operator === '(' ? parseNames(reader) : [] }
}

const aggregations: ReadonlySet<string> = new Set<AggregationOperator>([
  'sum',
  'avg',
  'count',
  'max',
  'min',
  'stddev',
  'stdvar',
  'topk',
  'bottomk',
])

function parseOperand(reader: TokenReader): Expression {
  const { next } = reader
  if (reader.skip('(')) {
    const of = parseExpression(reader, 0)
    reader.expect(')')
    // Numbers stay numbers, so that they are calculated with at once.
    return of.kind === 'number' ? of : { kind: 'parentheses', of, ...reader.rangeFrom(next.from) }
  }
  if (reader.operator === '-' || reader.operator === '+' || next.kind === 'literal')
    return parseNumber(reader)
  if (reader.operator === '{')
    throw new LogqlError('type', next, 'Lines are counted over a range, such as rate({a="b"}[5m]).')
  const word = reader.keyword ?? ''
  if (rangeOperators.has(word)) return parseRangeAggregation(reader)
  if (aggregations.has(word)) return parseAggregation(reader)
  if (word === 'vector') return parseVector(reader)
  if (word === 'label_replace') return parseLabelReplace(reader)
  if (word === 'sort' || word === 'sort_desc') return parseSort(reader)
  if (/^(?:rate_counter|approx_topk|variants)$/u.test(word))
    throw new LogqlError('unsupported', next, `“${word}” is not supported.`)
  if (next.kind === 'word') throw new LogqlError('syntax', next, `There is no function “${next.text}”.`)
  throw reader.unexpected('A query')
}

function parseNumber(reader: TokenReader): NumberLiteral {
  const { from } = reader.next
  const sign = reader.skip('-') ? -1 : (reader.skip('+'), 1)
  const { next } = reader
  if (next.kind !== 'literal' || next.type !== 'number') throw reader.unexpected('A number')
  reader.take()
  return { kind: 'number', value: sign * next.value, ...reader.rangeFrom(from) }
}

function parseAggregation(reader: TokenReader): Expression {
  const { from } = reader.next
  const op = reader.keyword as AggregationOperator
  reader.take()
  const before = parseGrouping(reader)
  reader.expect('(')
  const parameter = op === 'topk' || op === 'bottomk' ? parseCount(reader) : undefined
  const of = parseExpression(reader, 0)
  reader.expect(')')
  const grouping = before ?? parseGrouping(reader) ?? { names: new Set<string>(), without: false }
  return {
    kind: 'aggregation',
    op,
    of: op === 'sum' ? groupedBy(of, grouping) : of,
    parameter,
    labels: [...grouping.names],
    without: grouping.without,
    ...reader.rangeFrom(from),
  }
}

/** Functions whose results can be added up: a sum of them looks at the labels of its groups only. */
const summable: ReadonlySet<string> = new Set([
  'rate',
  'count_over_time',
  'bytes_rate',
  'bytes_over_time',
  'sum_over_time',
])

function groupedBy(of: Expression, grouping: Grouping): Expression {
  const call = bare(of)
  if (call.kind !== 'call' || !isRangeAggregation(call) || !summable.has(call.name)) return of
  const grouped: RangeAggregation = { ...call, grouping }
  return grouped
}

function parseCount(reader: TokenReader): NumberLiteral {
  const number = parseNumber(reader)
  if (!(Number.isInteger(number.value) && number.value > 0))
    throw new LogqlError('type', number, 'This must be a whole number above zero.')
  reader.expect(',')
  return number
}

/** A series without labels that is the same at all times. */
function parseVector(reader: TokenReader): Expression {
  const { from } = reader.take()
  reader.expect('(')
  const { next } = reader
  if (next.kind !== 'literal' || next.type !== 'number') throw reader.unexpected('A number')
  const value = parseNumber(reader)
  reader.expect(')')
  return { kind: 'call', name: 'vector', args: [value], ...reader.rangeFrom(from) }
}

function parseLabelReplace(reader: TokenReader): Expression {
  const { from } = reader.take()
  reader.expect('(')
  const args: Expression[] = [parseExpression(reader, 0)]
  for (let text = 0; text < 4; text++) {
    reader.expect(',')
    const { value, ...range } = reader.text()
    args.push({ kind: 'string', value, from: range.from, to: range.to })
  }
  reader.expect(')')
  return { kind: 'call', name: 'label_replace', args, ...reader.rangeFrom(from) }
}

/** Over time nothing is sorted: what is said of it is read, and changes nothing. */
function parseSort(reader: TokenReader): Expression {
  const { from } = reader.take()
  reader.expect('(')
  const of = parseExpression(reader, 0)
  reader.expect(')')
  return { kind: 'parentheses', of, ...reader.rangeFrom(from) }
}
