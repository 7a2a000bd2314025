/** What was learned of sources is kept by the handler: a reload, another window and the next run know it without asking anybody. */
import { type QueryClient, type QueryKey, queryOptions } from '@tanstack/react-query'
import type { FactPart, FactParts, KeptFacts, Learned } from '#shared/correlate/kept-facts'
import { api } from '../client/api'
import { isFresh } from './learning'
import { isServer, sourcesQuery } from './sources'

/** Which connection, run or set of files an id means by now; undefined where none is known by it. */
export function connectionOf(client: QueryClient, id: string): string | undefined {
  const source = client.getQueryData(sourcesQuery.queryKey)?.find((one) => one.id === id)
  if (source === undefined) return undefined
  return JSON.stringify(isServer(source) ? [id, source.changedMs] : [id, source.startMs, source.endMs])
}

/** The keys of facts are their name, the source, and what else decides what is asked. */
const ofKey = (client: QueryClient, key: QueryKey): string | undefined => {
  const connection = connectionOf(client, String(key[1]))
  return connection && JSON.stringify([connection, ...key.slice(2)])
}

/** Whether somebody asked for it to be learned anew. */
export const isAskedAnew = (client: QueryClient, key: QueryKey): boolean =>
  client.getQueryState(key)?.isInvalidated === true

interface Asked {
  readonly client: QueryClient
  readonly queryKey: QueryKey
  readonly signal: AbortSignal
}

/** What is kept of a source as long as it is fresh; what it is told anew otherwise, which is kept. What is stale is shown until then. */
export async function keptOrLearned<Part extends FactPart>(
  { client, queryKey, signal }: Asked,
  part: Part,
  learn: () => Promise<FactParts[Part] & Learned>,
): Promise<FactParts[Part] & Learned> {
  if (!isAskedAnew(client, queryKey)) {
    const kept = await readKept(client, queryKey, part, signal)
    if (kept && isFresh(kept)) return kept
    if (kept && client.getQueryData(queryKey) === undefined)
      client.setQueryData(queryKey, kept, { updatedAt: kept.learnedMs })
  }
  const facts = await learn()
  keep(client, queryKey, part, facts)
  return facts
}

const keptQuery = (id: string) =>
  queryOptions({
    queryKey: ['kept-facts', id],
    queryFn: ({ signal }) => api.keptFacts(id, signal),
    staleTime: 0,
    gcTime: 0,
  })

async function readKept<Part extends FactPart>(
  client: QueryClient,
  key: QueryKey,
  part: Part,
  signal: AbortSignal,
): Promise<(FactParts[Part] & Learned) | undefined> {
  const of = ofKey(client, key)
  if (of === undefined) return undefined
  try {
    // Its parts are asked for together: they come in one answer.
    const all = await client.fetchQuery(keptQuery(String(key[1])))
    signal.throwIfAborted()
    const kept: KeptFacts[Part] = all[part]
    // Whatever comes after it has its own time.
    return kept?.of === of ? { ...kept.facts, tookMs: 0 } : undefined
  } catch {
    signal.throwIfAborted()
    return undefined
  }
}

/** The handler takes no more at once; of a source that has more names than that, all is learned anew. */
const mostUnits = 900_000

/** Keeps what is known by now. */
export function keep<Part extends FactPart>(
  client: QueryClient,
  key: QueryKey,
  part: Part,
  facts: FactParts[Part] & Learned,
): void {
  const of = ofKey(client, key)
  if (of === undefined || JSON.stringify(facts).length > mostUnits) return
  // What is not kept is learned again.
  void api.keepFacts(String(key[1]), { [part]: { of, facts } }).catch(() => undefined)
}
