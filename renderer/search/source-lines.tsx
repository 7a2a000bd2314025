import { memo } from 'react'
import type { SearchSnapshot, TraceSearch } from '../state/trace-search'
import { Button } from '../ui/button'
import type { LeftOut } from './plan-search'
import { LineFrame } from './line-frame'
import { SourceLine } from './source-line'
import styles from './source-line.module.css'

interface Props {
  readonly search: TraceSearch
  readonly snapshot: SearchSnapshot
  readonly leftOut: readonly LeftOut[]
  /** Asks sources without TraceQL with the form's conditions. */
  readonly onAskOthers: () => void
  /** Searches within this service. */
  readonly onService: (service: string) => void
}

/** One line for each source: a slow or failing one never hides what the others found. */
export const SourceLines = memo(function SourceLines({
  search,
  snapshot,
  leftOut,
  onAskOthers,
  onService,
}: Props) {
  return (
    <ul className={styles.lines} aria-label="Progress by source">
      {snapshot.sources.map((progress) => (
        <SourceLine
          key={progress.source.id}
          progress={progress}
          onStop={() => search.stop(progress.source.id)}
          onRetry={(lengthMs) => search.retry(progress.source.id, lengthMs)}
          onMore={() => search.loadMore(progress.source.id)}
          onService={onService}
        />
      ))}
      {leftOut.map(({ source, sentence }) => (
        <LineFrame
          key={source.id}
          icon="more"
          tone="quiet"
          name={source.name}
          action={
            <Button look="ghost" className={styles.button} onClick={onAskOthers}>
              Ask with the form
            </Button>
          }
        >
          <span className="t3">{sentence}</span>
        </LineFrame>
      ))}
    </ul>
  )
})
