/** What a way of looking at a trace is given: the same selection, filter and time, whichever one it is. */
import type { ComponentType } from 'react'
import type { CriticalPath } from '#shared/derive/critical-path'
import type { SpanIndex, Trace } from '#shared/trace/table'
import type { LocationActions } from './location'
import type { RowColors } from './row-colors'
import type { TraceLocation } from './trace-location'

/** Nanoseconds from the epoch of the trace. */
export interface PaneWindow {
  readonly from: number
  readonly to: number
}

export interface TracePaneProps {
  /** The worker's session that holds the trace. */
  readonly session: string
  readonly trace: Trace
  /** Colour slot of each service. */
  readonly slots: readonly number[]
  /** Colour of each row: of its service, or of what it says under an attribute. */
  readonly colors: RowColors
  /** One byte per row, 1 = in view: what reductions, and "Matches only" if it is on, leave; undefined for all. */
  readonly included: Uint8Array | undefined
  /** One byte per row, 1 = matches what is sought; undefined when nothing is. */
  readonly matches: Uint8Array | undefined
  readonly window: PaneWindow
  /** -1 for none. */
  readonly selected: SpanIndex
  /** When this changes, the selected row is brought into view. */
  readonly reveal: string
  /** Undefined while it is not worked out, or not to be drawn. */
  readonly path: CriticalPath | undefined
  readonly location: TraceLocation
  readonly actions: LocationActions<TraceLocation>
  readonly onSelect: (row: SpanIndex) => void
  readonly onWindow: (next: PaneWindow | ((now: PaneWindow) => PaneWindow)) => void
  /** Adds a term to what is sought, or its opposite. */
  readonly onFilter: (term: string, exclude: boolean) => void
}

/** Ways of looking at a trace besides the waterfall; the application puts them in. */
export type TracePanes = Readonly<Partial<Record<'flame' | 'table', ComponentType<TracePaneProps>>>>
