/** The calls within one trace, to be laid over a map. */
import { useEffect, useState } from 'react'
import type { Telling } from '#shared/map/graph'
import { callsOfTrace, namespaceKeys, namespacesOfTrace, peerKeys } from '#shared/map/trace-calls'
import type { Trace } from '#shared/trace/table'
import { traceSessions } from '../client/trace-sessions'

/** Undefined until what its spans say of whom they call has been read. `session` holds the built trace. */
export function useTraceTelling(session: string, trace: Trace | undefined): Telling | undefined {
  const [told, setTold] = useState<{ readonly trace: Trace; readonly telling: Telling }>()
  useEffect(() => {
    if (!trace) return undefined
    const abort = new AbortController()
    const ask = async () => {
      const read = async (keys: readonly string[]) =>
        Promise.all(
          keys.map((key) => traceSessions.attribute(session, trace.traceId, key, abort.signal)),
        ).catch(() => [])
      const [peers, spaces] = await Promise.all([read(peerKeys), read(namespaceKeys)])
      if (abort.signal.aborted) return
      const origin = { id: trace.traceId, name: 'this trace', kind: 'trace' } as const
      setTold({
        trace,
        telling: { origin, calls: callsOfTrace(trace, peers), namespaces: namespacesOfTrace(trace, spaces) },
      })
    }
    void ask()
    return () => abort.abort()
  }, [session, trace])
  return told?.trace === trace ? told?.telling : undefined
}
