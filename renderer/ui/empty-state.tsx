import type { ReactNode } from 'react'
import styles from './empty-state.module.css'

interface Props {
  /** What there is none of: `No trace in the last hour took over 5 s.` */
  readonly title: string
  /** What to do next. */
  readonly children?: ReactNode
  /** One button, seldom two. */
  readonly action?: ReactNode
}

/** Nothing to show, and what to do next. */
export function EmptyState({ title, children, action }: Props) {
  return (
    <div className={styles.empty}>
      <p>
        <b>{title}</b> {children}
      </p>
      {action !== undefined && <div className="row">{action}</div>}
    </div>
  )
}
