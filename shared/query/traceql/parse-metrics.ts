import type { Field, Metrics, MetricsOperator } from './expression.ts'
import { parseField, parseFields, parseStatic } from './parse-field.ts'
import type { TokenReader } from './token-reader.ts'
import { TraceqlError } from './traceql-error.ts'
import { numberOf } from './value.ts'

export const metricsOperators: ReadonlySet<string> = new Set<MetricsOperator>([
  'rate',
  'count_over_time',
  'min_over_time',
  'max_over_time',
  'avg_over_time',
  'sum_over_time',
  'quantile_over_time',
  'histogram_over_time',
])

/** As many labels as Tempo allows; a histogram needs one for itself, and an average two. */
const maxGroups = 5

/** Reads what makes numbers of spans; the next word is one of `metricsOperators`. */
export function parseMetrics(reader: TokenReader): Metrics {
  const { from } = reader.next
  const op = reader.word as MetricsOperator
  reader.take()
  reader.expect('(')
  const of = op === 'rate' || op === 'count_over_time' ? undefined : parseField(reader)
  const quantiles: number[] = []
  if (op === 'quantile_over_time')
    do {
      if (quantiles.length === 0) reader.expect(',')
      quantiles.push(parseQuantile(reader))
    } while (reader.skip(','))
  reader.expect(')')
  const by = reader.word === 'by' ? parseBy(reader, op) : []
  return { op, of, quantiles, by, ...reader.rangeFrom(from) }
}

function parseQuantile(reader: TokenReader): number {
  const { next } = reader
  const quantile = numberOf(parseStatic(reader))
  if (!(quantile >= 0 && quantile <= 1))
    throw new TraceqlError('type', next, 'A quantile is a number between 0 and 1.')
  return quantile
}

function parseBy(reader: TokenReader, op: MetricsOperator): readonly Field[] {
  const { from } = reader.take()
  reader.expect('(')
  const fields = parseFields(reader)
  reader.expect(')')
  const most = /^(?:quantile|histogram|avg)/u.test(op) ? maxGroups - 1 : maxGroups
  if (fields.length > most)
    throw new TraceqlError(
      'limit',
      reader.rangeFrom(from),
      `“${op}” can be grouped by ${most} attributes at most.`,
    )
  return fields
}
