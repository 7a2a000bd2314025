/** Going to a span wherever it is. */
import { useCallback } from 'react'
import { type Folding, openAncestors } from '#shared/derive/folding'
import { keepsRow, type Reduction } from '#shared/derive/reduction'
import { wholeTree } from '#shared/derive/row-tree'
import { spanIdOfRow } from '#shared/derive/span-ids'
import type { SpanIndex, Trace } from '#shared/trace/table'
import type { LocationActions } from '../state/location'
import type { TraceLocation } from '../state/trace-location'
import { type TimeWindow, windowShowing } from '#shared/derive/time-window'
import { flushLive, type Live } from '../state/use-live'
import type { ShownRows } from './use-shown-rows'

interface Place {
  readonly trace: Trace
  readonly shown: ShownRows
  readonly reductions: readonly Reduction[]
  /** The reader's own. */
  readonly folding: Live<Folding>
  /** What alone is shown while only matches are; undefined while all are. */
  readonly only: Uint8Array | undefined
  /** Id of the selected span. */
  readonly span: Live<string>
  readonly setWindow: (next: (now: TimeWindow) => TimeWindow) => void
  readonly actions: LocationActions<TraceLocation>
  /** Hears of every jump: the row is to be brought into view. */
  readonly onJump: () => void
}

export type Jump = (row: SpanIndex, how: 'go' | 'adjust') => void

/** Selects a row: puts back what took it out of view, opens what is folded above it, and moves the window to it. */
export function useJump(place: Place): Jump {
  const { trace, shown, reductions, folding, only, span, setWindow, actions, onJump } = place
  const { tree, setFolding } = shown
  const { go, adjust } = actions
  const { set } = folding
  const { value: now, show } = span
  return useCallback(
    (row, how) => {
      if (row < 0) return
      const { spans, durationNs } = trace
      const isOut = tree.at[row] < 0
      const isUnmatched = only !== undefined && only[row] !== 1
      const openIn = isOut ? wholeTree(spans) : tree
      const change = (folding: Folding) => openAncestors(openIn, folding, openIn.at[row])
      if (isOut || isUnmatched) set(change)
      else setFolding(change)
      setWindow((now) => windowShowing(now, spans.start[row], spans.duration[row], durationNs))
      const next = {
        span: spanIdOfRow(spans, row),
        ...(isUnmatched ? { matchesOnly: false } : {}),
        ...(isOut ? { reductions: reductions.filter((one) => keepsRow(trace, one)(row)) } : {}),
      }
      show(next.span)
      if (isOut || (how === 'go' && next.span !== now)) {
        flushLive()
        go(next)
      } else adjust(next)
      onJump()
    },
    [trace, tree, setFolding, set, only, reductions, now, show, setWindow, go, adjust, onJump],
  )
}
