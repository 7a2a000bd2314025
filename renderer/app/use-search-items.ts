import { selectAll, selectServices, usualFacts } from '#shared/correlate/log-facts'
import { readPlainLine } from '#shared/correlate/pasted/plain-line'
import { formatTime } from '#shared/derive/clock-times'
import { useGo } from '../state/location'
import { useLogFacts } from '../state/log-facts'
import { hrefOfLogs } from '../state/log-location'
import { hrefOfSearch } from '../state/search-location'
import { usePreferences } from '../state/preferences'
import { useLogSources, useTraceSources } from '../state/sources'
import type { PaletteItem } from './palette-items'
import { attributeIn, isQuery } from './query-shape'

/** One or two signs are in nearly every line. */
const fewestSigns = 3
/** Lines like one that was pasted are looked for so long before and after it. */
const aroundMs = 5 * 60_000

/** Searches for what was typed, whatever it is: the traces with an attribute, the lines that hold the words. */
export function useSearchItems(text: string): readonly PaletteItem[] {
  const go = useGo()
  const { timeZone: zone } = usePreferences()
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
  const line = readPlainLine(
    typed,
    facts.services.flatMap(({ values }) => values),
  )
  if (logSource && line) {
    const { atMs, service, words } = line
    const [selector] =
      service === undefined ? selectAll(facts) : selectServices(facts, [service]).map((one) => one.selector)
    items.push({
      id: 'line-then',
      group: 'Search',
      icon: 'logs',
      title: `Lines with “${words}”${service === undefined ? '' : ` of ${service}`}`,
      note: `${logSource.name}, around ${formatTime(atMs, zone)}`,
      isAnswer: true,
      run: () =>
        go(
          hrefOfLogs({
            source: logSource.id,
            query: `${selector} |= ${JSON.stringify(words)}`,
            range: { from: atMs - aroundMs, to: atMs + aroundMs },
          }),
        ),
    })
  } else if (logSource)
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
