/**
 * Loki's HTTP API for logs. Lines are passed on as they come; what is small is checked. Labels are asked for apart from structured
 * metadata and parsed fields: merged, as old clients have it, every trace id would make a stream of its own.
 */
import * as z from 'zod/mini'
import type { LogField } from '#shared/api/logs'
import type { TimeWindow } from './backend.ts'
import { cutWarning } from './enough.ts'
import { orNone } from './generations.ts'
import type { Params, SourceClient } from './http.ts'
import { countVolume } from './log-volume.ts'
import type { LinesAnswer, LogsBackend } from './logs-backend.ts'
import { metricAnswer } from './metric-answer.ts'
import { count, namesOf, texts } from './shapes.ts'
import { SourceError } from './source-error.ts'

const success = z.literal('success')
const labels = z.record(z.string(), z.string())
const list = <Item>(item: z.ZodMiniType<Item>) =>
  z.pipe(
    z.nullish(z.array(item)),
    z.transform((items): readonly Item[] => items ?? []),
  )

/** Names of labels, or values of one. Without any `data` is left out, so that this alone is no sign of a Loki. */
export const namesShape = z.object({ status: success, data: z.optional(texts) })
const seriesShape = z.object({ status: success, data: list(labels) })
const matrixShape = z.object({
  status: success,
  data: z.object({
    resultType: z.literal('matrix'),
    result: list(z.object({ metric: labels, values: list(z.tuple([z.number(), z.string()])) })),
    stats: z.optional(
      z.object({ summary: z.optional(z.object({ execTime: count, totalBytesProcessed: count })) }),
    ),
  }),
  warnings: z.optional(texts),
})
const fieldsShape = z.object({
  fields: list(z.object({ label: z.string(), type: z.string(), cardinality: count, parsers: texts })),
})
const valuesShape = z.object({ values: texts })
const patternsShape = z.object({
  status: success,
  data: list(
    z.object({
      pattern: z.string(),
      level: z.optional(z.string()),
      samples: list(z.tuple([z.number(), z.number()])),
    }),
  ),
})

const categorized = { 'x-loki-response-encoding-flags': 'categorize-labels' }

/** Of one page of lines: 5,000 of them are some 2 MB, unless they are very long. */
const pageBytes = 128e6

/** Of what has come already, since the start of a tail; what is more is asked for page by page before. */
const tailLines = 1_000

/** Logs of a Loki. */
export function createLokiLogs(client: SourceClient): LogsBackend {
  /** The server's own limit, once it has said it. */
  let mostLines = Infinity

  async function matrix(
    query: string,
    { startMs, endMs }: TimeWindow,
    stepMs: number,
    signal: AbortSignal,
    onCut?: () => void,
  ) {
    const params = { query, start: nanoseconds(startMs), end: nanoseconds(endMs), step: stepMs / 1000 }
    return client.json('/loki/api/v1/query_range', matrixShape, {
      signal,
      params,
      takesForm: true,
      ...(onCut && { onCut }),
    })
  }

  return {
    async lines({ query, startNs, endNs, limit, direction }, signal) {
      const ask = async (most: number): Promise<LinesAnswer> => {
        const params = { query, start: startNs, end: endNs, limit: most, direction }
        const options = { signal, params, headers: categorized, limitBytes: pageBytes, takesForm: true }
        return { ...(await client.stream('/loki/api/v1/query_range', options)), limit: most }
      }
      try {
        return await ask(Math.min(limit, mostLines))
      } catch (thrown) {
        const own = ownLimit(thrown)
        if (own === undefined || own >= Math.min(limit, mostLines)) throw thrown
        mostLines = own
        return ask(own)
      }
    },
    async metric(query, window, stepMs, signal) {
      let isCut = false
      const { data, warnings = [] } = await matrix(query, window, stepMs, signal, () => (isCut = true))
      const summary = data.stats?.summary
      return metricAnswer(
        { data, warnings: isCut ? [...warnings, cutWarning] : warnings },
        {
          evaluationTime: summary?.execTime,
          samples: undefined,
          searchedBytes: summary?.totalBytesProcessed,
        },
      )
    },
    volume: (query, window, stepMs, signal) =>
      countVolume(query, window, stepMs, async (counted, of, step) => {
        const { data } = await matrix(counted, of, step, signal)
        return data.result.map(({ metric, values }) => ({ labels: metric, values }))
      }),
    async labels(selector, window, signal) {
      const params = { ...range(window), query: orUndefined(selector) }
      return namesOf((await client.json('/loki/api/v1/labels', namesShape, { signal, params })).data ?? [])
    },
    async labelValues(label, selector, window, signal) {
      const params = { ...range(window), query: orUndefined(selector) }
      const path = `/loki/api/v1/label/${encodeURIComponent(label)}/values`
      return namesOf((await client.json(path, namesShape, { signal, params })).data ?? [])
    },
    async series(selector, { startNs, endNs }, signal) {
      const params = { 'match[]': selector, start: startNs, end: endNs }
      return (await client.json('/loki/api/v1/series', seriesShape, { signal, params, takesForm: true })).data
    },
    fields: (query, window, signal) =>
      orNone<LogField>(
        client
          .json('/loki/api/v1/detected_fields', fieldsShape, { signal, params: { query, ...range(window) } })
          .then(({ fields }) => fields),
      ),
    fieldValues: (field, query, window, signal) =>
      orNone(
        client
          .json(`/loki/api/v1/detected_field/${encodeURIComponent(field)}/values`, valuesShape, {
            signal,
            params: { query, ...range(window) },
          })
          .then(({ values }) => namesOf(values)),
      ),
    tail: (query, startNs, signal) =>
      client.socket('/loki/api/v1/tail', {
        signal,
        params: { query, start: startNs, limit: tailLines },
        headers: categorized,
      }),
    patterns(selector, window, signal) {
      const params = { query: selector, ...range(window) }
      return orNone(
        client
          .json('/loki/api/v1/patterns', patternsShape, { signal, params })
          .then(({ data }) => data.map(({ pattern, level = '', samples }) => ({ pattern, level, samples }))),
      )
    },
  }
}

/** `limit > max_entries_limit_per_query (10000 > 5000)`, or `max_entries_limit` in old versions: the latter number. */
function ownLimit(thrown: unknown): number | undefined {
  if (!(thrown instanceof SourceError) || thrown.error.status !== 400) return undefined
  const found = /max_entries_limit\w* \(\d+ > (\d+)\)/.exec(thrown.error.detail ?? '')
  return found ? Number(found[1]) : undefined
}

/** Nanoseconds as text: a number would round them. */
const nanoseconds = (ms: number): string => `${Math.round(ms)}000000`

/** A window as Loki wants it. */
export const range = ({ startMs, endMs }: TimeWindow): Params => ({
  start: nanoseconds(startMs),
  end: nanoseconds(endMs),
})

const orUndefined = (text: string): string | undefined => (text === '' ? undefined : text)
