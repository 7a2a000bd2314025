import { formatDuration } from '#shared/derive/durations'
import { spansNamed } from '#shared/derive/named-spans'
import { countOf } from '#shared/derive/quantities'
import { SpanFlag, type SpanIndex, type Trace } from '#shared/trace/table'
import { useOpenTrace } from '../state/open-trace'
import { useAttributeKeys } from '../state/span-table'
import { useFind } from '../state/trace-answers'
import { rankNames } from '../ui/rank-names'
import type { PaletteItem } from './palette-items'

/** The rest are in the rows, one command further. */
const mostSpans = 6
const mostKeys = 20
/** One sign is in nearly every span. */
const fewestSigns = 2

function spanItem({ spans, services, names }: Trace, row: SpanIndex, run: () => void): PaletteItem {
  const hasFailed = (spans.flags[row] & SpanFlag.error) !== 0
  return {
    id: `span-${row}`,
    group: 'In this trace',
    icon: 'span',
    title: `${services[spans.service[row]]} ${names[spans.name[row]]}`,
    note: `${formatDuration(spans.duration[row])}${hasFailed ? ', error' : ''}`,
    run,
  }
}

/** What of the trace on screen holds the text: spans by their names, all that find would mark, and attributes to colour by. */
export function useTraceItems(text: string): readonly PaletteItem[] {
  const open = useOpenTrace()
  const typed = text.trim().length < fewestSigns ? '' : text.trim()
  const found = useFind(open?.session ?? '', open?.trace, typed)
  const { keys } = useAttributeKeys(open?.session ?? '', open?.trace, open !== undefined && typed !== '')
  if (!open || typed === '') return []
  const items = spansNamed(open.trace, typed.split(/\s+/), mostSpans).map((row) =>
    spanItem(open.trace, row, () => open.show(row)),
  )
  const count = found.isSearching ? 0 : (found.result?.count ?? 0)
  if (count > 0)
    items.push({
      id: 'find-in-trace',
      group: 'In this trace',
      icon: 'filter',
      title: `Find ${typed}`,
      note: `${countOf(count, 'span')} match`,
      run: () => open.find(typed),
    })
  const spansOf = new Map(keys.map(({ key, spanCount }) => [key, spanCount]))
  const ranked = rankNames([...spansOf.keys()], typed).slice(0, mostKeys)
  return [
    ...items,
    ...ranked.map((key): PaletteItem => ({
      id: `attribute-${key}`,
      group: 'Attributes',
      icon: 'filter',
      title: key,
      note: `colour spans by it, ${countOf(spansOf.get(key) ?? 0, 'span')}`,
      run: () => open.color(key),
    })),
  ]
}
