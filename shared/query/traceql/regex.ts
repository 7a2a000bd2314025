import { type Regex, wholeTextRegex } from '#shared/query/re2'
import type { FieldExpression } from './expression.ts'
import { TraceqlError } from './traceql-error.ts'
import { valueText } from './value.ts'

/** The regular expression that a text is; the whole of a value must match it. Throws TraceqlError when it is none, or a value is too long for it. */
export function compileRegex(literal: FieldExpression & { readonly kind: 'literal' }): Regex {
  return wholeTextRegex(valueText(literal.value), (message) => new TraceqlError('syntax', literal, message))
}
