import type { Findings } from './backend.ts'
import { isAbsentRoute } from './generations.ts'
import type { Params, SourceClient } from './http.ts'
import { rfc3339 } from './jaeger-query.ts'
import { seenOf } from './shapes.ts'
import { signs } from './signs.ts'
import { SourceError } from './source-error.ts'

/** Services, and the API that named them. */
export interface ServiceList {
  readonly list: readonly string[]
  readonly api: 'v3' | 'v1'
}

/** There is no version endpoint: the UI's page has it, and a Jaeger without a UI keeps it to itself. */
const versionPattern = /JAEGER_VERSION\s*=\s*\{[^}]*"gitVersion":\s*"v?([^"]+)"/

/** What this Jaeger is, from its services and a look at what else it answers. */
export async function probeJaeger(
  client: SourceClient,
  services: () => Promise<ServiceList>,
  signal: AbortSignal,
): Promise<Findings> {
  const isThere = (path: string, params: Params): Promise<boolean> =>
    client.text(path, { signal, params }).then(
      (body) => !body.trimStart().startsWith('<'),
      // A refusal (no service was named) comes from a route that is there.
      (thrown: unknown) =>
        thrown instanceof SourceError && !isAbsentRoute(thrown) && thrown.error.status === 400,
    )
  // At the same time as v3's: of a slow server what is asked second may not come within the time, and would be called missing.
  const asksV1 = isThere('/api/services', {})
  const { list, api } = await services()
  // Names under v3's key are a sign already; v1's key is one that many have.
  if (list.length === 0 || api === 'v1') await signs.jaeger(client, { signal })
  const nowMs = Date.now()
  const [page, hasV1, hasSummaries] = await Promise.all([
    client.text('/', { signal }).catch(() => ''),
    asksV1,
    api === 'v1'
      ? false
      : isThere('/api/v3/trace-summaries', {
          'query.startTimeMin': rfc3339(nowMs - 1),
          'query.startTimeMax': rfc3339(nowMs),
          'query.searchDepth': 1,
        }),
  ])
  const v3 = hasSummaries ? 'v3 (OTLP, with summaries)' : 'v3 (OTLP)'
  return {
    product: 'Jaeger',
    version: versionPattern.exec(page)?.[1],
    api: api === 'v1' ? 'v1' : hasV1 ? `${v3} and v1` : v3,
    seen: seenOf('services', list),
    notes: list.length === 0 ? ['It answers, and has seen no service yet.'] : [],
  }
}
