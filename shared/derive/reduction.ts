/** What a reader took out of view: an ordered list that can be undone from its end, and the rows that are left. */
import { rowOfSpanId } from '#shared/derive/span-ids'
import type { Trace } from '#shared/trace/table'

/** One thing taken out of view. */
export type Reduction =
  /** Only this span and what is below it. */
  | { readonly kind: 'focus'; readonly span: string }
  /** Without the spans of a service; what they called stays. */
  | { readonly kind: 'hide-service'; readonly service: string }
  /** Without spans shorter than this. */
  | { readonly kind: 'drop-short'; readonly belowNs: number }
  /** Without spans shorter than this share of the trace, 0 to 1. */
  | { readonly kind: 'drop-share'; readonly below: number }
  /** Only spans that run within this time, nanoseconds from the epoch of the trace. */
  | { readonly kind: 'select-time'; readonly from: number; readonly to: number }

/**
 * One byte per row, 1 = left in view; undefined when nothing is taken out. What does not fit this trace (a span or service it has not)
 * takes nothing out. Ancestors of what is left may be out: who draws a tree adds them. Cost: one walk over the spans for each.
 */
export function reduceRows(trace: Trace, reductions: readonly Reduction[]): Uint8Array | undefined {
  if (reductions.length === 0) return undefined
  const left = new Uint8Array(trace.spans.length).fill(1)
  for (const reduction of reductions) takeOut(trace, reduction, left)
  return left
}

function takeOut(trace: Trace, reduction: Reduction, left: Uint8Array): void {
  const { spans } = trace
  switch (reduction.kind) {
    case 'focus': {
      const row = rowOfSpanId(spans, reduction.span)
      if (row < 0) return
      left.fill(0, 0, row)
      left.fill(0, spans.subtreeEnd[row])
      return
    }
    case 'hide-service': {
      const service = trace.services.indexOf(reduction.service)
      if (service < 0) return
      for (let row = 0; row < left.length; row++) if (spans.service[row] === service) left[row] = 0
      return
    }
    case 'select-time': {
      const { start, duration } = spans
      for (let row = 0; row < left.length; row++)
        if (start[row] > reduction.to || start[row] + duration[row] < reduction.from) left[row] = 0
      return
    }
    default: {
      const belowNs = reduction.kind === 'drop-short' ? reduction.belowNs : reduction.below * trace.durationNs
      for (let row = 0; row < left.length; row++) if (spans.duration[row] < belowNs) left[row] = 0
    }
  }
}

/** As one word of a link. */
export function formatReduction(reduction: Reduction): string {
  switch (reduction.kind) {
    case 'focus':
      return `focus:${reduction.span}`
    case 'hide-service':
      return `hide:${reduction.service}`
    case 'drop-short':
      return `short:${reduction.belowNs}`
    case 'drop-share':
      return `share:${reduction.below}`
    default:
      return `time:${Math.round(reduction.from)}-${Math.round(reduction.to)}`
  }
}

/** Undefined for what is none. */
export function parseReduction(text: string): Reduction | undefined {
  const colon = text.indexOf(':')
  const value = text.slice(colon + 1)
  switch (text.slice(0, Math.max(0, colon))) {
    case 'focus':
      return /^[0-9a-f]{16}$/.test(value) ? { kind: 'focus', span: value } : undefined
    case 'hide':
      return { kind: 'hide-service', service: value }
    case 'short': {
      const belowNs = Number(value)
      return belowNs > 0 && belowNs < Infinity ? { kind: 'drop-short', belowNs } : undefined
    }
    case 'share': {
      const below = Number(value)
      return below > 0 && below <= 1 ? { kind: 'drop-share', below } : undefined
    }
    case 'time': {
      const [from, to] = value.split('-').map(Number)
      return from >= 0 && from < to ? { kind: 'select-time', from, to } : undefined
    }
    default:
      return undefined
  }
}
