/** The log line among the spans that is selected, and the walk through those that hold what is sought. */
import { useMemo } from 'react'
import { type Folding, setFolded } from '#shared/derive/folding'
import type { PlacedLine } from '#shared/derive/line-rows'
import type { RowTree } from '#shared/derive/row-tree'
import type { SpanIndex } from '#shared/trace/table'
import type { LinesOfTrace } from '../state/trace-lines'
import { linesFound } from './lines-found'
import type { Jump } from './use-jump'

interface Place {
  readonly lines: LinesOfTrace
  readonly tree: RowTree
  /** The span that is selected; -1 for none. */
  readonly selected: SpanIndex
  /** What is sought in the trace. */
  readonly sought: string
  readonly jump: Jump
  readonly setFolding: (next: (now: Folding) => Folding) => void
  /** Lines are shown in the waterfall alone, and not while only matches are. */
  readonly showRows: () => void
}

/** What the field for finding tells of lines. */
export interface SoughtLines {
  /** Lines that hold what is sought, shown or not. */
  readonly count: number
  /** Selects the next of them, and shows it; round at the ends. */
  readonly walk: (step: 1 | -1) => void
}

export interface SelectedLine {
  /** Undefined for none: then the span is what is selected. It lies under the selected span. */
  readonly line: PlacedLine | undefined
  readonly sought: SoughtLines
}

/** `chosen`: number of the line that was selected last; it counts as long as its span is selected and it is shown. */
export function useSelectedLine(
  chosen: number | undefined,
  choose: (line: number) => void,
  { lines, tree, selected, sought, jump, setFolding, showRows }: Place,
): SelectedLine {
  const { found, places, placed } = lines
  const line = placed?.find((one) => one.line === chosen && one.span === selected)
  const having = useMemo(() => (found ? linesFound(found.batch, sought) : []), [found, sought])
  const walk = (step: 1 | -1) => {
    if (having.length === 0) return
    const at = chosen === undefined || !line ? -1 : having.indexOf(chosen)
    const next = at < 0 ? (step === 1 ? 0 : having.length - 1) : (at + step + having.length) % having.length
    const to = places.find((one) => one.line === having[next])
    if (!to) return
    if (placed?.includes(to) !== true) lines.choose('all')
    jump(to.span, 'go')
    setFolding((now) => setFolded(tree, now, tree.at[to.span], false))
    showRows()
    choose(to.line)
  }
  return { line, sought: { count: having.length, walk } }
}
