/** Reductions in words. */
import { formatDuration, parseDuration } from '#shared/derive/durations'
import { belowNsOf, type DropReduction, type Reduction } from '#shared/derive/reduction'
import { rowOfSpanId } from '#shared/derive/span-ids'
import type { Trace } from '#shared/trace/table'

/** What was done, and to what: `Hidden`, `payment-service`. */
export interface ReductionWords {
  readonly done: string
  readonly what: string
}

export function wordsOf(trace: Trace, reduction: Reduction): ReductionWords {
  switch (reduction.kind) {
    case 'focus': {
      const row = rowOfSpanId(trace.spans, reduction.span)
      return { done: 'Focus', what: row < 0 ? 'a span that is not here' : nameOf(trace, row) }
    }
    case 'hide-service':
      return { done: 'Hidden', what: reduction.service }
    case 'drop-short':
      return { done: 'Dropped', what: `under ${formatShortest(reduction)}` }
    case 'drop-share':
      return {
        done: 'Dropped',
        what: `under ${formatShortest(reduction)} (${formatDuration(belowNsOf(trace, reduction))})`,
      }
    default:
      return {
        done: 'Only',
        what: `${formatDuration(reduction.from)} – ${formatDuration(reduction.to)}`,
      }
  }
}

const nameOf = ({ spans, names }: Trace, row: number): string =>
  names[spans.name[row]] || 'a span without a name'

/** What someone typed as the shortest span to keep: `10 ms`, or `1 %` of the trace. Undefined where it is neither. */
export function parseShortest(text: string): DropReduction | undefined {
  const share = /^(\d+(?:\.\d+)?|\.\d+)\s*%$/u.exec(text.trim())
  if (share !== null) {
    const below = Number(share[1]) / 100
    return below > 0 && below <= 1 ? { kind: 'drop-share', below } : undefined
  }
  const belowNs = parseDuration(text)
  return belowNs !== undefined && belowNs > 0 && belowNs < Infinity
    ? { kind: 'drop-short', belowNs }
    : undefined
}

/** As it would be typed. */
export function formatShortest(reduction: DropReduction): string {
  return reduction.kind === 'drop-share'
    ? `${Math.round(reduction.below * 1e6) / 1e4} %`
    : formatDuration(reduction.belowNs)
}
