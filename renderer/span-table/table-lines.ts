/** The lines of the table: groups in order, and under each open one its spans. Nothing is kept per line. */
import type { SpanIndex } from '#shared/trace/table'
import type { SpanTableAnswer } from '../state/span-table'

export interface TableLine {
  readonly kind: 'group' | 'span'
  /** Place of the group, or of the span's group. */
  readonly at: number
  /** The span; of a group, one of its spans. */
  readonly row: SpanIndex
}

/** How many lines there are. */
export function lineCount({ length, open }: SpanTableAnswer): number {
  return open.reduce((count, { rows }) => count + rows.length, length)
}

/** Undefined past the end. Cost: the number of open groups. */
export function lineAt({ length, open, first }: SpanTableAnswer, index: number): TableLine | undefined {
  /** Lines that the open groups so far have put in. */
  let added = 0
  for (const group of open) {
    const line = group.at + added
    if (index <= line) break
    if (index <= line + group.rows.length)
      return { kind: 'span', at: group.at, row: group.rows[index - line - 1] }
    added += group.rows.length
  }
  const at = index - added
  return at >= 0 && at < length ? { kind: 'group', at, row: first[at] } : undefined
}

/** The line of the group at a place. */
export function lineOfGroup({ open }: SpanTableAnswer, at: number): number {
  return open.reduce((line, group) => (group.at < at ? line + group.rows.length : line), at)
}

/** The line of a span, or of its group while that is closed; -1 where neither is in the table. */
export function lineOfSpan(table: SpanTableAnswer, row: SpanIndex): number {
  const at = table.groupAt[row] ?? -1
  if (at < 0) return -1
  const inside = table.open.find((group) => group.at === at)?.rows.indexOf(row) ?? -1
  return lineOfGroup(table, at) + inside + 1
}

/** Whether the spans of the group at a place are listed. */
export function isOpen({ open }: SpanTableAnswer, at: number): boolean {
  return open.some((group) => group.at === at)
}
