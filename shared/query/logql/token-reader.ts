import type { TextRange } from '#shared/query/query-error'
import { type Refuse, RegexError } from '#shared/query/re2'
import { TokenReader as AnyTokenReader } from '#shared/query/token-reader'
import { LogqlError } from './logql-error.ts'
import { readTokens, type Token } from './tokens.ts'

/** Words of LogQL that are no names, in small letters. */
const reserved: ReadonlySet<string> = new Set(
  `and bool by decolorize drop group_left group_right ignoring json keep label_format line_format logfmt of offset on or
   pattern regexp unless unpack unwrap variants without`.split(/\s+/u),
)

/** Goes through the words of a LogQL query. */
export class TokenReader extends AnyTokenReader<Token, LogqlError> {
  constructor(query: string) {
    super(query, readTokens, LogqlError)
  }

  /** The next word in small letters, when it is one: keywords may be written in any. */
  get keyword(): string | undefined {
    return this.word?.toLowerCase()
  }

  /** Whether the next token was this word, and was taken. */
  skipWord(word: string): boolean {
    if (this.keyword !== word) return false
    this.take()
    return true
  }

  /** Whether a name comes next. */
  get isAtName(): boolean {
    return this.keyword !== undefined && !reserved.has(this.keyword)
  }

  /** The name of a label. */
  name(): string {
    const { next } = this
    if (next.kind !== 'word' || !this.isAtName) throw this.unexpected('The name of a label')
    this.take()
    return next.text
  }

  /** A text, and where it stands. */
  text(): TextRange & { readonly value: string } {
    const { next } = this
    if (next.kind !== 'literal' || next.type !== 'text') throw this.unexpected('A text in quotes')
    this.take()
    return next
  }

  /** Things with commas between them. */
  list<Item>(read: () => Item): readonly Item[] {
    const items: Item[] = []
    do items.push(read())
    while (this.skip(','))
    return items
  }
}

/** Refuses a regular expression at its place. */
export function refuseAt(range: TextRange): Refuse {
  return (message) => new LogqlError('syntax', range, message)
}

/** Names a bad pattern or template by its place. */
export function atPlace<Result>(range: TextRange, make: () => Result): Result {
  try {
    return make()
  } catch (error) {
    if (error instanceof RegexError) throw new LogqlError('syntax', range, error.message)
    throw error
  }
}
