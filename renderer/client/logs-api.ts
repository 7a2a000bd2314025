/** Typed calls of the handler's log routes, besides the lines, which the log worker reads. */
import type { LogField, LogPattern, LogVolume } from '#shared/api/logs'
import type { AskedWindow } from '#shared/metrics/step'
import { getJson, sourcePath, type TimeWindow } from './api'
import { timed } from './metrics-api'

export const logsApi = {
  volume: (id: string, query: string, window: TimeWindow, stepMs: number, signal?: AbortSignal) =>
    getJson<LogVolume>(sourcePath(id, 'logs/volume', { query, ...window, stepMs }), signal),
  metric: (
    id: string,
    query: string,
    { startMs, endMs, stepMs }: AskedWindow,
    signal: AbortSignal,
    enough?: AbortSignal,
  ) => timed(sourcePath(id, 'logs/metric', { query, startMs, endMs, stepMs }), signal, enough),
  labels: (id: string, window: TimeWindow, signal?: AbortSignal) =>
    getJson<string[]>(sourcePath(id, 'logs/labels', { ...window }), signal),
  labelValues: (id: string, label: string, window: TimeWindow, signal?: AbortSignal) =>
    getJson<string[]>(sourcePath(id, 'logs/label-values', { label, ...window }), signal),
  fields: (id: string, query: string, window: TimeWindow, signal?: AbortSignal) =>
    getJson<LogField[]>(sourcePath(id, 'logs/fields', { query, ...window }), signal),
  fieldValues: (id: string, field: string, query: string, window: TimeWindow, signal?: AbortSignal) =>
    getJson<string[]>(sourcePath(id, 'logs/field-values', { field, query, ...window }), signal),
  patterns: (id: string, query: string, window: TimeWindow, signal?: AbortSignal) =>
    getJson<LogPattern[]>(sourcePath(id, 'logs/patterns', { query, ...window }), signal),
}
