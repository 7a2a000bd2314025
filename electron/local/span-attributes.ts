/** What spans say of themselves, as numbers: a search that asks for an attribute reads no text. */
import type { ByteText } from '#shared/base/byte-text'
import { textOf } from '#shared/base/byte-text'
import { TextInterner } from '#shared/import/text-interner'
import type { PairPlace, PairType } from '#shared/import/visit'
import type { Value } from '#shared/query/traceql/value'

const firstCapacity = 4_096

/** Types of values that are told apart. */
const types = ['string', 'int', 'float', 'boolean'] as const

/** The attributes of spans, which are added one after the other, by their number from 0. */
export class SpanAttributes {
  readonly #keys = new TextInterner()
  /** Spellings of each type, and the value that each stands for, in parallel. */
  readonly #spellings = types.map(() => new TextInterner())
  readonly #valueOf = types.map((): number[] => [])
  readonly #values: Value[] = []
  /** The pairs of span i are those from `ends[i - 1]` to before `ends[i]`. */
  #ends = new Int32Array(firstCapacity)
  #key = new Int32Array(firstCapacity)
  #value = new Int32Array(firstCapacity)
  #spans = 0
  #pairs = 0
  readonly #eventKeys = new TextInterner()
  /** Keys that the events of span i have are those from `eventEnds[i - 1]` to before `eventEnds[i]`, each once. */
  #eventEnds = new Int32Array(firstCapacity)
  #eventKey = new Int32Array(firstCapacity)
  #eventPairs = 0
  /** Numbers of keys that were asked for. */
  readonly #keyNumbers = new Map<string, number>()
  readonly #eventKeyNumbers = new Map<string, number>()

  /** Keys of the attributes of spans, each once. */
  get keys(): readonly string[] {
    return this.#keys.texts
  }

  /** Keys of the attributes of events. */
  get eventKeys(): readonly string[] {
    return this.#eventKeys.texts.filter((key) => key !== 'name')
  }

  /** For `visitBytes`: a pair of the span that is added. */
  pair(place: PairPlace, key: ByteText, value: ByteText, type: PairType): boolean {
    if (place === 'event') this.#addEventKey(this.#eventKeys.add(key.bytes, key.start, key.end, false))
    // An entry of a map has no name of its own in TraceQL.
    if (place !== 'attribute' || type === 'null' || type === 'inner') return false
    this.#add(this.#keys.add(key.bytes, key.start, key.end, false), this.#numberOf(value, type))
    return false
  }

  /** No more of the span comes. */
  endSpan(): void {
    if (this.#spans === this.#ends.length) {
      this.#ends = grown(this.#ends)
      this.#eventEnds = grown(this.#eventEnds)
    }
    this.#eventEnds[this.#spans] = this.#eventPairs
    this.#ends[this.#spans++] = this.#pairs
  }

  /** What a span has under a key; the elements of a list as one value. */
  valueOf(span: number, key: string): Value | undefined {
    const number = numberIn(this.#keys, key, this.#keyNumbers)
    if (number < 0) return undefined
    const end = this.#ends[span]
    for (let pair = span === 0 ? 0 : this.#ends[span - 1]; pair < end; pair++)
      if (this.#key[pair] === number) return this.#values[this.#value[pair]]
    return undefined
  }

  /** Whether an event of a span has that key: to look at what it says, the span has to be decoded. */
  hasEventKey(span: number, key: string): boolean {
    const number = numberIn(this.#eventKeys, key, this.#eventKeyNumbers)
    const end = this.#eventEnds[span]
    for (let pair = span === 0 ? 0 : this.#eventEnds[span - 1]; pair < end; pair++)
      if (this.#eventKey[pair] === number) return true
    return false
  }

  #addEventKey(key: number): void {
    for (let pair = this.#eventPairs - 1; pair >= this.#firstEventPair(); pair--)
      if (this.#eventKey[pair] === key) return
    if (this.#eventPairs === this.#eventKey.length) this.#eventKey = grown(this.#eventKey)
    this.#eventKey[this.#eventPairs++] = key
  }

  #firstEventPair(): number {
    return this.#spans === 0 ? 0 : this.#eventEnds[this.#spans - 1]
  }

  #add(key: number, value: number): void {
    const last = this.#pairs - 1
    const isSameSpan = this.#spans === 0 || last >= this.#ends[this.#spans - 1]
    if (last >= 0 && isSameSpan && this.#key[last] === key) {
      // The elements of a list come one by one under its key.
      this.#value[last] = this.#listOf(this.#values[this.#value[last]], this.#values[value])
      return
    }
    if (this.#pairs === this.#key.length) {
      this.#key = grown(this.#key)
      this.#value = grown(this.#value)
    }
    this.#key[this.#pairs] = key
    this.#value[this.#pairs++] = value
  }

  #listOf(before: Value, next: Value): number {
    const items = before.type === 'list' ? before.value : [before]
    return this.#values.push({ type: 'list', value: [...items, next] }) - 1
  }

  #numberOf(value: ByteText, type: (typeof types)[number]): number {
    const at = types.indexOf(type)
    const spelling = this.#spellings[at].add(value.bytes, value.start, value.end, false)
    return (this.#valueOf[at][spelling] ??=
      this.#values.push(
        valueFrom(type, type === 'string' ? this.#spellings[at].texts[spelling] : textOf(value)),
      ) - 1)
  }
}

/** The number of a key, looked for once; -1 where no span has it. Keys must be complete. */
function numberIn({ texts }: TextInterner, key: string, known: Map<string, number>): number {
  let number = known.get(key)
  if (number === undefined) known.set(key, (number = texts.indexOf(key)))
  return number
}

function valueFrom(type: (typeof types)[number], text: string): Value {
  if (type === 'string') return { type, value: text }
  return type === 'boolean' ? { type, value: text === 'true' } : { type, value: Number(text) }
}

function grown(from: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const to = new Int32Array(from.length * 2)
  to.set(from)
  return to
}
