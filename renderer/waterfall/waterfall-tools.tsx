import type { ReactNode } from 'react'
import { Button } from '../ui/button'
import styles from './tools.module.css'

interface Props {
  /** The find field. */
  readonly children: ReactNode
  readonly matchesOnly: boolean
  readonly criticalPath: boolean
  readonly onMatchesOnly: (only: boolean) => void
  readonly onCriticalPath: (shown: boolean) => void
  readonly onCollapseAll: () => void
  readonly onExpandAll: () => void
}

/** The line of controls over the rows. */
export function WaterfallTools(props: Props) {
  const { children, matchesOnly, criticalPath, onMatchesOnly, onCriticalPath, onCollapseAll, onExpandAll } =
    props
  return (
    <div className={styles.tools}>
      {children}
      <Button pressed={matchesOnly} onClick={() => onMatchesOnly(!matchesOnly)}>
        Matches only
      </Button>
      <span className={styles.space} />
      <Button pressed={criticalPath} icon="invest" onClick={() => onCriticalPath(!criticalPath)}>
        Critical path
      </Button>
      <Button onClick={onCollapseAll}>Collapse all</Button>
      <Button onClick={onExpandAll}>Expand all</Button>
    </div>
  )
}
