import { type ErrorComponentProps, Link } from '@tanstack/react-router'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { EmptyState } from '../ui/empty-state'
import styles from './frame.module.css'

/** A page that failed while drawing itself: what it said, and the ways on. The frame around it still works. */
export function PageFailure({ error }: ErrorComponentProps) {
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return (
    <>
      <h1 className="sr">This page failed</h1>
      <EmptyState
        title="This page failed."
        action={
          <>
            <Button look="primary" onClick={() => location.reload()}>
              Reload
            </Button>
            <Link to="/" className="btn">
              Go to the start page
            </Link>
            <CopyButton what="what it said, for a report" text={words} />
          </>
        }
      >
        That is a mistake in Clew, not in your data. It said{' '}
        <q className={styles.words}>{error instanceof Error ? error.message : String(error)}</q>. Your place
        is in the address: a reload returns to it.
      </EmptyState>
    </>
  )
}
