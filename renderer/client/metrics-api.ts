/** Typed calls of the handler that are about metrics. */
import type {
  ExemplarSeries,
  MetricAnswer,
  MetricLabels,
  MetricMetadata,
  MetricRule,
  TsdbAnswer,
} from '#shared/api/metrics'
import { call, getJson, sourcePath, type TimeWindow } from './api'

/** An answer, with how long it took and how large it was on its way to the page. */
export interface TimedAnswer extends MetricAnswer {
  readonly tookMs: number
  readonly bytes: number
}

/** An answer, measured; `enough` ends it with what came. */
export async function timed(path: string, signal: AbortSignal, enough?: AbortSignal): Promise<TimedAnswer> {
  const startMs = performance.now()
  const text = await (await call(path, { signal, ...(enough && { enough }) })).text()
  const answer = JSON.parse(text) as MetricAnswer
  return { ...answer, tookMs: performance.now() - startMs, bytes: text.length }
}

/** What TraceQL counts over time. */
export const countTraces = (
  id: string,
  query: string,
  { startMs, endMs, stepMs }: TimeWindow & { readonly stepMs: number },
  signal: AbortSignal,
  enough?: AbortSignal,
) => timed(sourcePath(id, 'search/metric', { query, startMs, endMs, stepMs }), signal, enough)

export const metricsApi = {
  query: (id: string, query: string, timeMs: number, signal: AbortSignal) =>
    timed(sourcePath(id, 'metrics/query', { query, timeMs }), signal),
  range: (
    id: string,
    query: string,
    window: TimeWindow & { readonly stepMs: number },
    signal: AbortSignal,
    enough?: AbortSignal,
  ) => timed(sourcePath(id, 'metrics/range', { query, ...window }), signal, enough),
  exemplars: (id: string, query: string, window: TimeWindow, signal: AbortSignal) =>
    getJson<ExemplarSeries[]>(sourcePath(id, 'metrics/exemplars', { query, ...window }), signal),
  labels: (id: string, match: string, window: TimeWindow, signal: AbortSignal) =>
    getJson<string[]>(sourcePath(id, 'metrics/labels', { match, ...window }), signal),
  labelValues: (id: string, label: string, match: string, window: TimeWindow, signal: AbortSignal) =>
    getJson<string[]>(sourcePath(id, 'metrics/label-values', { label, match, ...window }), signal),
  series: (id: string, match: string, window: TimeWindow, signal: AbortSignal) =>
    getJson<MetricLabels[]>(sourcePath(id, 'metrics/series', { match, ...window }), signal),
  metadata: (id: string, signal: AbortSignal) =>
    getJson<MetricMetadata[]>(sourcePath(id, 'metrics/metadata'), signal),
  rules: (id: string, signal: AbortSignal) => getJson<MetricRule[]>(sourcePath(id, 'metrics/rules'), signal),
  tsdb: (id: string, signal: AbortSignal) => getJson<TsdbAnswer>(sourcePath(id, 'metrics/tsdb'), signal),
}
