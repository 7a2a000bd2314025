import { countOf, formatCount } from '#shared/derive/quantities'
import type { TableProgress } from '../state/span-table'
import type { GroupBy } from '../state/table-location'
import { ProgressBar } from '../ui/progress-bar'

interface Props {
  readonly progress: TableProgress
  readonly by: GroupBy
  /** Undefined where there is nothing else to go back to. */
  readonly onCancel: (() => void) | undefined
}

/** How far a table, or a file of it, has come. */
export function TableProgressBar({ progress, by, onCancel }: Props) {
  const { step, done, of } = progress
  return (
    <ProgressBar
      label={
        step === 'reading' && by.kind === 'attribute'
          ? `Reading ${by.key} of every span`
          : step === 'writing'
            ? 'Writing the groups'
            : 'Measuring and sorting the groups'
      }
      counts={
        of > 0 ? `${formatCount(done)} of ${countOf(of, step === 'reading' ? 'span' : 'group')}` : undefined
      }
      fraction={of > 0 ? done / of : undefined}
      onCancel={onCancel}
    />
  )
}
