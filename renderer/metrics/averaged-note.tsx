import type { AveragedQuantile } from '#shared/metrics/quantile-average'
import { Button } from '../ui/button'
import { WarnNote } from '../ui/warn-note'

interface Props {
  readonly averaged: AveragedQuantile
  readonly onQuery: (query: string) => void
  /** Draws it although; left out where nothing is drawn, or it is already. */
  readonly onInsist?: (() => void) | undefined
}

/** Why an average of percentiles is not drawn, and what to ask instead. */
export function AveragedNote({ averaged, onQuery, onInsist }: Props) {
  return (
    <WarnNote
      title={averaged.message}
      action={
        <span className="row">
          <Button onClick={() => onQuery(averaged.offered)}>Use this instead</Button>
          {onInsist && (
            <Button look="ghost" onClick={onInsist}>
              Draw it anyway
            </Button>
          )}
        </span>
      }
    >
      <code>{averaged.offered}</code>
    </WarnNote>
  )
}
