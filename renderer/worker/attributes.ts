/** Columns of attributes of a trace, read once and kept: the table, the flame graph and colours ask for the same ones. */
import {
  type AttributeColumn,
  type AttributeKey,
  ColumnReading,
  KeysReading,
} from '#shared/derive/attribute-column'
import type { SpanReader } from '#shared/derive/find/span-reader'
import { TextInterner } from '#shared/import/index'
import type { Trace } from '#shared/trace/table'
import { type Environment, Pace } from './environment'

/** Columns kept for a trace, 4 bytes a span each; the one used least recently goes first. */
const mostColumns = 4
/** Keys that are offered: more than anybody reads, and a trace may have a million. */
const mostKeys = 10_000
/** Rows looked at between two looks at the clock. */
const rowsAtOnce = 1_000

export class Attributes {
  readonly #trace: Trace
  readonly #reader: SpanReader
  readonly #environment: Environment
  /** Least recently used first. */
  readonly #columns = new Map<string, AttributeColumn>()
  #keys: readonly AttributeKey[] | undefined

  constructor(trace: Trace, reader: SpanReader, environment: Environment) {
    this.#trace = trace
    this.#reader = reader
    this.#environment = environment
  }

  /** The keys of most spans first. */
  async keys(signal: AbortSignal): Promise<readonly AttributeKey[]> {
    if (this.#keys !== undefined) return this.#keys
    const reading = new KeysReading(this.#trace, this.#reader, new TextInterner())
    await this.#finish(reading, signal)
    this.#keys = reading.keys(mostKeys)
    return this.#keys
  }

  /** `onRows` hears how many rows have been looked at. */
  async column(key: string, signal: AbortSignal, onRows?: (done: number) => void): Promise<AttributeColumn> {
    let column = this.#columns.get(key)
    if (column === undefined) {
      const reading = new ColumnReading(this.#trace, key, this.#reader, new TextInterner())
      await this.#finish(reading, signal, () => onRows?.(reading.done))
      column = reading.column()
    }
    this.#columns.delete(key)
    this.#columns.set(key, column)
    for (const oldest of this.#columns.keys()) {
      if (this.#columns.size <= mostColumns) break
      this.#columns.delete(oldest)
    }
    return column
  }

  async #finish(
    reading: { readonly finished: boolean; advance(rows: number): void },
    signal: AbortSignal,
    onStep?: () => void,
  ): Promise<void> {
    const pace = new Pace(this.#environment)
    while (!reading.finished) {
      reading.advance(rowsAtOnce)
      await pace.rest(signal)
      onStep?.()
    }
  }
}
