import { cutText } from '#shared/base/cut-text'
import type { SpanIndex, Trace } from '#shared/trace/table'
import { spanIdOfRow } from '#shared/derive/span-ids'
import { ContextMenu } from '../ui/context-menu'
import type { MenuEntry } from '../ui/menu'
import { say } from '../ui/status-message'
import { nameTerm, serviceTerm } from './find-terms'
import { isMissingRow } from './span-facts'

interface Props {
  readonly trace: Trace
  readonly row: SpanIndex
  readonly isFolded: boolean
  readonly at: { readonly x: number; readonly y: number }
  readonly onSelect: (row: SpanIndex) => void
  readonly onFold: (row: SpanIndex, folded: boolean) => void
  readonly onFrame: (row: SpanIndex) => void
  readonly onFilter: (term: string, exclude: boolean) => void
  readonly onClose: () => void
}

/** What can be done with a row, at the pointer; everything in it has a key or a button elsewhere. */
export function RowMenu({ trace, row, isFolded, at, onSelect, onFold, onFrame, onFilter, onClose }: Props) {
  const { spans, services, names } = trace
  const service = services[spans.service[row]]
  const name = names[spans.name[row]]
  const id = spanIdOfRow(spans, row)
  const entries: MenuEntry[] = [
    { id: 'select', label: 'Show details', icon: 'span', keys: 'Enter', run: () => onSelect(row) },
    { id: 'frame', label: 'Frame in time', icon: 'fit', keys: 'F', run: () => onFrame(row) },
  ]
  if (spans.childCount[row] > 0)
    entries.push({
      id: 'fold',
      label: isFolded ? 'Unfold' : 'Fold',
      icon: isFolded ? 'down' : 'right',
      keys: isFolded ? 'ArrowRight' : 'ArrowLeft',
      run: () => onFold(row, !isFolded),
    })
  if (!isMissingRow(trace, row))
    entries.push(
      { id: 'name', label: `Find ${cut(name)}`, icon: 'filter', run: () => onFilter(nameTerm(name), false) },
      {
        id: 'service',
        label: `Find ${cut(service)}`,
        icon: 'filter',
        run: () => onFilter(serviceTerm(service), false),
      },
      {
        id: 'not',
        label: `Exclude ${cut(service)}`,
        icon: 'exclude',
        run: () => onFilter(serviceTerm(service), true),
      },
    )
  entries.push({ id: 'copy', label: 'Copy span id', icon: 'copy', note: id, run: () => void copy(id) })
  return <ContextMenu label="Span" at={at} entries={entries} onClose={onClose} />
}

const cut = (text: string): string => cutText(text, 36)

async function copy(id: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(id)
    say('Copied the span id.')
  } catch (cause) {
    say(`The browser did not let Clew copy: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
}
