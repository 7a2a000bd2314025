import { CallCounter } from '#shared/map/call-counter'
import { countCalls, peerKeys } from '#shared/map/trace-calls'
import type { CallsInTraces } from './messages'
import type { Session } from './session'

/** Who calls whom within the traces of a session, one trace after the other. */
export async function countCallsIn(session: Session, signal: AbortSignal): Promise<CallsInTraces> {
  const counter = new CallCounter()
  const found = session.summaries()
  for (const { traceId } of found) {
    const trace = session.build(traceId, { adjustSkew: false })
    const attributes = session.attributes(traceId)
    // oxlint-disable-next-line no-await-in-loop -- what is read of a trace is let go before the next
    const peers = await Promise.all(peerKeys.map((key) => attributes.column(key, signal)))
    countCalls(counter, trace, peers)
  }
  return { calls: counter.calls(), traces: found.length }
}
