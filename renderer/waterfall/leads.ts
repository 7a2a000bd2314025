/** Where findings and links lead. */
import type { Finding } from '#shared/derive/findings'
import { rowOfSpanId } from '#shared/derive/span-ids'
import type { SpanLink } from '#shared/trace/detail'
import type { SpanIndex, Trace, TraceSummary } from '#shared/trace/table'
import type { Jump } from './use-jump'

interface Place {
  readonly trace: Trace
  readonly selected: SpanIndex
  readonly jump: Jump
  /** All that was read. */
  readonly traces: readonly TraceSummary[]
  readonly onOpenTrace: (traceId: string, spanId: string, isHeld: boolean) => void
}

interface Leads {
  /** To a finding's spans, one after the other. */
  readonly showFinding: (finding: Finding) => void
  /** To a span of this trace, or to another trace. */
  readonly openLink: (link: SpanLink) => void
}

export function leadsFrom({ trace, selected, jump, traces, onOpenTrace }: Place): Leads {
  return {
    showFinding: ({ row, rows }) => {
      const at = rows.indexOf(selected)
      jump(at < 0 ? row : rows[(at + 1) % rows.length], 'go')
    },
    openLink: ({ traceId, spanId }) => {
      const row = traceId === trace.traceId ? rowOfSpanId(trace.spans, spanId) : -1
      if (row >= 0) jump(row, 'go')
      else
        onOpenTrace(
          traceId,
          spanId,
          traces.some((one) => one.traceId === traceId),
        )
    },
  }
}
