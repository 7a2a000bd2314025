/** Where what was pasted leads within Clew, given the sources there are. */
import type { Source } from '#shared/api/contract'
import { cutText } from '#shared/base/cut-text'
import type { Pasted, PastedSearch } from '#shared/correlate/pasted/pasted'
import { windowOf } from '#shared/derive/time-range'
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

/** What a search asks, in few words. */
function wordsOf({ service, operation, tags, traceql, errorsOnly }: PastedSearch): string {
  const form = [
    service,
    operation,
    ...tags.map(({ key, value }) => `${key}=${value}`),
    errorsOnly ? 'errors' : '',
  ]
  return cutText(traceql === '' ? form.filter((part) => part !== '').join(', ') : traceql, 60)
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

export function placeOfPasted(asked: Pasted, sources: readonly Source[], nowMs: number): PastedPlace {
  const range = asked.range === undefined ? {} : { range: asked.range }
  const keeping = (signal: 'traces' | 'logs' | 'metrics') =>
    sources.filter(({ capabilities }) => capabilities[signal])
  switch (asked.kind) {
    case 'trace': {
      const { traceId, spanId = '', isSure } = asked
      const traces = keeping('traces')
      if (traces.length === 0) return unkept('Traces', `trace ${shortId(traceId)}`, 'no source of traces yet')
      const { startMs, endMs } = asked.range
        ? windowOf(asked.range, nowMs)
        : { startMs: undefined, endMs: undefined }
      return {
        group: 'Traces',
        icon: 'traces',
        title: `Open trace ${shortId(traceId)}${spanId === '' ? '' : ' at its span'}`,
        note: namesOf(traces),
        href: hrefOfTrace({ sources: traces.map(({ id }) => id), traceId, span: spanId, startMs, endMs }),
        isSure,
      }
    }
    case 'search': {
      const traces = keeping('traces')
      if (traces.length === 0) return unkept('Traces', 'the traces of that search', 'no source of traces yet')
      const { kind, limit, range: _, ...conditions } = asked
      return {
        group: 'Traces',
        icon: 'search',
        title: `Search traces: ${wordsOf(asked)}`,
        note: namesOf(traces),
        href: hrefOfSearch({ ...conditions, ...(limit === undefined ? {} : { limit }), ...range }),
        isSure: kind === 'search',
      }
    }
    case 'lines': {
      const logs = keeping('logs')
      if (logs.length === 0) return unkept('Logs', 'the lines of that query', 'no source of logs yet')
      return {
        group: 'Logs',
        icon: 'logs',
        title: `Search logs: ${cutText(asked.query, 60)}`,
        note: namesOf(logs.slice(0, 1)),
        href: hrefOfLogs({ query: asked.query, ...range }),
        isSure: true,
      }
    }
    case 'chart': {
      const { language, queries } = asked
      const [source] = keeping(language === 'logql' ? 'logs' : 'metrics')
      if (!source) return unkept('Metrics', 'the metrics of that query', 'no source of them yet')
      const own = language === 'logql' ? ({ language } as const) : {}
      return {
        group: 'Metrics',
        icon: 'metrics',
        title: `Chart ${cutText(queries[0], 60)}${queries.length > 1 ? ` and ${queries.length - 1} more` : ''}`,
        note: namesOf([source]),
        href: hrefOfMetrics({
          panels: queries.map((query) => ({ view: 'auto', source: source.id, query, ...own })),
          ...range,
        }),
        isSure: true,
      }
    }
    case 'map':
      return {
        group: 'Services',
        icon: 'map',
        title: 'Show the map',
        note: 'who calls whom',
        href: hrefOfMap(range),
        isSure: true,
      }
    case 'page':
      return {
        group: 'Commands',
        icon: 'link',
        title: `Go to ${cutText(asked.href, 60)}`,
        note: 'a link of Clew’s own',
        href: asked.href,
        isSure: true,
      }
  }
}
