/** Whether a span, its events, links, resource or scope say something: asked of bytes, decoded only where they must be. */
import { TextMatcher } from '#shared/base/byte-text'
import type { PairListener, SpanReader } from '#shared/derive/find/span-reader'
import type { ReadyTest } from '#shared/derive/find/text-test'
import type { ScopeIndex, SpanIndex, Trace } from '#shared/trace/table'

/**
 * A test of rows: one of their pairs has that key (in any case) and a value that passes; without a key, any key or value passes.
 * A resource is asked once, however many spans it has. A span is walked only if a look at its bytes as they lie does not rule it out.
 */
export function saidBySpan(
  trace: Trace,
  reader: SpanReader,
  key: string | undefined,
  test: ReadyTest,
): (row: SpanIndex) => boolean {
  const { scope } = trace.spans
  const lowerKey = key?.toLowerCase()
  /** 0 = not asked yet. */
  const scopes = new Uint8Array(trace.scopes.length)
  const scopeSays = (index: ScopeIndex): boolean => {
    if (scopes[index] === 0) scopes[index] = saidByScope(reader, index, lowerKey, test) ? 1 : 2
    return scopes[index] === 1
  }
  // Values tell spans apart better than keys, which most of them share.
  const hint = test.mustContain.length >= 2 || key === undefined ? test.mustContain : key
  const mightSay = hint === '' ? () => true : reader.mightContain(hint)
  const listener = key === undefined ? new AnyListener(test) : new KeyListener(key, test)
  return (row) => {
    if (scope[row] >= 0 && scopeSays(scope[row])) return true
    if (!mightSay(row)) return false
    listener.heard = false
    reader.visit(row, listener)
    return listener.heard
  }
}

function saidByScope(
  reader: SpanReader,
  scope: ScopeIndex,
  key: string | undefined,
  test: ReadyTest,
): boolean {
  return reader
    .scopePairs(scope)
    .some((pair) =>
      key === undefined
        ? test.ofString(pair.value) || test.ofString(pair.key)
        : pair.key.toLowerCase() === key && test.ofString(pair.value),
    )
}

class AnyListener implements PairListener {
  heard = false
  readonly #test: ReadyTest

  constructor(test: ReadyTest) {
    this.#test = test
  }

  pair(...[, key, value]: Parameters<PairListener['pair']>): boolean {
    return (this.heard ||= this.#test.ofBytes(value) || this.#test.ofBytes(key))
  }
}

class KeyListener implements PairListener {
  heard = false
  readonly #key: TextMatcher
  readonly #test: ReadyTest

  constructor(key: string, test: ReadyTest) {
    this.#key = new TextMatcher(key)
    this.#test = test
  }

  pair(...[, key, value]: Parameters<PairListener['pair']>): boolean {
    return (this.heard ||= this.#key.is(key.bytes, key.start, key.end) && this.#test.ofBytes(value))
  }
}
