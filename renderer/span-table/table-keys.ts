/** What a key means in the table, as in the waterfall: arrows walk and open, Enter selects. Pure: the caller does it. */
import type { SpanTableAnswer } from '../state/span-table'
import { listStep } from '../ui/list-step'
import { isOpen, lineAt, lineCount, lineOfGroup, type TableLine } from './table-lines'

export type TableStep =
  | { readonly kind: 'focus'; readonly index: number }
  | { readonly kind: 'open' | 'close' | 'select'; readonly line: TableLine }

/** The step a key asks for; undefined when it asks for nothing here. `index` is the line with the keyboard, -1 for none. */
export function tableStep(
  key: string,
  table: SpanTableAnswer,
  index: number,
  pageLines: number,
): TableStep | undefined {
  const last = lineCount(table) - 1
  if (last < 0) return undefined
  const walked = listStep(key, index, last, pageLines)
  if (walked !== undefined) return { kind: 'focus', index: walked }
  const line = lineAt(table, index)
  if (line === undefined) return undefined
  const isGroup = line.kind === 'group'
  const opened = isOpen(table, line.at)
  switch (key) {
    case 'Enter':
    case ' ':
      return { kind: !isGroup ? 'select' : opened ? 'close' : 'open', line }
    case 'ArrowRight':
      if (!isGroup) return undefined
      return opened ? { kind: 'focus', index: Math.min(index + 1, last) } : { kind: 'open', line }
    case 'ArrowLeft':
      if (!isGroup) return { kind: 'focus', index: lineOfGroup(table, line.at) }
      return opened ? { kind: 'close', line } : undefined
    default:
      return undefined
  }
}
