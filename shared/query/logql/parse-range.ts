/** Reads functions of lines within a range. */
import type { TextRange } from '#shared/query/query-error'
import type { LogSelector, RangeAggregation, Unwrap } from './expression.ts'
import { LogqlError } from './logql-error.ts'
import { parseGrouping } from './parse-grouping.ts'
import { parsePipeline, parseSelector, type Pipeline } from './parse-pipeline.ts'
import { inOrder } from './stage.ts'
import type { TokenReader } from './token-reader.ts'

/** What a function is of: lines, a label's numbers, or either. */
const takes: ReadonlyMap<string, 'lines' | 'numbers' | 'either'> = new Map([
  ['rate', 'either'],
  ['absent_over_time', 'either'],
  ...['count_over_time', 'bytes_rate', 'bytes_over_time'].map((name) => [name, 'lines'] as const),
  ...['avg', 'sum', 'min', 'max', 'stddev', 'stdvar', 'quantile', 'first', 'last'].map(
    (name) => [`${name}_over_time`, 'numbers'] as const,
  ),
])

export const rangeOperators: ReadonlySet<string> = new Set(takes.keys())

/** They keep groups apart before the numbers are put together. */
const groupable = /^(?:avg|stddev|stdvar|quantile|max|min|first|last)_over_time$/u

export function parseRangeAggregation(reader: TokenReader): RangeAggregation {
  const { from, to } = reader.next
  const name = reader.keyword ?? ''
  reader.take()
  reader.expect('(')
  const parameter = name === 'quantile_over_time' ? parseQuantile(reader) : NaN
  const range = parseRange(reader)
  reader.expect(')')
  const grouping = parseRangeGrouping(reader, name)
  checkUnwrap(name, range.unwrap, { from, to })
  return {
    kind: 'call',
    name,
    args: [],
    ...range,
    parameter,
    grouping: name === 'absent_over_time' ? { names: new Set(), without: false } : grouping,
    ...reader.rangeFrom(from),
  }
}

function parseRangeGrouping(reader: TokenReader, name: string): RangeAggregation['grouping'] {
  const { from } = reader.next
  const grouping = parseGrouping(reader)
  if (grouping !== undefined && !groupable.test(name))
    throw new LogqlError(
      'type',
      reader.rangeFrom(from),
      `“${name}” has no groups of its own: put “sum by (…)” around it.`,
    )
  return grouping
}

function parseQuantile(reader: TokenReader): number {
  const { next } = reader
  if (next.kind !== 'literal' || next.type !== 'number') throw reader.unexpected('A number')
  reader.take()
  reader.expect(',')
  return next.value
}

function checkUnwrap(name: string, unwrap: Unwrap | undefined, range: TextRange): void {
  const wanted = takes.get(name)
  if (wanted === 'numbers' && unwrap === undefined)
    throw new LogqlError('type', range, `“${name}” needs numbers: “| unwrap label” says which.`)
  if (wanted === 'lines' && unwrap !== undefined)
    throw new LogqlError('type', range, `“${name}” counts lines, and takes no “unwrap”.`)
}

interface Range {
  readonly selector: LogSelector
  readonly unwrap: Unwrap | undefined
  readonly rangeMs: number
  readonly offsetMs: number
}

/** The range stands behind the selector or behind its pipeline, with brackets around any of it. */
function parseRange(reader: TokenReader): Range {
  return reader.nested(() => {
    if (reader.skip('(')) return parseInBrackets(reader)
    const matchers = parseSelector(reader)
    const before = parsePipeline(reader, true)
    const time = parseTime(reader)
    const isBare = before.stages.length === 0 && before.unwrap === undefined
    const { stages, unwrap } = isBare ? parsePipeline(reader, true) : before
    return { selector: { matchers, stages: inOrder(stages) }, unwrap, ...time }
  })
}

function parseInBrackets(reader: TokenReader): Range {
  if (reader.operator === '(') {
    const range = parseRange(reader)
    reader.expect(')')
    return range
  }
  const matchers = parseSelector(reader)
  const before = parsePipeline(reader, true)
  const isInside = reader.next.kind === 'range'
  if (!isInside) reader.expect(')')
  const time = parseTime(reader)
  const isBare = before.stages.length === 0 && before.unwrap === undefined
  const { stages, unwrap }: Pipeline = isInside && isBare ? parsePipeline(reader, true) : before
  if (isInside) reader.expect(')')
  return { selector: { matchers, stages: inOrder(stages) }, unwrap, ...time }
}

function parseTime(reader: TokenReader): Pick<Range, 'rangeMs' | 'offsetMs'> {
  const { next } = reader
  if (next.kind !== 'range') throw reader.unexpected('A range, such as [5m],')
  reader.take()
  if (!reader.skipWord('offset')) return { rangeMs: next.rangeMs, offsetMs: 0 }
  const sign = reader.skip('-') ? -1 : 1
  const offset = reader.next
  if (offset.kind !== 'literal' || offset.type !== 'duration') throw reader.unexpected('A length of time')
  reader.take()
  return { rangeMs: next.rangeMs, offsetMs: (sign * offset.value) / 1e6 }
}
