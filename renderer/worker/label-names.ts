/** The labels a Loki indexes its streams by, to tell them from what a server before 3.0 merges with them. */
import type { LogWindow } from '#shared/api/logs'
import { answerOf } from './byte-source'
import type { Environment } from './environment'
import { Failure } from './failures'
import type { PageQuestion } from './log-messages'

/** A label that is new is known after so long. */
const knownMs = 60_000
const hourMs = 3_600_000

interface Known {
  readonly names: ReadonlySet<string>
  readonly untilMs: number
}

const known = new Map<string, Known>()

/** Their names within the hours of a window; asked once a minute. Undefined where the server does not say. */
export async function labelNames(
  source: PageQuestion['source'],
  { startNs, endNs }: LogWindow,
  environment: Pick<Environment, 'fetch'>,
  signal: AbortSignal,
): Promise<ReadonlySet<string> | undefined> {
  const startMs = Math.floor(Number(startNs) / 1e6 / hourMs) * hourMs
  const endMs = Math.ceil(Number(endNs) / 1e6 / hourMs) * hourMs
  const key = `${startMs} ${endMs} ${source.id}`
  const before = known.get(key)
  if (before && before.untilMs > performance.now()) return before.names
  const times = new URLSearchParams({ startMs: String(startMs), endMs: String(endMs) })
  const url = `/api/sources/${encodeURIComponent(source.id)}/logs/labels?${times.toString()}`
  const response = await answerOf(source.name, url, environment, signal).catch((thrown: unknown) => {
    // Gateways often let only queries through: then labels stay merged, as the server has them.
    if (thrown instanceof Failure && !signal.aborted) return undefined
    throw thrown
  })
  if (response === undefined) return undefined
  const names = new Set((await response.json()) as string[])
  known.set(key, { names, untilMs: performance.now() + knownMs })
  return names
}
