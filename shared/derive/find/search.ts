/** Answers a filter for the rows of a trace: a mask, worked out in slices so that it can be stopped and shown half done. */
import type { Comparison, Filter } from '#shared/derive/find/filter'
import { saidBySpan } from '#shared/derive/find/said-by-span'
import type { SpanReader } from '#shared/derive/find/span-reader'
import { type ReadyTest, readyTest } from '#shared/derive/find/text-test'
import { SpanFlag, type SpanIndex, type SpanTable, type Trace } from '#shared/trace/table'

type RowTest = (row: SpanIndex) => boolean

/** A search under way. */
export class Search {
  /** One byte per row, 1 = matches; final up to `done`. */
  readonly mask: Uint8Array
  /** Matches among the rows that are done. */
  count = 0
  /** Rows looked at. */
  done = 0
  readonly #test: RowTest
  readonly #spans: SpanTable

  constructor(trace: Trace, filter: Filter, reader: SpanReader) {
    this.#spans = trace.spans
    this.mask = new Uint8Array(trace.spans.length)
    this.#test = rowTest(trace, filter, reader)
  }

  get finished(): boolean {
    return this.done >= this.#spans.length
  }

  /** Looks at the next `rows` rows. Missing rows never match. */
  advance(rows: number): void {
    const { flags, length } = this.#spans
    const to = Math.min(length, this.done + rows)
    for (let row = this.done; row < to; row++) {
      if ((flags[row] & SpanFlag.missing) !== 0 || !this.#test(row)) continue
      this.mask[row] = 1
      this.count++
    }
    this.done = to
  }
}

/** A filter as one function of a row: columns are asked first, the bytes of a span only where they must decide. */
function rowTest(trace: Trace, filter: Filter, reader: SpanReader): RowTest {
  const { spans } = trace
  switch (filter.kind) {
    case 'and': {
      const tests = inOrderOfCost(filter.of).map((part) => rowTest(trace, part, reader))
      return (row) => tests.every((test) => test(row))
    }
    case 'or': {
      const tests = inOrderOfCost(filter.of).map((part) => rowTest(trace, part, reader))
      return (row) => tests.some((test) => test(row))
    }
    case 'not': {
      const test = rowTest(trace, filter.of, reader)
      return (row) => !test(row)
    }
    case 'service': {
      const passes = perString(trace.services, readyTest(filter.test))
      return (row) => passes(spans.service[row])
    }
    case 'name': {
      const passes = perString(trace.names, readyTest(filter.test))
      return (row) => passes(spans.name[row])
    }
    case 'text': {
      const test = readyTest({ kind: 'contains', text: filter.text })
      const names = perString(trace.names, test)
      const services = perString(trace.services, test)
      const said = saidBySpan(trace, reader, undefined, test)
      return (row) => names(spans.name[row]) || services(spans.service[row]) || said(row)
    }
    case 'attribute':
      return saidBySpan(trace, reader, filter.key, readyTest(filter.test))
    case 'attribute-number':
      return saidBySpan(trace, reader, filter.key, numberTest(filter.op, filter.value))
    case 'kind':
      return (row) => spans.kind[row] === filter.spanKind
    case 'status':
      return statusTest(spans, filter.status)
    case 'has':
      return hasTest(spans, filter.what)
    case 'measure':
      return measureTest(spans, filter.column, filter.op, filter.value)
    default:
      return idTest(trace, filter.trace, filter.span)
  }
}

/** Those that need the bytes of a span come last. */
function inOrderOfCost(filters: readonly Filter[]): readonly Filter[] {
  return filters.toSorted((a, b) => Number(needsBytes(a)) - Number(needsBytes(b)))
}

function needsBytes(filter: Filter): boolean {
  if (filter.kind === 'not') return needsBytes(filter.of)
  if (filter.kind === 'and' || filter.kind === 'or') return filter.of.some(needsBytes)
  return filter.kind === 'text' || filter.kind === 'attribute' || filter.kind === 'attribute-number'
}

/** Asks each string once, when a row first has it: all at once could not be stopped. */
function perString(strings: readonly string[], test: ReadyTest): (index: number) => boolean {
  /** 0 = not asked yet, 1 = passes, 2 = does not. */
  const passes = new Uint8Array(strings.length)
  return (index) => {
    if (passes[index] === 0) passes[index] = test.ofString(strings[index]) ? 1 : 2
    return passes[index] === 1
  }
}

function statusTest({ flags }: SpanTable, status: 'error' | 'ok' | 'unset'): RowTest {
  const both = SpanFlag.error | SpanFlag.ok
  if (status === 'unset') return (row) => (flags[row] & both) === 0
  const wanted = SpanFlag[status]
  return (row) => (flags[row] & wanted) !== 0
}

function hasTest(spans: SpanTable, what: 'events' | 'links' | 'error'): RowTest {
  if (what === 'events') return (row) => spans.eventStart[row + 1] > spans.eventStart[row]
  if (what === 'links') return (row) => spans.linkCount[row] > 0
  return (row) => (spans.flags[row] & (SpanFlag.error | SpanFlag.exception)) !== 0
}

function measureTest(
  spans: SpanTable,
  column: 'duration' | 'self' | 'depth',
  op: Comparison,
  value: number,
): RowTest {
  const values = spans[column]
  // `duration=218ms` is meant as it is shown, to three digits.
  const compare = column === 'depth' ? comparer(op, value) : comparer(op, value, halfOfThirdDigit(value))
  return (row) => compare(values[row])
}

function halfOfThirdDigit(value: number): number {
  return value > 0 ? 10 ** (Math.floor(Math.log10(value)) - 2) / 2 : 0
}

function comparer(op: Comparison, value: number, tolerance = 0): (other: number) => boolean {
  switch (op) {
    case '<':
      return (other) => other < value
    case '<=':
      return (other) => other <= value
    case '>':
      return (other) => other > value
    case '>=':
      return (other) => other >= value
    default:
      return (other) => Math.abs(other - value) <= tolerance
  }
}

/** Compares a value written as a number; a text that is none never passes. */
function numberTest(op: Comparison, value: number): ReadyTest {
  const compare = comparer(op, value)
  const ofString = (text: string): boolean => text.trim() !== '' && compare(Number(text))
  return {
    ofString,
    ofBytes: ({ bytes, start, end }) => {
      // Every number starts with a digit, a sign or a point, and few values do.
      const first = bytes[start]
      if (start === end || !((first >= 0x30 && first <= 0x39) || (first >= 0x2b && first <= 0x2e)))
        return false
      return ofString(String.fromCharCode(...bytes.subarray(start, Math.min(end, start + 40))))
    },
    mustContain: '',
  }
}

function idTest(trace: Trace, traceId: string | undefined, spanId: string | undefined): RowTest {
  if (traceId !== undefined && traceId !== trace.traceId) return () => false
  if (spanId === undefined) return () => true
  const high = Number.parseInt(spanId.slice(0, 8), 16)
  const low = Number.parseInt(spanId.slice(8), 16)
  const { idHigh, idLow } = trace.spans
  return (row) => idLow[row] === low && idHigh[row] === high
}
