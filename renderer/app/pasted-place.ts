/** Where what was pasted leads within Clew, given the sources there are. */
import type { Source } from '#shared/api/contract'
import { cutText } from '#shared/base/cut-text'
import type {
  Pasted,
  PastedChart,
  PastedLines,
  PastedSearch,
  PastedTrace,
} from '#shared/correlate/pasted/pasted'
import { type TimeRange, windowOf } from '#shared/derive/time-range'
import { hrefOfConnections } from '../state/connections-location'
import { hrefOfLogs } from '../state/log-location'
import { hrefOfMap } from '../state/map-location'
import { hrefOfMetrics } from '../state/metrics-location'
import { hrefOfSearch } from '../state/search-location'
import { hrefOfTrace } from '../state/trace-location'
import type { IconName } from '../ui/icon'
import type { PaletteGroup } from './palette-items'

export interface PastedPlace {
  readonly group: PaletteGroup
  readonly icon: IconName
  /** As a command: `Open trace 4be1f0c2…9a7e`. */
  readonly title: string
  readonly note: string
  readonly href: string
  /** It can be opened without asking back. */
  readonly isSure: boolean
}

/** A line of the palette has room for no more. */
const longestWords = 60

/** What a search asks, in few words. */
function wordsOf({ service, operation, tags, traceql, errorsOnly }: PastedSearch): string {
  const form = [
    service,
    operation,
    ...tags.map(({ key, value }) => `${key}=${value}`),
    errorsOnly ? 'errors' : '',
  ]
  return cutText(traceql === '' ? form.filter((part) => part !== '').join(', ') : traceql, longestWords)
}

const shortId = (id: string): string => `${id.slice(0, 8)}…${id.slice(-4)}`
const namesOf = (sources: readonly Source[]): string => `in ${sources.map(({ name }) => name).join(', ')}`

/** A signal that no source keeps leads to connecting one. */
const unkept = (group: PaletteGroup, what: string, note: string): PastedPlace => ({
  group,
  icon: 'plug',
  title: `Connect a server that keeps ${what}`,
  note,
  href: hrefOfConnections({ isNew: true }),
  isSure: false,
})

/** `range`, where the link says one: else the page's own is right. */
const over = ({ range }: Pasted): { readonly range?: TimeRange } => (range === undefined ? {} : { range })

function placeOfTrace(asked: PastedTrace, traces: readonly Source[], nowMs: number): PastedPlace {
  const { traceId, spanId = '', range, isSure, sources = [] } = asked
  const named = traces.filter((one) => sources.includes(one.id))
  const meant = named.length > 0 ? named : traces
  if (traces.length === 0) return unkept('Traces', `trace ${shortId(traceId)}`, 'no source of traces yet')
  return {
    group: 'Traces',
    icon: 'traces',
    title: `Open trace ${shortId(traceId)}${spanId === '' ? '' : ' at its span'}`,
    note: namesOf(meant),
    href: hrefOfTrace({
      sources: meant.map(({ id }) => id),
      traceId,
      span: spanId,
      ...(range === undefined ? {} : windowOf(range, nowMs)),
    }),
    isSure,
  }
}

function placeOfSearch(asked: PastedSearch, traces: readonly Source[]): PastedPlace {
  if (traces.length === 0) return unkept('Traces', 'the traces of that search', 'no source of traces yet')
  const { service, operation, tags, minDurationNs, maxDurationNs, errorsOnly, traceql, limit } = asked
  const conditions = { service, operation, tags, minDurationNs, maxDurationNs, errorsOnly, traceql }
  return {
    group: 'Traces',
    icon: 'search',
    title: `Search traces: ${wordsOf(asked)}`,
    note: namesOf(traces),
    href: hrefOfSearch({ ...conditions, ...(limit === undefined ? {} : { limit }), ...over(asked) }),
    isSure: true,
  }
}

function placeOfLines(asked: PastedLines, [source]: readonly Source[]): PastedPlace {
  if (!source) return unkept('Logs', 'the lines of that query', 'no source of logs yet')
  return {
    group: 'Logs',
    icon: 'logs',
    title: `Search logs: ${cutText(asked.query, longestWords)}`,
    note: namesOf([source]),
    href: hrefOfLogs({ query: asked.query, ...over(asked) }),
    isSure: true,
  }
}

function placeOfChart(asked: PastedChart, [source]: readonly Source[]): PastedPlace {
  const { language, queries } = asked
  if (!source) return unkept('Metrics', 'the metrics of that query', 'no source of them yet')
  const own = language === 'logql' ? { language } : {}
  return {
    group: 'Metrics',
    icon: 'metrics',
    title: `Chart ${cutText(queries[0], longestWords)}${queries.length > 1 ? ` and ${queries.length - 1} more` : ''}`,
    note: namesOf([source]),
    href: hrefOfMetrics({
      panels: queries.map((query) => ({ view: 'auto', source: source.id, query, ...own })),
      ...over(asked),
    }),
    isSure: true,
  }
}

export function placeOfPasted(asked: Pasted, sources: readonly Source[], nowMs: number): PastedPlace {
  const keeping = (signal: 'traces' | 'logs' | 'metrics') =>
    sources.filter(({ capabilities }) => capabilities[signal])
  if (asked.kind === 'trace') return placeOfTrace(asked, keeping('traces'), nowMs)
  if (asked.kind === 'search') return placeOfSearch(asked, keeping('traces'))
  if (asked.kind === 'lines') return placeOfLines(asked, keeping('logs'))
  if (asked.kind === 'chart')
    return placeOfChart(asked, keeping(asked.language === 'logql' ? 'logs' : 'metrics'))
  if (asked.kind === 'map')
    return {
      group: 'Services',
      icon: 'map',
      title: 'Show the map',
      note: 'who calls whom',
      href: hrefOfMap(over(asked)),
      isSure: true,
    }
  return {
    group: 'Commands',
    icon: 'link',
    title: `Go to ${cutText(asked.href, longestWords)}`,
    note: 'a link of Clew’s own',
    href: asked.href,
    isSure: true,
  }
}
