/**
 * What every span says under one attribute key, as a column; and which keys there are. Read from the kept bytes in slices, so that it can
 * be stopped. A span's own attribute counts before that of its resource or instrumentation scope; events and links have no say.
 */
import { packTexts, type TextList } from '#shared/base/text-list'
import type { PairListener, SpanReader } from '#shared/derive/find/span-reader'
import { SpanFlag, type SpanTable, type Trace } from '#shared/trace/table'

/** Texts by their bytes, each with one index; shared/import has it (`TextInterner`). */
export interface TextIndex {
  readonly texts: readonly string[]
  /** UTF-8, without escapes. */
  add(bytes: Uint8Array, start: number, end: number, escaped: boolean): number
  addString(text: string): number
}

export interface AttributeColumn {
  readonly key: string
  /** Per row: an index into `values`; -1 where nothing is said, and for a missing row. */
  readonly valueOf: Int32Array
  /** The value of most spans first, equals in order of first appearance. A list is its elements with commas; very long values are cut. */
  readonly values: TextList
  /** Spans that say it, parallel to `values`. */
  readonly counts: Int32Array
}

export interface AttributeKey {
  readonly key: string
  /** Spans that have it, themselves or through their resource. */
  readonly spanCount: number
}

/** Reads one key; its letters are taken as they are. */
export class ColumnReading {
  readonly #trace: Trace
  readonly #key: string
  readonly #reader: SpanReader
  readonly #texts: TextIndex
  readonly #valueOf: Int32Array
  /** Index of the text each scope says; -1 = nothing, -2 = not asked yet. */
  readonly #scopes: Int32Array
  readonly #mightSay: (row: number) => boolean
  readonly #listener: ValueListener
  #done = 0

  constructor(trace: Trace, key: string, reader: SpanReader, texts: TextIndex) {
    this.#trace = trace
    this.#key = key
    this.#reader = reader
    this.#texts = texts
    this.#valueOf = new Int32Array(trace.spans.length).fill(-1)
    this.#scopes = new Int32Array(trace.scopes.length).fill(-2)
    this.#mightSay = reader.mightContain(key)
    this.#listener = new ValueListener(key, texts)
  }

  /** Rows looked at. */
  get done(): number {
    return this.#done
  }

  get finished(): boolean {
    return this.#done >= this.#valueOf.length
  }

  /** Looks at the next `rows` rows. */
  advance(rows: number): void {
    const { scope } = this.#trace.spans
    const to = Math.min(this.#valueOf.length, this.#done + rows)
    for (let row = this.#done; row < to; row++) {
      if (scope[row] < 0) continue
      const own = this.#mightSay(row) ? this.#listener.hear(this.#reader, row) : -1
      this.#valueOf[row] = own >= 0 ? own : this.#saidByScope(scope[row])
    }
    this.#done = to
  }

  /** The column, once finished. */
  column(): AttributeColumn {
    const { texts } = this.#texts
    const valueOf = this.#valueOf
    const counts = new Int32Array(texts.length)
    for (const value of valueOf) if (value >= 0) counts[value]++
    const order = Int32Array.from(texts.keys()).sort((a, b) => counts[b] - counts[a] || a - b)
    const rank = new Int32Array(texts.length)
    for (const [at, value] of order.entries()) rank[value] = at
    for (let row = 0; row < valueOf.length; row++) if (valueOf[row] >= 0) valueOf[row] = rank[valueOf[row]]
    // A value that only resources say whose spans all say another is nobody's.
    const used = order.filter((value) => counts[value] > 0)
    return {
      key: this.#key,
      valueOf,
      values: packTexts(Array.from(used, (value) => texts[value])),
      counts: used.map((value) => counts[value]),
    }
  }

  #saidByScope(scope: number): number {
    if (this.#scopes[scope] === -2) {
      const pair = this.#reader.scopePairs(scope).find(({ key }) => key === this.#key)
      this.#scopes[scope] = pair === undefined ? -1 : this.#texts.addString(pair.value)
    }
    return this.#scopes[scope]
  }
}

