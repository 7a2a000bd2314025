import { TokenReader as AnyTokenReader } from '#shared/query/token-reader'
import { readTokens, type Token } from './tokens.ts'
import { TraceqlError } from './traceql-error.ts'

/** Goes through the words of a TraceQL query. */
export class TokenReader extends AnyTokenReader<Token, TraceqlError> {
  constructor(query: string) {
    super(query, readTokens, TraceqlError)
  }
}
