import type { Source } from '#shared/api/contract'
import { startMsOf } from '#shared/trace/summary'
import type { TraceSummary } from '#shared/trace/table'
import { tracePath } from '../client/api'
import type { TraceInput } from '../worker/messages'

/** The whole trace that was found, to be read from its source; when it was goes along, for some look only there. */
export function inputOfSummary({ id, name }: Pick<Source, 'id' | 'name'>, summary: TraceSummary): TraceInput {
  const startMs = Math.floor(startMsOf(summary))
  const window = { startMs, endMs: Math.ceil(startMs + summary.durationNs / 1e6) }
  return { kind: 'url', name, url: tracePath(id, summary.traceId, window) }
}
