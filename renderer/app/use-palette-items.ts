import { productNames } from '#shared/api/new-source'
import { hrefOfConnections } from '../state/connections-location'
import { placeOf } from '../state/demo'
import { useGo } from '../state/location'
import { hrefOfLogs } from '../state/log-location'
import { usePreferences } from '../state/preferences'
import { hrefOfMetrics } from '../state/metrics-location'
import { hrefOfSearch } from '../state/search-location'
import { useServiceNames } from '../state/service-names'
import {
  healthOf,
  useLogSources,
  useMetricSources,
  useProbes,
  useSources,
  useTraceSources,
} from '../state/sources'
import { useActiveKeys } from '../ui/keys'
import { rankNames } from '../ui/rank-names'
import { hasLineFilter, looksLikeLogql, looksLikePromql } from './query-shape'
import type { PaletteItem } from './palette-items'
import { type PaletteActions, useCommands } from './use-commands'
import { useMetricItems } from './use-metric-items'
import { useOperationItems } from './use-operation-items'
import { usePastedPlaces } from './use-pasted-places'
import { useSearchItems } from './use-search-items'
import { useTraceItems } from './use-trace-items'

/** Names of the frame's own scope; its bindings are commands here anyway. */
export const frameScope = 'Anywhere'

/** More service names than this are found by typing. */
const mostServices = 200

function useAnswers(text: string): readonly PaletteItem[] {
  const go = useGo()
  const placesOf = usePastedPlaces()
  const traceSources = useTraceSources()
  const logSources = useLogSources()
  const metricSources = useMetricSources()
  const asked = placesOf(text)
  const items = asked.map(({ group, icon, title, note, href }, at): PaletteItem => ({
    id: `pasted-${at}`,
    group,
    icon,
    title,
    note,
    isAnswer: true,
    run: () => go(href),
  }))
  const canTraceql = traceSources.some((source) => source.capabilities.traceql)
  if (/^\s*\{/.test(text) && !hasLineFilter(text) && asked.length === 0 && canTraceql)
    items.push({
      id: 'traceql',
      group: 'Traces',
      icon: 'search',
      title: 'Search with this TraceQL',
      note: 'last hour',
      isAnswer: true,
      run: () => go(hrefOfSearch({ traceql: text.trim() })),
    })
  if (looksLikeLogql(text) && logSources.length > 0)
    items.push({
      id: 'logql',
      group: 'Logs',
      icon: 'logs',
      title: 'Search logs with this LogQL',
      note: 'last hour',
      isAnswer: true,
      run: () => go(hrefOfLogs({ query: text.trim() })),
    })
  if (looksLikePromql(text) && asked.length === 0 && metricSources.length > 0)
    items.push({
      id: 'promql',
      group: 'Metrics',
      icon: 'metrics',
      title: 'Chart this PromQL',
      note: 'last hour',
      isAnswer: true,
      run: () => go(hrefOfMetrics({ panels: [{ view: 'auto', source: '', query: text.trim() }] })),
    })
  return items
}

/** Everything the palette can offer for a text; `matchItems` decides what is shown. */
export function usePaletteItems(text: string, actions: PaletteActions): readonly PaletteItem[] {
  const go = useGo()
  const answers = useAnswers(text)
  const commands = useCommands(actions)
  const { recent } = usePreferences()
  const services = useServiceNames(true)
  const sources = useSources().data ?? []
  const reports = useProbes(sources.map((source) => source.id))
  const active = useActiveKeys()
  const ofTrace = useTraceItems(text)
  const operations = useOperationItems(text, services)
  const metrics = useMetricItems(text)
  const searches = useSearchItems(answers.length > 0 ? '' : text)
  return [
    ...answers,
    ...ofTrace,
    // A service is offered once something is typed: thousands of names say nothing.
    ...(text.trim() === '' ? [] : rankNames(services, text).slice(0, mostServices)).map(
      (name): PaletteItem => ({
        id: `service-${name}`,
        group: 'Services',
        icon: 'search',
        title: name,
        note: 'its traces, last hour',
        run: () => go(hrefOfSearch({ service: name })),
      }),
    ),
    ...operations,
    ...metrics,
    ...active
      .filter(({ scope }) => scope !== frameScope)
      .flatMap(({ scope, bindings }) =>
        bindings.flatMap(({ keys, title, run }): PaletteItem[] =>
          // Several keys mean a movement (arrows, depths), which is nothing to run once.
          typeof keys === 'string'
            ? [
                {
                  id: `key-${scope}-${keys}`,
                  group: 'On this page',
                  icon: 'cmd',
                  title,
                  note: scope.toLowerCase(),
                  keys,
                  run: () => run(new KeyboardEvent('keydown', { key: keys })),
                },
              ]
            : [],
        ),
      ),
    ...commands,
    ...sources.map((source, at): PaletteItem => ({
      id: `source-${source.id}`,
      group: 'Connections',
      icon: 'plug',
      title: source.name,
      note: `${productNames[source.kind]}, ${{ ok: 'answering', slow: 'slow', down: 'not answering', asking: 'being asked' }[healthOf(reports[at])]}`,
      words: placeOf(source),
      run: () => go(hrefOfConnections({ id: source.id })),
    })),
    ...recent.map((item): PaletteItem => ({
      id: `recent-${item.href}`,
      group: 'Recent',
      icon: 'file',
      title: item.name,
      note: item.holds,
      words: item.kind,
      run: () => go(item.href),
    })),
    ...searches,
  ]
}
