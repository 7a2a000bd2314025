import { formatCount } from '#shared/derive/quantities'
import { useTallestPx } from '../ui/tallest'
import { WarnNote } from '../ui/warn-note'
import { rowHeightPx } from './list-position'

/** Says so where there are more rows than a browser can scroll through. */
export function RowLimitNote({ rowCount }: { readonly rowCount: number }) {
  const mostRows = Math.floor(useTallestPx() / rowHeightPx)
  if (rowCount <= mostRows) return undefined
  return (
    <WarnNote
      title={`The first ${formatCount(mostRows)} of ${formatCount(rowCount)} rows can be scrolled to.`}
    >
      Fold some of them, or show only matches, to reach the rest.
    </WarnNote>
  )
}
