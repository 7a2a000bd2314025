import { cutText } from '#shared/base/cut-text'
import type { SpanIndex, Trace } from '#shared/trace/table'
import { spanIdOfRow } from '#shared/derive/span-ids'
import { ContextMenu } from '../ui/context-menu'
import type { MenuEntry } from '../ui/menu'
import { say } from '../ui/status-message'
import { foldEntry } from './fold-entry'
import { nameTerm, serviceTerm } from './find-terms'
import { isMissingRow } from './span-facts'
import { type Reduce, serviceOf } from './use-reductions'

interface Props {
  readonly trace: Trace
  readonly row: SpanIndex
  /** Undefined where nothing is below it. */
  readonly isFolded: boolean | undefined
  readonly at: { readonly x: number; readonly y: number }
  readonly onSelect: (row: SpanIndex) => void
  readonly onFold: (row: SpanIndex, folded: boolean) => void
  readonly onFrame: (row: SpanIndex) => void
  readonly onFilter: (term: string, exclude: boolean) => void
  readonly reduce: Reduce
  readonly onClose: () => void
}

/** What can be done with a row, at the pointer; everything in it has a key or a button elsewhere. */
export function RowMenu(props: Props) {
  const { trace, row, isFolded, at, onSelect, onFold, onFrame, onFilter, reduce, onClose } = props
  const { spans, names } = trace
  const service = serviceOf(trace, row)
  const name = names[spans.name[row]]
  const id = spanIdOfRow(spans, row)
  const entries: MenuEntry[] = [
    { id: 'select', label: 'Show details', icon: 'span', keys: 'Enter', run: () => onSelect(row) },
    { id: 'frame', label: 'Frame in time', icon: 'fit', keys: 'F', run: () => onFrame(row) },
  ]
  if (isFolded !== undefined) entries.push(foldEntry(isFolded, (folded) => onFold(row, folded)))
  entries.push({
    id: 'focus',
    label: 'Focus this subtree',
    icon: 'branch',
    keys: 'Shift+F',
    run: () => reduce.focus(row),
  })
  if (!isMissingRow(trace, row))
    entries.push(
      {
        id: 'hide',
        label: `Hide service ${cut(service)}`,
        icon: 'exclude',
        keys: 'H',
        run: () => reduce.hideService(row),
      },
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
  const { onlyThisTime } = reduce
  if (onlyThisTime)
    entries.push({ id: 'time', label: 'Only this time', icon: 'clock', keys: 'Shift+W', run: onlyThisTime })
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
