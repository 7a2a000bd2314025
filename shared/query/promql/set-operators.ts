/** `and`, `or` and `unless`: which series stay, step by step. */
import { type Column, Kind, emptyColumn, mergeColumns, setAt, valueAt } from './columns.ts'
import type { Binary } from './expression.ts'
import { matchAll, signatureOf } from './signature.ts'

export function combineSets(
  binary: Binary,
  left: readonly Column[],
  right: readonly Column[],
  count: number,
): Column[] {
  const { op, matching = matchAll } = binary
  const signature = ({ labels }: Column): string => signatureOf(matching, labels)
  if (op === 'or') {
    const present = presence(left, signature, count)
    const others = right.map((column) => only(column, present.get(signature(column)), false))
    return mergeColumns([...left, ...others], binary)
  }
  const present = presence(right, signature, count)
  const kept = left.map((column) => only(column, present.get(signature(column)), op === 'and'))
  return mergeColumns(kept, binary)
}

/** By signature, the steps at which a side has a series: 1 where it has. */
function presence(
  columns: readonly Column[],
  signature: (column: Column) => string,
  count: number,
): Map<string, Uint8Array> {
  const present = new Map<string, Uint8Array>()
  for (const column of columns) {
    const key = signature(column)
    const steps = present.get(key) ?? new Uint8Array(count)
    present.set(key, steps)
    for (let step = 0; step < count; step++) if (column.kinds[step] !== Kind.none) steps[step] = 1
  }
  return present
}

/** A column at the steps where the other side has its partner, or where it has not. */
function only(column: Column, present: Uint8Array | undefined, wanted: boolean): Column {
  const count = column.kinds.length
  if (present === undefined) return wanted ? emptyColumn(column.labels, count) : column
  const kept = emptyColumn(column.labels, count)
  for (let step = 0; step < count; step++)
    if ((present[step] === 1) === wanted) setAt(kept, step, valueAt(column, step))
  return kept
}
