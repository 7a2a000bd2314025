/** Reads labels that series are put together by. */
import type { Grouping } from './expression.ts'
import type { TokenReader } from './token-reader.ts'

/** Names in brackets; there may be none. */
export function parseNames(reader: TokenReader): readonly string[] {
  reader.expect('(')
  const names = reader.operator === ')' ? [] : reader.list(() => reader.name())
  reader.expect(')')
  return names
}

/** `by (…)` or `without (…)`; undefined where neither comes next. */
export function parseGrouping(reader: TokenReader): Grouping | undefined {
  const without = reader.keyword === 'without'
  if (!without && reader.keyword !== 'by') return undefined
  reader.take()
  return { names: new Set(parseNames(reader)), without }
}
