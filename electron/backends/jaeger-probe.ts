import * as z from 'zod/mini'
import type { Findings } from './backend.ts'
import { isAbsentRoute } from './generations.ts'
import type { SourceClient } from './http.ts'
import { rfc3339 } from './jaeger-query.ts'
import { seenOf } from './shapes.ts'
import { jaegerTracePaths, jaegerV1, notAsProductDoes, refuses } from './signs.ts'
import { SourceError } from './source-error.ts'

const v3Services = z.object({ services: z.nullish(z.array(z.string())) })

/** There is no version endpoint: the UI's page has it, and a Jaeger without a UI keeps it to itself. */
const versionPattern = /JAEGER_VERSION\s*=\s*\{[^}]*"gitVersion":\s*"v?([^"]+)"/

/** What this Jaeger is, from its services and a look at what else it answers. */
export async function probeJaeger(client: SourceClient, signal: AbortSignal): Promise<Findings> {
  // At the same time as v3's: of a slow server what is asked second may not come within the time, and would be called missing.
  const asksV1 = client.json('/api/services', jaegerV1, { signal })
  const asksWhetherV1 = asksV1.then(() => true, isRefusal)
  const v3 = await client.json('/api/v3/services', v3Services, { signal }).catch((thrown: unknown) => {
    if (!(thrown instanceof SourceError) || !isAbsentRoute(thrown)) throw thrown
    return undefined
  })
  // v3's key is a sign already. Without services it may be left out; then v1's whole envelope is the sign.
  const v1 = v3?.services === undefined ? await asksV1 : undefined
  const list = (v3 === undefined ? v1?.data : v3.services) ?? []
  const nowMs = Date.now()
  const params = {
    'query.startTimeMin': rfc3339(nowMs - 1),
    'query.startTimeMax': rfc3339(nowMs),
    'query.searchDepth': 1,
  }
  const tracePath = jaegerTracePaths[v3 === undefined ? 'v1' : 'v3']
  const [isOwn, page, hasV1, hasSummaries] = await Promise.all([
    refuses(client, tracePath, { signal }),
    client.text('/', { signal }).catch(() => ''),
    asksWhetherV1,
    v3 !== undefined &&
      client
        .text('/api/v3/trace-summaries', { signal, params })
        .then((body) => !body.trimStart().startsWith('<'), isRefusal),
  ])
  // Lists alone may be said by a server that says the same to everything.
  if (!isOwn) throw notAsProductDoes(client.target)
  const v3Words = hasSummaries ? 'v3 (OTLP, with summaries)' : 'v3 (OTLP)'
  return {
    product: 'Jaeger',
    version: versionPattern.exec(page)?.[1],
    api: v3 === undefined ? 'v1' : hasV1 ? `${v3Words} and v1` : v3Words,
    seen: seenOf('services', list),
    notes: list.length === 0 ? ['It answers, and has seen no service yet.'] : [],
  }
}

/** A refusal (no service was named) comes from a route that is there. */
function isRefusal(thrown: unknown): boolean {
  return thrown instanceof SourceError && thrown.error.status === 400
}
