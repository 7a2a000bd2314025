import { RegexError, wholeTextRegex } from '#shared/query/re2'
import type { FieldExpression } from './expression.ts'
import { TraceqlError } from './traceql-error.ts'
import { valueText } from './value.ts'

/** The regular expression that a text is; the whole of a value must match it. Throws TraceqlError when it is none. */
export function compileRegex(literal: FieldExpression & { readonly kind: 'literal' }): RegExp {
  try {
    return wholeTextRegex(valueText(literal.value))
  } catch (error) {
    if (error instanceof RegexError) throw new TraceqlError('syntax', literal, error.message)
    throw error
  }
}
