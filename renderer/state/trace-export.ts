import { traceSessions } from '../client/trace-sessions'
import type { TraceForm } from '../worker/export-trace'

export type { TraceForm }

/** A trace that is on screen, in a form in which it leaves Clew; undefined where it is not there any more. */
export function traceExport(
  session: string,
  traceId: string,
  form: TraceForm,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return traceSessions.exported(session, traceId, form, new AbortController().signal)
}
