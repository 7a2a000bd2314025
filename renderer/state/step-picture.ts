/** What a step showed, as a picture: asked again where it came from, and drawn by what also draws pictures for reports. */
import type { ApiError, Source } from '#shared/api/contract'
import type { PictureSize } from '#shared/base/svg-picture'
import { formatTime, type TimeZone } from '#shared/derive/clock-times'
import { chartSvg } from '#shared/metrics/chart-svg'
import { frameOf } from '#shared/metrics/frame'
import { heatmapOf } from '#shared/metrics/heatmap'
import { heatmapSvg } from '#shared/metrics/heatmap-svg'
import { seriesNames } from '#shared/metrics/series-names'
import { askedWindow } from '#shared/metrics/step'
import { baseName, metricsIn, noUnit, type Unit, unitOfMetric, unitOfQuery } from '#shared/metrics/unit'
import { valueText } from '#shared/metrics/value-text'
import { kindOfQuery } from '#shared/query/logql/query'
import { parsePromql } from '#shared/query/promql/parse'
import { nameOf } from '#shared/thread/thread'
import { call, ClewError, tracePath } from '../client/api'
import { logsApi } from '../client/logs-api'
import { metricsApi } from '../client/metrics-api'
import { traceSessions } from '../client/trace-sessions'
import type { TraceForm } from '../worker/export-trace'
import type { StepQuestion } from './gather-question'
import { languageOf } from './metric-answers'
import { metricsLocation } from './metrics-location'
import { picturePalette } from './picture-palette'
import { traceLocation } from './trace-location'

/** How a picture is wanted. */
export interface PictureWish {
  readonly size: PictureSize
  readonly zone: TimeZone
}

/** Spans that are told apart, in a report and in a list. */
const mostSpans = { whole: 25, small: 8 } as const
/** For a small picture no more is read of a trace; there may be one for every step. */
const mostSmallBytes = 16_000_000
/** Samples are asked for so that a line of so many pixels has all it can show. */
const chartPx = { whole: 900, small: 520 } as const

/** The picture of a step as SVG; undefined for one that has none. Rejects where what it showed cannot be had any more. */
export async function stepPicture(
  question: StepQuestion,
  wish: PictureWish,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (question.path === '/trace') return traceOf(question, wish, signal)
  const panel = panelOf(question)
  return panel && chartOf(question, panel, wish, signal)
}

interface AskedPanel {
  readonly source: Source
  readonly query: string
  readonly isCounted: boolean
  readonly mayBeHeatmap: boolean
}

/** The chart that is looked at; undefined where there is none. */
function panelOf({ path, params, sources }: StepQuestion): AskedPanel | undefined {
  if (path === '/logs') {
    const query = params.get('query') ?? ''
    const source = sources.find(({ capabilities }) => capabilities.logs)
    if (!source || query === '' || kindOfQuery(query) === 'lines') return undefined
    return { source, query, isCounted: true, mayBeHeatmap: false }
  }
  if (path !== '/metrics') return undefined
  const { panels, selected } = metricsLocation.parse(params)
  const panel = panels[selected]
  const source = sources.find(({ id }) => id === panel?.source) ?? sources[0]
  if (!panel || !source) return undefined
  const isCounted = languageOf(panel, source) === 'logql'
  return {
    source,
    query: panel.query,
    isCounted,
    mayBeHeatmap: !isCounted && /^(auto|heatmap)$/.test(panel.view),
  }
}

async function chartOf(
  { step, window: when }: StepQuestion,
  { source, query, isCounted, mayBeHeatmap }: AskedPanel,
  { size, zone }: PictureWish,
  signal: AbortSignal,
): Promise<string> {
  const window = askedWindow(when, chartPx[size])
  const { series } = isCounted
    ? await logsApi.metric(source.id, query, window, signal)
    : await metricsApi.range(source.id, query, window, signal)
  const heatmap = mayBeHeatmap ? heatmapOf(series, window) : undefined
  const unit = isCounted ? noUnit : unitOf(query, heatmap !== undefined)
  const about = {
    title: nameOf(step),
    size,
    format: (value: number) => valueText(value, unit),
    formatTime: (ms: number) => formatTime(ms, zone),
    palette: picturePalette(),
  }
  if (heatmap) return heatmapSvg({ ...about, heatmap })
  return chartSvg({
    ...about,
    frame: frameOf(series, window),
    names: seriesNames(series.map(({ labels }) => labels)),
  })
}

/** Of the values of a query, or of the bounds of its buckets. */
function unitOf(query: string, isOfBounds: boolean): Unit {
  const { expression } = parsePromql(query)
  if (!isOfBounds) return unitOfQuery(expression, () => undefined)
  return unitOfMetric(baseName(metricsIn(expression)[0] ?? ''), undefined)
}

async function traceOf(
  { params, sources }: StepQuestion,
  { size }: PictureWish,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { traceId, startMs, endMs, view, flame, flameZoom, zoom, span } = traceLocation.parse(params)
  const when = startMs !== undefined && endMs !== undefined ? { startMs, endMs } : undefined
  const palette = picturePalette()
  const form: TraceForm =
    view === 'flame'
      ? { kind: 'flame', palette, size, arrangement: flame, zoom, part: flameZoom }
      : { kind: 'waterfall', palette, size, most: mostSpans[size], span }
  const answers = await Promise.allSettled(
    sources
      .filter(({ capabilities }) => capabilities.traces)
      .map(async ({ id }) => {
        const response = await call(tracePath(id, traceId, when), { signal })
        return readBytes(response, size === 'small' ? mostSmallBytes : Infinity)
      }),
  )
  const documents = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  const failed = answers.find((answer) => answer.status === 'rejected')
  if (documents.length === 0) throw failed?.reason ?? new ClewError(sourceGone)
  const bytes = await traceSessions.exported(documents, traceId, form, signal)
  return bytes && new TextDecoder().decode(bytes)
}

/** The body of an answer; one that is longer than `most` is given up. */
async function readBytes({ body }: Response, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  for await (const part of body ?? []) {
    length += part.length
    if (length > most) throw new ClewError(traceTooLarge)
    parts.push(part)
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}

const sourceGone: ApiError = {
  kind: 'not-found',
  message: 'Its source of traces is not there any more.',
  detail: undefined,
  advice: 'Connect to it again, or open the file again.',
  status: undefined,
}

const traceTooLarge: ApiError = {
  kind: 'too-large',
  message: 'The trace is too large to be drawn here.',
  detail: undefined,
  advice: 'Open the step to see it.',
  status: undefined,
}
