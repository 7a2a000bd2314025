/** What a search wants to know from the bytes of a span: asked together, so that each span is walked once whatever the filter. */
import { type ByteText, TextMatcher } from '#shared/base/byte-text'
import type { PairListener, SpanReader } from '#shared/derive/find/span-reader'
import type { ReadyTest } from '#shared/derive/find/text-test'
import type { SpanIndex, Trace } from '#shared/trace/table'

interface Question {
  /** Undefined: any key, and the key itself counts too. */
  readonly key: string | undefined
  readonly keyMatcher: TextMatcher | undefined
  readonly test: ReadyTest
  /** One byte per scope: 1 = its resource or scope says so, 2 = it does not, 0 = not looked at. */
  readonly scopes: Uint8Array
  /** Whether the bytes of a row might answer yes. */
  readonly mightBe: (row: SpanIndex) => boolean
}

/** The questions of one filter, and their answers for the row that was asked about last. */
export class SpanFacts {
  readonly #trace: Trace
  readonly #reader: SpanReader
  readonly #questions: Question[] = []
  readonly #listener: PairListener
  #row: SpanIndex = -1
  #answers = new Uint8Array(0)
  /** Questions to which the span's own bytes may still say yes. */
  readonly #open: number[] = []

  constructor(trace: Trace, reader: SpanReader) {
    this.#trace = trace
    this.#reader = reader
    this.#listener = { pair: (_place, key, value) => this.#hear(key, value) }
  }

  /** Whether a key or value anywhere in the span, its events, links, resource or scope passes the test. */
  text(test: ReadyTest): (row: SpanIndex) => boolean {
    return this.#ask(undefined, test)
  }

  /** Whether the span, its events, links, resource or scope have that key (in any case) with a value that passes. */
  attribute(key: string, test: ReadyTest): (row: SpanIndex) => boolean {
    return this.#ask(key, test)
  }

  #ask(key: string | undefined, test: ReadyTest): (row: SpanIndex) => boolean {
    // Values tell spans apart better than keys, which most of them share.
    const hint = test.mustContain.length >= 2 || key === undefined ? test.mustContain : key
    const number =
      this.#questions.push({
        key: key?.toLowerCase(),
        keyMatcher: key === undefined ? undefined : new TextMatcher(key),
        test,
        scopes: new Uint8Array(this.#trace.scopes.length),
        mightBe: hint === '' ? () => true : this.#reader.mightContain(hint),
      }) - 1
    this.#answers = new Uint8Array(this.#questions.length)
    return (row) => {
      if (row !== this.#row) this.#look(row)
      return this.#answers[number] === 1
    }
  }

  #look(row: SpanIndex): void {
    this.#row = row
    const open = this.#open
    open.length = 0
    for (const [number, question] of this.#questions.entries()) {
      const yes = this.#scopeSays(question, this.#trace.spans.scope[row])
      this.#answers[number] = yes ? 1 : 0
      if (!yes && question.mightBe(row)) open.push(number)
    }
    if (open.length > 0) this.#reader.visit(row, this.#listener)
  }

  /** One pair of the span being walked; true when nothing more needs to be known of it. */
  #hear(key: ByteText, value: ByteText): boolean {
    const open = this.#open
    for (let at = open.length - 1; at >= 0; at--) {
      const { keyMatcher, test } = this.#questions[open[at]]
      const yes =
        keyMatcher === undefined
          ? test.ofBytes(value) || test.ofBytes(key)
          : keyMatcher.is(key.bytes, key.start, key.end) && test.ofBytes(value)
      if (!yes) continue
      this.#answers[open[at]] = 1
      open.splice(at, 1)
    }
    return open.length === 0
  }

  #scopeSays(question: Question, scope: number): boolean {
    if (scope < 0) return false
    if (question.scopes[scope] === 0) {
      const { key, test } = question
      const yes = this.#reader
        .scopePairs(scope)
        .some((pair) =>
          key === undefined
            ? test.ofString(pair.value) || test.ofString(pair.key)
            : pair.key.toLowerCase() === key && test.ofString(pair.value),
        )
      question.scopes[scope] = yes ? 1 : 2
    }
    return question.scopes[scope] === 1
  }
}
