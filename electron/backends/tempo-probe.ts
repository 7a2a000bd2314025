import * as z from 'zod/mini'
import type { Findings, TagValue, TimeWindow } from './backend.ts'
import { isAbsentRoute } from './generations.ts'
import type { SourceClient } from './http.ts'
import { bareBuildInfo, seenOf } from './shapes.ts'
import { isEcho, notAsProductDoes, refuses, unheardOfTraceId } from './signs.ts'
import { SourceError } from './source-error.ts'

const traceV2 = z.looseObject({ trace: z.optional(z.unknown()) })

/** Services seen lately are asked for over this long. */
const seenWithinMs = 3_600_000

/** What this Tempo is. Rejects when it is none, or does not let us in. */
export async function probeTempo(
  client: SourceClient,
  services: (window: TimeWindow) => Promise<readonly TagValue[]>,
  signal: AbortSignal,
): Promise<Findings> {
  const nowMs = Date.now()
  const window = { startMs: nowMs - seenWithinMs, endMs: nowMs }
  // A gateway before it may leave these out; then what it says of services and traces decides.
  const [echo, build] = await Promise.all([
    client.text('/api/echo', { signal }).catch((thrown: unknown) => thrown),
    client.json('/api/status/buildinfo', bareBuildInfo, { signal }).catch(() => undefined),
  ])
  const echoes = typeof echo === 'string' && isEcho(echo)
  if (!echoes && echo instanceof SourceError && !isAbsentRoute(echo)) throw echo
  const values = await services(window)
  const v2 = await askTraceV2(client, window, signal)
  const isSilent = build === undefined && values.length === 0 && v2 !== 'own'
  if (!echoes && (isSilent || !(await refusesBrokenQuery(client, window, signal))))
    throw notAsProductDoes(client.target)
  const notes: string[] = []
  if (values.length === 0) notes.push('It answers, and has seen no service in the last hour.')
  if (v2 === 'absent') {
    notes.push('It is older than 2.7: a trace above its size limit is refused instead of sent in part.')
  }
  return {
    product: 'Tempo',
    version: build?.version,
    api: v2 === 'absent' ? 'v1' : 'v2 and v1',
    seen: seenOf(
      'services',
      values.map(({ value }) => value),
    ),
    notes,
  }
}

/** A server that says the same to everything takes any query for a good one. */
function refusesBrokenQuery(
  client: SourceClient,
  { endMs }: TimeWindow,
  signal: AbortSignal,
): Promise<boolean> {
  const end = Math.floor(endMs / 1000)
  return refuses(client, '/api/search', { signal, params: { q: '{', limit: 1, start: end - 1, end } })
}

/**
 * Asks for a trace nobody has, within one second, which costs Tempo next to nothing. It sends an empty one, which is its own way;
 * words with 404 are anybody's.
 */
async function askTraceV2(
  client: SourceClient,
  { endMs }: TimeWindow,
  signal: AbortSignal,
): Promise<'own' | 'there' | 'absent'> {
  const end = Math.floor(endMs / 1000)
  const params = { start: end - 1, end }
  try {
    const answer = await client.json(`/api/v2/traces/${unheardOfTraceId}`, traceV2, { signal, params })
    return 'trace' in answer ? 'own' : 'there'
  } catch (thrown) {
    if (signal.aborted) throw thrown
    const isThere =
      thrown instanceof SourceError && !isAbsentRoute(thrown) && thrown.error.kind === 'not-found'
    return isThere ? 'there' : 'absent'
  }
}
