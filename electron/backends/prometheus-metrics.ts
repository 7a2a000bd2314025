/** Metrics of Prometheus and what speaks its API. https://prometheus.io/docs/prometheus/latest/querying/api/ */
import { mostNames } from '#shared/api/metrics'
import type { TimeWindow } from './backend.ts'
import { cutWarning } from './enough.ts'
import { orNone } from './generations.ts'
import type { Params, SourceClient } from './http.ts'
import type { MetricsBackend } from './metrics-backend.ts'
import {
  exemplarsShape,
  metadataShape,
  namesShape,
  queryShape,
  readAnswer,
  readExemplars,
  readMetadata,
  readRules,
  readTsdb,
  rulesShape,
  seriesShape,
  tsdbShape,
} from './prometheus-shapes.ts'
import { namesOf } from './shapes.ts'
import { SourceError } from './source-error.ts'

/** How many of the largest metrics and labels are told; servers before 2.45 tell ten whatever is asked. */
const largestCounts = 50

/** Seconds, as Prometheus wants them. */
const inSeconds = ({ startMs, endMs }: TimeWindow): Params => ({ start: startMs / 1000, end: endMs / 1000 })

const matching = (match: string, window: TimeWindow): Params => ({
  ...inSeconds(window),
  'match[]': match === '' ? undefined : match,
  limit: mostNames,
})

/** A label as it stands in a path: names of before UTF-8 as they are, the others escaped as Prometheus has it. */
export function labelInPath(label: string): string {
  if (/^[A-Za-z_]\w*$/.test(label)) return label
  const escaped = Array.from(label, (sign, at) => {
    if (sign === '_') return '__'
    return (at === 0 ? /^[A-Za-z:]$/ : /^[A-Za-z0-9:]$/).test(sign)
      ? sign
      : `_${sign.codePointAt(0)?.toString(16) ?? ''}_`
  })
  return `U__${escaped.join('')}`
}

/** Prometheus says 422 of a query that is well written and cannot be evaluated, and 503 of one that took too long. */
function reworded(name: string, thrown: unknown): unknown {
  if (!(thrown instanceof SourceError)) return thrown
  const { error } = thrown
  if (error.status === 422)
    return new SourceError({
      ...error,
      kind: 'bad-query',
      message: `${name} cannot evaluate this query.`,
      advice: 'Change the query.',
    })
  if (error.status === 503 && /timed out/i.test(error.detail ?? ''))
    return new SourceError({
      ...error,
      kind: 'timeout',
      message: `${name} gave up on this query: it took too long.`,
      advice: 'Ask for a shorter time range, or for less in the query.',
    })
  return thrown
}

/** The metrics of one server. */
export function createPrometheusMetrics(client: SourceClient): MetricsBackend {
  const { name } = client.target

  async function evaluate(path: string, params: Params, signal: AbortSignal) {
    let isCut = false
    try {
      const answer = await client.json(path, queryShape, {
        signal,
        params: { ...params, stats: 'true' },
        takesForm: true,
        onCut: () => (isCut = true),
      })
      return readAnswer(isCut ? { ...answer, warnings: [...(answer.warnings ?? []), cutWarning] } : answer)
    } catch (thrown) {
      throw reworded(name, thrown)
    }
  }

  return {
    query: (query, atMs, signal) => evaluate('/api/v1/query', { query, time: atMs / 1000 }, signal),
    queryRange: (query, window, stepMs, signal) =>
      evaluate('/api/v1/query_range', { query, ...inSeconds(window), step: stepMs / 1000 }, signal),
    async exemplars(query, window, signal) {
      try {
        const params = { query, ...inSeconds(window) }
        // Before 2.26, and in some relatives, nothing keeps them.
        return await orNone(
          client
            .json('/api/v1/query_exemplars', exemplarsShape, { signal, params, takesForm: true })
            .then(readExemplars),
        )
      } catch (thrown) {
        throw reworded(name, thrown)
      }
    },
    async labels(match, window, signal) {
      const params = matching(match, window)
      return namesOf((await client.json('/api/v1/labels', namesShape, { signal, params })).data ?? [])
    },
    async labelValues(label, match, window, signal) {
      const path = `/api/v1/label/${encodeURIComponent(labelInPath(label))}/values`
      const answer = await client.json(path, namesShape, { signal, params: matching(match, window) })
      return namesOf(answer.data ?? [])
    },
    async series(match, window, signal) {
      const params = matching(match, window)
      return (
        (await client.json('/api/v1/series', seriesShape, { signal, params, takesForm: true })).data ?? []
      )
    },
    metadata: (metric, signal) => {
      const params = { metric, limit_per_metric: 1 }
      return orNone(client.json('/api/v1/metadata', metadataShape, { signal, params }).then(readMetadata))
    },
    rules: (signal) => orNone(client.json('/api/v1/rules', rulesShape, { signal }).then(readRules)),
    async tsdb(signal) {
      // Mimir, Thanos and others keep no such store, or tell it in another shape.
      const [status] = await orNone(
        client
          .json('/api/v1/status/tsdb', tsdbShape, { signal, params: { limit: largestCounts } })
          .then((answer) => [readTsdb(answer)]),
      )
      return status
    },
  }
}
