/** The thread as Markdown, with a picture for each step that has one. */
import type { Source } from '#shared/api/contract'
import { formatDateTime, formatTime, type TimeZone } from '#shared/derive/clock-times'
import { storyOf } from '#shared/investigation/markdown'
import { chartSvg } from '#shared/metrics/chart-svg'
import { frameOf } from '#shared/metrics/frame'
import { heatmapOf } from '#shared/metrics/heatmap'
import { heatmapSvg } from '#shared/metrics/heatmap-svg'
import { seriesNames } from '#shared/metrics/series-names'
import { askedWindow } from '#shared/metrics/step'
import { baseName, metricsIn, noUnit, type Unit, unitOfMetric, unitOfQuery } from '#shared/metrics/unit'
import { valueText } from '#shared/metrics/value-text'
import { parsePromql } from '#shared/query/promql/parse'
import { nameOf, type Thread } from '#shared/thread/thread'
import { call, tracePath } from '../client/api'
import { logsApi } from '../client/logs-api'
import { metricsApi } from '../client/metrics-api'
import { traceSessions } from '../client/trace-sessions'
import { writeZip } from '../worker/zip-write'
import { questionOf, type StepQuestion } from './gather-question'
import { languageOf } from './metric-answers'
import { metricsLocation } from './metrics-location'
import { picturePalette } from './picture-palette'

/** Spans that are told apart in a report. */
const mostSpans = 25
const chartPx = 900

/** The story alone. */
export const storyText = (thread: Thread, zone: TimeZone): string =>
  storyOf(thread, { formatTime: (ms) => formatDateTime(ms, zone), pictures: new Map() })

async function chartOf(
  question: StepQuestion,
  zone: TimeZone,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { panels, selected } = metricsLocation.parse(question.params)
  const panel = panels[selected]
  const source = question.sources.find(({ id }) => id === panel?.source) ?? question.sources[0]
  if (!panel || !source) return undefined
  const window = askedWindow(question.window, chartPx)
  const isCounted = languageOf(panel, source) === 'logql'
  const { series } = isCounted
    ? await logsApi.metric(source.id, panel.query, window, signal)
    : await metricsApi.range(source.id, panel.query, window, signal)
  const heatmap = /^(auto|heatmap)$/.test(panel.view) && !isCounted ? heatmapOf(series, window) : undefined
  const unit = isCounted ? noUnit : unitOf(panel.query, heatmap !== undefined)
  const about = {
    title: nameOf(question.step),
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

async function waterfallOf(
  { params, sources }: StepQuestion,
  signal: AbortSignal,
): Promise<string | undefined> {
  const traceId = params.get('id') ?? ''
  const answers = await Promise.allSettled(
    sources
      .filter(({ capabilities }) => capabilities.traces)
      .map(
        async ({ id }) =>
          new Uint8Array(await (await call(tracePath(id, traceId), { signal })).arrayBuffer()),
      ),
  )
  const documents = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  const form = { palette: picturePalette(), most: mostSpans }
  const bytes = await traceSessions.exported(documents, traceId, form, signal)
  return bytes && new TextDecoder().decode(bytes)
}

/** A zip of the story and its pictures, beside each other; a picture that cannot be had is left out. */
export async function storyZip(
  thread: Thread,
  sources: readonly Source[],
  zone: TimeZone,
  signal: AbortSignal,
): Promise<Blob> {
  const pictures = new Map<string, string>()
  const files: { readonly path: string; readonly content: Uint8Array<ArrayBuffer> }[] = []
  for (const step of thread.steps) {
    const question = questionOf(step, sources)
    try {
      const svg =
        question.path === '/metrics'
          ? // oxlint-disable-next-line no-await-in-loop -- as in gather()
            await chartOf(question, zone, signal)
          : question.path === '/trace'
            ? // oxlint-disable-next-line no-await-in-loop -- as in gather()
              await waterfallOf(question, signal)
            : undefined
      if (svg === undefined) continue
      const path = `pictures/${pictures.size + 1}.svg`
      pictures.set(step.id, path)
      files.push({ path, content: new TextEncoder().encode(svg) })
    } catch {
      // The story is told without it: its query and what it found stand there.
      signal.throwIfAborted()
    }
  }
  const story = storyOf(thread, { formatTime: (ms) => formatDateTime(ms, zone), pictures })
  return writeZip([{ path: 'story.md', content: new TextEncoder().encode(story) }, ...files])
}
