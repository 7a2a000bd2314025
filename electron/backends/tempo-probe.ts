import * as z from 'zod/mini'
import type { Findings, TagValue, TimeWindow } from './backend.ts'
import { isAbsentRoute } from './generations.ts'
import type { SourceClient } from './http.ts'
import { seenOf, version } from './shapes.ts'
import { failure, SourceError } from './source-error.ts'

const buildInfo = z.object({ version })

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
  // Its one route that nobody else has; a gateway before it may leave it out, then the services decide.
  const [echo, version] = await Promise.all([
    client.text('/api/echo', { signal }).catch((thrown: unknown) => thrown),
    client.json('/api/status/buildinfo', buildInfo, { signal }).then(
      (info) => info.version,
      () => undefined,
    ),
  ])
  const echoes = typeof echo === 'string' && echo.trim() === 'echo'
  if (!echoes && echo instanceof SourceError && !isAbsentRoute(echo)) throw echo
  const values = await services(window)
  const hasV2 = await hasTraceV2(client, window, signal)
  if (!echoes && version === undefined && values.length === 0 && !hasV2) {
    throw failure(
      'wrong-product',
      `${client.target.name} answers, and not as Tempo does.`,
      'Check the address and its path prefix.',
    )
  }
  const notes: string[] = []
  if (values.length === 0) notes.push('It answers, and has seen no service in the last hour.')
  if (!hasV2) {
    notes.push('It is older than 2.7: a trace above its size limit is refused instead of sent in part.')
  }
  return {
    product: 'Tempo',
    version,
    api: hasV2 ? 'v2 and v1' : 'v1',
    seen: seenOf(
      'services',
      values.map(({ value }) => value),
    ),
    notes,
  }
}

/** Asks for a trace nobody has, within one second, which costs Tempo next to nothing. */
async function hasTraceV2(
  client: SourceClient,
  { endMs }: TimeWindow,
  signal: AbortSignal,
): Promise<boolean> {
  const end = Math.floor(endMs / 1000)
  const params = { start: end - 1, end }
  try {
    await client.text(`/api/v2/traces/${'1'.padStart(32, '0')}`, { signal, params })
    return true
  } catch (thrown) {
    if (signal.aborted) throw thrown
    return thrown instanceof SourceError && !isAbsentRoute(thrown) && thrown.error.kind === 'not-found'
  }
}