/** Hears what a span says under one key: the elements of a list come one by one. */
class ValueListener implements PairListener {
  readonly #texts: TextIndex
  readonly #key: Uint8Array
  #value = -1

  constructor(key: string, texts: TextIndex) {
    this.#texts = texts
    this.#key = packTexts([key]).bytes
  }

  /** Index of the text; -1 for none. */
  hear(reader: SpanReader, row: number): number {
    this.#value = -1
    reader.visit(row, this)
    return this.#value
  }

  pair(...[place, key, value]: Parameters<PairListener['pair']>): boolean {
    const isIt = place === 'attribute' && isText(this.#key, key.bytes, key.start, key.end)
    // Elements of a list follow each other: whatever comes next ends it.
    if (!isIt) return this.#value >= 0
    const index = this.#texts.add(value.bytes, value.start, value.end, false)
    const { texts } = this.#texts
    this.#value = this.#value < 0 ? index : this.#texts.addString(joined(texts[this.#value], texts[index]))
    return false
  }
}

/** A list of ten thousand elements must not become ten thousand texts, each longer than the last. */
const longestList = 500

const joined = (list: string, next: string): string => (list.length > longestList ? list : `${list}, ${next}`)

function isText(text: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== text.length) return false
  for (let i = 0; i < text.length; i++) if (text[i] !== bytes[start + i]) return false
  return true
}

/** Reads which keys spans and their resources have. */
export class KeysReading {
  readonly #spans: SpanTable
  readonly #reader: SpanReader
  readonly #texts: TextIndex
  readonly #listener: KeysListener
  /** Indexes of the keys each scope has. */
  readonly #scopes: (readonly number[] | undefined)[]
  #done = 0

  constructor(trace: Trace, reader: SpanReader, texts: TextIndex) {
    this.#spans = trace.spans
    this.#reader = reader
    this.#texts = texts
    this.#listener = new KeysListener(texts)
    this.#scopes = Array.from({ length: trace.scopes.length }, () => undefined)
  }

  get finished(): boolean {
    return this.#done >= this.#spans.length
  }

  /** Looks at the next `rows` rows. */
  advance(rows: number): void {
    const { scope, flags, length } = this.#spans
    const to = Math.min(length, this.#done + rows)
    for (let row = this.#done; row < to; row++) {
      if (scope[row] < 0 || (flags[row] & SpanFlag.missing) !== 0) continue
      this.#listener.row = row
      this.#reader.visit(row, this.#listener)
      for (const key of this.#keysOfScope(scope[row])) this.#listener.count(key)
    }
    this.#done = to
  }

  /** Most spans first, then by the letter; the first `most` of them. */
  keys(most: number): readonly AttributeKey[] {
    const { texts } = this.#texts
    const { counts } = this.#listener
    return Array.from(texts, (key, index) => ({ key, spanCount: counts[index] ?? 0 }))
      .sort((a, b) => b.spanCount - a.spanCount || (a.key < b.key ? -1 : 1))
      .slice(0, most)
  }

  #keysOfScope(scope: number): readonly number[] {
    return (this.#scopes[scope] ??= this.#reader
      .scopePairs(scope)
      .map(({ key }) => this.#texts.addString(key)))
  }
}

class KeysListener implements PairListener {
  row = 0
  readonly counts: number[] = []
  /** The row that was counted last for each key: saying it twice counts once. */
  readonly #counted: number[] = []
  readonly #texts: TextIndex

  constructor(texts: TextIndex) {
    this.#texts = texts
  }

  pair(...[place, key]: Parameters<PairListener['pair']>): boolean {
    if (place === 'attribute') this.count(this.#texts.add(key.bytes, key.start, key.end, false))
    return false
  }

  count(key: number): void {
    while (this.counts.length <= key) {
      this.counts.push(0)
      this.#counted.push(-1)
    }
    if (this.#counted[key] === this.row) return
    this.#counted[key] = this.row
    this.counts[key]++
  }
}
