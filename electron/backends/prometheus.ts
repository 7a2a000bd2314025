/** Prometheus and what speaks its API (Mimir, Thanos, Cortex, VictoriaMetrics): what it is; its metrics are in prometheus-metrics.ts. */
import * as z from 'zod/mini'
import type { Backend } from './backend.ts'
import type { SourceClient } from './http.ts'
import { createPrometheusMetrics } from './prometheus-metrics.ts'
import { namesShape } from './prometheus-shapes.ts'
import { seenOf, version } from './shapes.ts'
import { signs } from './signs.ts'

const success = z.literal('success')
const buildInfo = z.object({
  status: success,
  data: z.looseObject({
    version,
    application: z.optional(z.string()),
    features: z.optional(z.unknown()),
  }),
})
const flagsShape = z.object({ status: success, data: z.record(z.string(), z.string()) })

/** Metrics seen lately are asked for over this long. */
const seenWithinMs = 3_600_000

/** A Prometheus, or something that speaks its API. */
export function createPrometheus(client: SourceClient): Backend {
  return {
    traces: undefined,
    metrics: createPrometheusMetrics(client),
    async probe(signal) {
      const nowMs = Date.now()
      const params = { start: (nowMs - seenWithinMs) / 1000, end: nowMs / 1000 }
      // Only the names must be there: each relative leaves out some of the rest.
      const [names, build, flags] = await Promise.all([
        client.json('/api/v1/label/__name__/values', namesShape, { signal, params }),
        client.json('/api/v1/status/buildinfo', buildInfo, { signal }).catch(() => undefined),
        client.json('/api/v1/status/flags', flagsShape, { signal }).catch(() => undefined),
      ])
      if (build === undefined) await signs.prometheus(client, { signal })
      const list = names.data ?? []
      const notes = [...(names.warnings ?? [])]
      if (list.length === 0) notes.push('It answers, and has no metric in the last hour.')
      const features = flags?.data['enable-feature']
      if (features !== undefined) {
        notes.push(
          features.includes('exemplar-storage')
            ? 'Exemplars are on.'
            : 'Exemplars are off: start it with --enable-feature=exemplar-storage to keep them.',
        )
      }
      return {
        product: build?.data.application ?? 'Prometheus',
        version: build?.data.version,
        api: 'v1',
        seen: seenOf('metrics', list),
        notes,
      }
    },
  }
}
