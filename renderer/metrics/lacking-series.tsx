import type { Source } from '#shared/api/contract'
import { EmptyState } from '../ui/empty-state'

/** That opened files have no series left to chart, and what to try. */
export function LackingSeries({ source }: { readonly source: Source }) {
  return (
    <EmptyState title={`No series of metrics could be read from ${source.name}.`}>
      They are damaged, or missing from the file. Open another copy of it, or connect the Prometheus that this
      was asked of; what else could be read of the file is there.
    </EmptyState>
  )
}
