/** From the text of a find to its filter: `or` binds least, then standing side by side or `and`, then `-` and `not`. */
import { type Filter, type FilterError, FilterSyntaxError } from '#shared/derive/find/filter'
import { pairTerm, wordTerm } from '#shared/derive/find/terms'
import { readTokens, type Token } from '#shared/derive/find/tokens'

/** A filter, or why the text is none; neither for a text that says nothing. */
export interface ParsedFilter {
  readonly filter: Filter | undefined
  readonly error: FilterError | undefined
}

/** Brackets within brackets beyond this are a slip of the keyboard. */
const deepestNesting = 100

/** Never throws because of what the text says. Cost: its length. */
export function parseFilter(text: string): ParsedFilter {
  try {
    const tokens = readTokens(text)
    if (tokens.length === 0) return { filter: undefined, error: undefined }
    const parser = new Parser(tokens, text.length)
    return { filter: parser.all(), error: undefined }
  } catch (thrown) {
    if (!(thrown instanceof FilterSyntaxError)) throw thrown
    return { filter: undefined, error: { message: thrown.message, from: thrown.from, to: thrown.to } }
  }
}

class Parser {
  readonly #tokens: readonly Token[]
  readonly #length: number
  #at = 0
  #nesting = 0

  constructor(tokens: readonly Token[], length: number) {
    this.#tokens = tokens
    this.#length = length
  }

  all(): Filter {
    const filter = this.#either()
    const rest = this.#tokens[this.#at]
    if (rest !== undefined)
      throw new FilterSyntaxError(
        'This ) closes nothing; to look for it, put it in quotes.',
        rest.from,
        rest.to,
      )
    return filter
  }

  #either(): Filter {
    const parts = [this.#both()]
    while (this.#tokens[this.#at]?.kind === 'or') {
      this.#at++
      parts.push(this.#both())
    }
    return parts.length === 1 ? parts[0] : { kind: 'or', of: parts }
  }

  #both(): Filter {
    const parts = [this.#one()]
    for (let next = this.#tokens[this.#at]; next !== undefined; next = this.#tokens[this.#at]) {
      if (next.kind === ')' || next.kind === 'or') break
      if (next.kind === 'and') this.#at++
      parts.push(this.#one())
    }
    return parts.length === 1 ? parts[0] : { kind: 'and', of: parts }
  }

  #one(): Filter {
    let negated = false
    let token = this.#tokens[this.#at]
    while (token?.kind === '-' || token?.kind === 'not') {
      negated = !negated
      token = this.#tokens[++this.#at]
    }
    const filter = this.#term(token)
    return negated ? { kind: 'not', of: filter } : filter
  }

  #term(token: Token | undefined): Filter {
    if (token === undefined) throw this.#unfinished()
    this.#at++
    switch (token.kind) {
      case 'word':
        return wordTerm(token.word)
      case 'pair':
        return pairTerm(token)
      case '(':
        return this.#group(token)
      default:
        throw new FilterSyntaxError(
          token.kind === ')'
            ? 'There is nothing before this ).'
            : `\`${token.kind}\` stands between two terms; to look for the word, put it in quotes.`,
          token.from,
          token.to,
        )
    }
  }

  #group(open: Token): Filter {
    if (++this.#nesting > deepestNesting)
      throw new FilterSyntaxError('There are too many brackets within brackets.', open.from, open.to)
    const filter = this.#either()
    if (this.#tokens[this.#at]?.kind !== ')')
      throw new FilterSyntaxError('This ( is not closed.', open.from, open.to)
    this.#at++
    this.#nesting--
    return filter
  }

  #unfinished(): FilterSyntaxError {
    const last = this.#tokens[this.#tokens.length - 1]
    return new FilterSyntaxError(`Something must follow \`${last.kind}\`.`, last.from, this.#length)
  }
}
