/** Loki: what it is and which labels it has; its logs are in loki-logs.ts. */
import type { Backend } from './backend.ts'
import { isAbsentRoute } from './generations.ts'
import type { SourceClient } from './http.ts'
import { createLokiLogs, namesShape, range } from './loki-logs.ts'
import { bareBuildInfo, seenOf } from './shapes.ts'
import { signs } from './signs.ts'
import { SourceError } from './source-error.ts'

/** Labels seen lately are asked for over this long: Loki's own default. */
const seenWithinMs = 6 * 3_600_000

/** A Loki. */
export function createLoki(client: SourceClient): Backend {
  return {
    traces: undefined,
    logs: createLokiLogs(client),
    async probe(signal) {
      const nowMs = Date.now()
      const params = range({ startMs: nowMs - seenWithinMs, endMs: nowMs })
      const [labels, build] = await Promise.all([
        client.json('/loki/api/v1/labels', namesShape, { signal, params }),
        client.json('/loki/api/v1/status/buildinfo', bareBuildInfo, { signal }).catch((thrown: unknown) => {
          // Gateways often let only queries through.
          if (thrown instanceof SourceError && (isAbsentRoute(thrown) || thrown.error.status === 403))
            return undefined
          throw thrown
        }),
      ])
      if (build === undefined) await signs.loki(client, { signal })
      const version = build?.version
      const names = labels.data ?? []
      const notes: string[] = []
      if (names.length === 0) notes.push('It answers, and has no labels in the last six hours.')
      if (version !== undefined && Number.parseInt(version, 10) < 3) {
        notes.push('Before 3.0 Loki does not tell structured metadata from index labels.')
      }
      return { product: 'Loki', version, api: 'v1', seen: seenOf('labels', names), notes }
    },
  }
}
