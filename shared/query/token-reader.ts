/** A place in a query's text, and what is said of it: what the readers of the query languages share. */
import type { TextRange } from '#shared/query/query-error'

/** A word of a query, as its language cuts it. */
export type AnyToken = TextRange &
  (
    | { readonly kind: 'word' | 'operator'; readonly text: string }
    /** Where the text ends; the last one. */
    | { readonly kind: 'end' }
    | { readonly kind: 'scope' | 'attribute' | 'literal' | 'flag' | 'range' }
  )

/** How a language refuses: a sentence, and the part of the query it is about. */
type Refusal<Refused> = new (kind: 'syntax' | 'limit', range: TextRange, message: string) => Refused

/** More than anyone writes, and quickly read. */
const maxCharacters = 10_000
/** Brackets and signs within one another: far from the end of any stack. */
const maxDepth = 100

/** Goes through the words of a query, one after the other. */
export class TokenReader<Token extends AnyToken, Refused extends Error> {
  readonly query: string
  readonly #tokens: readonly Token[]
  readonly #refusal: Refusal<Refused>
  #at = 0
  #depth = 0

  constructor(query: string, readTokens: (query: string) => readonly Token[], refusal: Refusal<Refused>) {
    this.#refusal = refusal
    if (query.length > maxCharacters)
      throw new refusal(
        'limit',
        { from: 0, to: query.length },
        `A query may have ${maxCharacters.toLocaleString('en')} characters.`,
      )
    this.query = query
    this.#tokens = readTokens(query)
  }

  get next(): Token {
    return this.#tokens[this.#at]
  }

  get isAtEnd(): boolean {
    return this.next.kind === 'end'
  }

  /** The token after the next one, or further on. */
  ahead(count: number): Token {
    return this.#tokens[Math.min(this.#at + count, this.#tokens.length - 1)]
  }

  /** Where the token before ended. */
  get lastEnd(): number {
    return this.#at === 0 ? 0 : this.#tokens[this.#at - 1].to
  }

  take(): Token {
    const token = this.next
    if (token.kind !== 'end') this.#at++
    return token
  }

  /** The text of the next token, when it is an operator or a bracket. */
  get operator(): string | undefined {
    return this.next.kind === 'operator' ? this.next.text : undefined
  }

  /** The text of the next token, when it is a word. */
  get word(): string | undefined {
    return this.next.kind === 'word' ? this.next.text : undefined
  }

  /** Whether the next token was this operator or bracket, and was taken. */
  skip(operator: string): boolean {
    if (this.operator !== operator) return false
    this.#at++
    return true
  }

  expect(operator: string): void {
    if (!this.skip(operator)) throw this.unexpected(`“${operator}”`)
  }

  /** What is wrong with the next token; `wanted` is what should stand there, as a noun. */
  unexpected(wanted?: string): Refused {
    const { kind, from, to } = this.next
    const instead = wanted === undefined ? '' : ` ${wanted} should follow.`
    return new this.#refusal(
      'syntax',
      { from, to },
      kind === 'end'
        ? `The query ends too early.${instead}`
        : `“${this.query.slice(from, to)}” was not expected here.${instead}`,
    )
  }

  /** Reads something that may hold itself. */
  nested<Result>(read: () => Result): Result {
    if (++this.#depth > maxDepth)
      throw new this.#refusal('limit', this.next, 'The query is nested too deeply.')
    const result = read()
    this.#depth--
    return result
  }

  /** From a place to the end of the token before. */
  rangeFrom(from: number): TextRange {
    return { from, to: this.lastEnd }
  }
}
