import { formatCount } from '#shared/derive/quantities'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import type { Reduce } from './use-reductions'

interface Props {
  readonly spanCount: number
  /** Spans that match and are left in view; undefined when nothing is sought. */
  readonly matchCount: number | undefined
  /** Spans that the reductions leave. */
  readonly leftCount: number
  readonly reduce: Reduce
  readonly onShowUnmatched: () => void
}

/** No row is left, and the ways back. */
export function NothingLeft({ spanCount, matchCount, leftCount, reduce, onShowUnmatched }: Props) {
  const isReduced = reduce.list.length > 0
  const putBack = (
    <>
      <Button onClick={reduce.undo}>Undo the last</Button>
      {reduce.list.length > 1 && <Button onClick={reduce.clear}>Show all spans</Button>}
    </>
  )
  if (isReduced && leftCount === 0)
    return (
      <EmptyState title="No span is left." action={putBack}>
        What you took out of view is all there was: {formatCount(spanCount)} spans.
      </EmptyState>
    )
  if (matchCount !== 0) return undefined
  return (
    <EmptyState
      title="No span matches."
      action={
        <>
          <Button onClick={onShowUnmatched}>{isReduced ? 'Show the others too' : 'Show all spans'}</Button>
          {isReduced && putBack}
        </>
      }
    >
      None of {formatCount(leftCount)} spans {isReduced ? 'in view ' : ''}has what you look for.
    </EmptyState>
  )
}
