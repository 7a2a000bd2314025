import { selectAll, usualFacts } from '#shared/correlate/log-facts'
import { useGo } from '../state/location'
import { useLogFacts } from '../state/log-facts'
import { hrefOfLogs } from '../state/log-location'
import { hrefOfSearch } from '../state/search-location'
import { useLogSources, useTraceSources } from '../state/sources'
import type { PaletteItem } from './palette-items'
import { attributeIn, isQuery } from './query-shape'

/** One or two signs are in nearly every line. */
const fewestSigns = 3

/** Searches for what was typed, whatever it is: the traces with an attribute, the lines that hold the words. */
export function useSearchItems(text: string): readonly PaletteItem[] {
  const go = useGo()
  const traceSources = useTraceSources()
  const typed = text.trim()
  const isAsked = typed.length >= fewestSigns && !isQuery(typed)
  const [logSource] = useLogSources()
  const [facts = usualFacts] = useLogFacts(isAsked && logSource ? [logSource] : [])
  if (!isAsked) return []
  const items: PaletteItem[] = []
  const attribute = attributeIn(typed)
  if (attribute && traceSources.length > 0)
    items.push({
      id: 'traces-with',
      group: 'Search',
      icon: 'traces',
      title: `Traces with ${attribute.key} = ${attribute.value}`,
      note: 'last hour',
      isAnswer: true,
      run: () => go(hrefOfSearch({ tags: [attribute] })),
    })
  if (logSource)
    items.push({
      id: 'lines-with',
      group: 'Search',
      icon: 'logs',
      title: `Lines with “${typed}”`,
      note: `${logSource.name}, last hour`,
      isAnswer: true,
      run: () =>
        go(
          hrefOfLogs({
            source: logSource.id,
            query: `${selectAll(facts)[0]} |= ${JSON.stringify(typed)}`,
          }),
        ),
    })
  return items
}
