/** Whether repeated siblings stand in one row: as the URL says, or else as the reader chose last. */
import { useEffect, useRef } from 'react'
import { type Folding, setFolded } from '#shared/derive/folding'
import { groupOfNode } from '#shared/derive/repeated-rows'
import type { RowTree } from '#shared/derive/row-tree'
import type { SpanIndex } from '#shared/trace/table'
import type { LocationActions } from '../state/location'
import { useChangePreferences, usePreferences } from '../state/preferences'
import type { TraceLocation } from '../state/trace-location'

export interface Repeats {
  readonly isFolded: boolean
  readonly set: (isFolded: boolean) => void
}

/** The choice is remembered, and written into the URL. */
export function useRepeats(location: TraceLocation, actions: LocationActions<TraceLocation>): Repeats {
  const { repeatsFolded = true } = usePreferences()
  const change = useChangePreferences()
  return {
    isFolded: location.repeats ?? repeatsFolded,
    set: (isFolded) => {
      change(() => ({ repeatsFolded: isFolded }))
      actions.adjust({ repeats: isFolded })
    },
  }
}

/** Opens the groups around a span when it becomes the selected one, wherever it was selected; later they may be folded over it again. */
export function useOpenGroups(
  tree: RowTree,
  selected: SpanIndex,
  setFolding: (next: (now: Folding) => Folding) => void,
): void {
  const opened = useRef<{ readonly selected: SpanIndex; readonly groups: RowTree['groups'] } | undefined>(
    undefined,
  )
  useEffect(() => {
    if (opened.current?.selected === selected && opened.current.groups === tree.groups) return
    opened.current = { selected, groups: tree.groups }
    if (selected < 0 || !tree.groups || tree.at[selected] < 0) return
    const above: number[] = []
    for (let node = tree.parent[tree.at[selected]]; node >= 0; node = tree.parent[node])
      if (groupOfNode(tree, node) >= 0) above.push(node)
    if (above.length === 0) return
    setFolding((now) => above.reduce((folding, node) => setFolded(tree, folding, node, false), now))
  }, [tree, selected, setFolding])
}
