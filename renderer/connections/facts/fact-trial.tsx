import type { Source } from '#shared/api/contract'
import type { FactEdit } from '#shared/correlate/said'
import { toApiError } from '../../state/errors'
import { useFactTrial } from '../../state/fact-trial'
import { Button } from '../../ui/button'
import styles from './learned-facts.module.css'

interface Props {
  readonly source: Source
  /** Undefined while the form lacks something. */
  readonly edit: FactEdit | undefined
}

/** What the fact in the form finds, as it is written; it may be kept whatever comes of that. */
export function FactTrialNote({ source, edit }: Props) {
  const { trial, error, isWaiting, isAsking, stop } = useFactTrial(source, edit)
  return (
    <div className={styles.trial} role="status" aria-label="What it finds">
      {(isAsking || isWaiting) && (
        <>
          <span className="t3">Trying it on {source.name}…</span>
          {isAsking && (
            <Button look="ghost" onClick={stop}>
              Stop
            </Button>
          )}
        </>
      )}
      {!isAsking && error && <span className="t3">It could not be tried: {toApiError(error).message}</span>}
      {!isAsking && !error && trial && (
        <>
          <span className={trial.isFound ? undefined : 't3'}>{trial.sentence}</span>
          {trial.example !== undefined && <code className="small">{trial.example}</code>}
        </>
      )}
    </div>
  )
}
