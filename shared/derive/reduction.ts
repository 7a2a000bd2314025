/** What a reader took out of view: an ordered list that can be undone from its end, and the rows that are left. */
import { rowOfSpanId } from '#shared/derive/span-ids'
import { SpanFlag, type SpanIndex, type SpanTable, type Trace } from '#shared/trace/table'

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

/** The two that drop spans for being short. */
export type DropReduction = Extract<Reduction, { kind: 'drop-short' | 'drop-share' }>

/**
 * One byte per row, 1 = left in view; undefined when nothing is taken out. What does not fit this trace (a span or service it has not)
 * takes nothing out. A row that stands for a missing parent is left while anything below it is. Ancestors of what is left may be out.
 * Cost: one walk over the spans for each.
 */
export function reduceRows(trace: Trace, reductions: readonly Reduction[]): Uint8Array | undefined {
  if (reductions.length === 0) return undefined
  const left = new Uint8Array(trace.spans.length).fill(1)
  for (const reduction of reductions) {
    const keeps = keepsRow(trace, reduction)
    for (let row = 0; row < left.length; row++) if (left[row] === 1 && !keeps(row)) left[row] = 0
  }
  if (trace.spanCount < trace.spans.length) dropEmptyParents(trace.spans, left)
  return left
}

/** Whether one reduction leaves a row in view. */
export function keepsRow(trace: Trace, reduction: Reduction): (row: SpanIndex) => boolean {
  const { start, duration, service, flags, subtreeEnd } = trace.spans
  const isMissing = (row: SpanIndex) => (flags[row] & SpanFlag.missing) !== 0
  switch (reduction.kind) {
    case 'focus': {
      const from = rowOfSpanId(trace.spans, reduction.span)
      if (from < 0) return () => true
      const to = subtreeEnd[from]
      return (row) => row >= from && row < to
    }
    case 'hide-service': {
      const hidden = trace.services.indexOf(reduction.service)
      return (row) => service[row] !== hidden || isMissing(row)
    }
    case 'select-time': {
      const { from, to } = reduction
      return (row) => (start[row] <= to && start[row] + duration[row] >= from) || isMissing(row)
    }
    default: {
      const belowNs = belowNsOf(trace, reduction)
      return (row) => duration[row] >= belowNs || isMissing(row)
    }
  }
}

/** The duration below which spans are dropped, nanoseconds. */
export function belowNsOf(trace: Trace, reduction: DropReduction): number {
  return reduction.kind === 'drop-short' ? reduction.belowNs : reduction.below * trace.durationNs
}

/** Missing parents are left only above something that is. */
function dropEmptyParents({ length, parent, flags }: SpanTable, left: Uint8Array): void {
  const isNeeded = new Uint8Array(length)
  for (let row = length - 1; row >= 0; row--) {
    if ((flags[row] & SpanFlag.missing) !== 0 && isNeeded[row] === 0) left[row] = 0
    if ((left[row] === 1 || isNeeded[row] === 1) && parent[row] >= 0) isNeeded[parent[row]] = 1
  }
}

/** How many recorded spans are left. Cost: one walk. */
export function countLeft({ length, flags }: SpanTable, left: Uint8Array): number {
  let count = 0
  for (let row = 0; row < length; row++) if (left[row] === 1 && (flags[row] & SpanFlag.missing) === 0) count++
  return count
}

/**
 * The time that what is left takes, as far as it follows from what was chosen: all of a focused subtree, a selected time, or what they
 * have in common; undefined for the whole trace. Nanoseconds from the epoch. Cost: the size of the focused subtree.
 */
export function timeLeft(
  trace: Trace,
  reductions: readonly Reduction[],
): { readonly from: number; readonly to: number } | undefined {
  let from = 0
  let to = trace.durationNs
  for (const reduction of reductions) {
    const next = reduction.kind === 'select-time' ? reduction : extentOf(trace.spans, reduction)
    if (next === undefined || Math.max(from, next.from) >= Math.min(to, next.to)) continue
    from = Math.max(from, next.from)
    to = Math.min(to, next.to)
  }
  return from <= 0 && to >= trace.durationNs ? undefined : { from, to }
}

/** From the first start to the last end in a focused subtree. */
function extentOf(spans: SpanTable, reduction: Reduction): { from: number; to: number } | undefined {
  const top = reduction.kind === 'focus' ? rowOfSpanId(spans, reduction.span) : -1
  if (top < 0) return undefined
  const extent = { from: Infinity, to: 0 }
  for (let row = top; row < spans.subtreeEnd[top]; row++) {
    extent.from = Math.min(extent.from, spans.start[row])
    extent.to = Math.max(extent.to, spans.start[row] + spans.duration[row])
  }
  return extent
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
