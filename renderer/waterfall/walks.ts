/** From match to match, error to error, and along the critical path, through what is left in view; round at the ends. */
import type { CriticalPath } from '#shared/derive/critical-path'
import { nextError, nextMatch, previousError, previousMatch } from '#shared/derive/next-row'
import type { RowTree } from '#shared/derive/row-tree'
import type { SpanIndex } from '#shared/trace/table'
import type { Jump } from './use-jump'

interface Place {
  readonly tree: RowTree
  readonly selected: SpanIndex
  readonly matches: Uint8Array | undefined
  /** One byte per span, 1 = not taken out of view; undefined for all. */
  readonly left: Uint8Array | undefined
  readonly path: CriticalPath | undefined
  readonly jump: Jump
}

type Step = 1 | -1

export interface Walks {
  readonly walk: (step: Step) => void
  readonly walkErrors: (step: Step) => void
  readonly walkPath: (step: Step) => void
}

export function walksFrom({ tree, selected, matches, left, path, jump }: Place): Walks {
  const { spans } = tree
  return {
    walk: (step) => {
      if (matches)
        jump(step === 1 ? nextMatch(matches, selected) : previousMatch(matches, selected), 'adjust')
    },
    walkErrors: (step) =>
      jump(step === 1 ? nextError(spans, selected, left) : previousError(spans, selected, left), 'adjust'),
    walkPath: (step) => {
      const onPath = [...new Set(path?.row)].filter((row) => tree.at[row] >= 0)
      if (onPath.length === 0) return
      jump(onPath[(onPath.indexOf(selected) + step + onPath.length) % onPath.length], 'adjust')
    },
  }
}
