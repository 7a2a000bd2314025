/** Whether the program behind the page is there; and what is done when it is back. */
import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef } from 'react'
import { api } from '../client/api'
import { appInfoQuery } from './app-info'
import { forgetHanded } from './opened-source'
import { keepPreferences } from './preferences'
import { shell } from './shell'
import { sourcesQuery } from './sources'
import { keepNow } from './thread'

/** So often a page that is looked at asks: what it asks is answered with nothing. */
const everyMs = 5_000
/** Until it is there again. */
const whileGoneMs = 2_000

const isThere = (now: ClewThere | undefined): boolean => now === undefined || now === 'there'

/** `locked`: it was started again, and does not let this page in until its new address was opened. */
export type ClewThere = 'there' | 'gone' | 'locked'

/** What was not kept is kept, and what nobody answered is asked again. */
async function goOn(client: QueryClient): Promise<void> {
  keepNow()
  keepPreferences(client)
  forgetHanded()
  await client.invalidateQueries({ queryKey: sourcesQuery.queryKey })
  await client.invalidateQueries({ queryKey: appInfoQuery.queryKey })
  await client.invalidateQueries({ predicate: ({ state }) => state.status === 'error' })
}

const thereQuery = queryOptions({
  queryKey: ['there'],
  queryFn: ({ signal }) => api.there(signal),
  enabled: shell === undefined,
  staleTime: 0,
  refetchOnWindowFocus: 'always',
  refetchInterval: ({ state }) => (isThere(state.data) ? everyMs : whileGoneMs),
})

/** Does something once it is there again. */
function useOnceBack(there: ClewThere | undefined, onBack: () => void): void {
  const before = useRef(there)
  const back = useEffectEvent(onBack)
  useEffect(() => {
    if (there === 'there' && !isThere(before.current)) back()
    before.current = there
  }, [there])
}

/** Whether it is known not to be there. */
export function useIsClewGone(): boolean {
  return !isThere(useQuery(thereQuery).data)
}

/** For the frame, which goes on once it is back. Undefined until it is known. Within Electron it cannot be gone: page and program end together. */
export function useClewThere(): ClewThere | undefined {
  const client = useQueryClient()
  const { data } = useQuery(thereQuery)
  useOnceBack(data, () => void goOn(client))
  return data
}

/** Loads the page anew once Clew is back: a part that did not come is not asked for twice. */
export function useReloadOnceBack(isWanted: boolean): void {
  const { data } = useQuery(thereQuery)
  useOnceBack(data, () => isWanted && location.reload())
}
