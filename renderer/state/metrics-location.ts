/** The part of the URL that says which metrics are shown, and how. */
import { formatTimePoint, lastHour, readRange, type TimeRange } from '#shared/derive/time-range'
import { hrefOf, type LocationCodec } from './location'
import { type ChartMark, formatMark, readMark } from './chart-mark'

/** How the answer to a query is shown; `auto` lets the answer decide, `threshold` shows all of what the query compares with a number. */
export const panelViews = ['auto', 'lines', 'stacked', 'heatmap', 'stat', 'table', 'threshold'] as const
export type PanelView = (typeof panelViews)[number]

/** One query on the page. */
export interface PanelPlace {
  readonly view: PanelView
  /** Id of the source; empty means the first that keeps metrics. */
  readonly source: string
  /** Said only where the source may be asked in both languages, and means numbers counted from lines. */
  readonly language?: 'logql' | undefined
  readonly query: string
}

export interface MetricsLocation {
  readonly panels: readonly PanelPlace[]
  /** Which panel the editor shows. */
  readonly selected: number
  readonly range: TimeRange
  /** Why the range is not the one of the URL; not written into it. */
  readonly rangeProblem: string | undefined
  /** Asks again as time goes on. */
  readonly follow: boolean
  /** Marked on every chart. */
  readonly mark: ChartMark | undefined
}

/** A link longer than this is cut by what it is pasted into. */
const mostPanels = 24

function readPanel(text: string): PanelPlace | undefined {
  const found = /^([a-z]+)(\.logql)?:([^:]*):(.*)$/s.exec(text)
  const view = panelViews.find((one) => one === found?.[1])
  if (!found || view === undefined) return undefined
  let source = ''
  try {
    source = decodeURIComponent(found[3])
  } catch {
    // A link that was cut or changed by hand: any source is better than none.
  }
  return { view, source, ...(found[2] === undefined ? {} : { language: 'logql' }), query: found[4] }
}

/** The link to one chart alone, of a stretch of time that stays. */
export function hrefOfPanel(
  panel: PanelPlace,
  source: { readonly id: string } | undefined,
  window: { readonly startMs: number; readonly endMs: number },
): string {
  return hrefOf(metricsLocation, {
    panels: [{ ...panel, source: source?.id ?? panel.source }],
    selected: 0,
    range: { from: Math.round(window.startMs), to: Math.round(window.endMs) },
    rangeProblem: undefined,
    follow: false,
    mark: undefined,
  })
}

export const metricsLocation: LocationCodec<MetricsLocation> = {
  path: '/metrics',
  parse: (params) => {
    const panels = params
      .getAll('p')
      .map(readPanel)
      .filter((panel) => panel !== undefined)
      .slice(0, mostPanels)
    const selected = Number(params.get('panel') ?? 0)
    return {
      panels,
      selected: Number.isInteger(selected) && selected >= 0 && selected < panels.length ? selected : 0,
      ...readRange(params, lastHour, Date.now()),
      follow: params.get('follow') === '1',
      mark: readMark(params),
    }
  },
  format: ({ panels, selected, range, follow, mark }) => {
    const params = new URLSearchParams()
    for (const { view, source, language, query } of panels)
      params.append('p', `${language ? `${view}.${language}` : view}:${encodeURIComponent(source)}:${query}`)
    if (selected > 0) params.set('panel', String(selected))
    if (range.from !== lastHour.from || range.to !== lastHour.to) {
      params.set('from', formatTimePoint(range.from))
      params.set('to', formatTimePoint(range.to))
    }
    if (follow) params.set('follow', '1')
    if (mark) params.set('mark', formatMark(mark))
    return params
  },
}

/** The link to charts. */
export function hrefOfMetrics(metrics: Partial<MetricsLocation>): string {
  return hrefOf(metricsLocation, { ...metricsLocation.parse(new URLSearchParams()), ...metrics })
}
