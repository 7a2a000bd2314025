import { type ErrorComponentProps, Link } from '@tanstack/react-router'
import { useReloadOnceBack } from '../state/clew-there'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { EmptyState } from '../ui/empty-state'
import styles from './frame.module.css'

/** Whether a part of the page did not come, as browsers and the bundler word it. */
const isPartMissing = (error: unknown): boolean =>
  error instanceof Error &&
  /dynamically imported module|importing a module script failed|unable to preload/i.test(error.message)

/** A page that failed while drawing itself: what it said, and the ways on. The frame around it still works. */
export function PageFailure({ error }: ErrorComponentProps) {
  const isMissing = isPartMissing(error)
  useReloadOnceBack(isMissing)
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return (
    <>
      <h1 className="sr">{isMissing ? 'A part of this page did not come' : 'This page failed'}</h1>
      <EmptyState
        title={isMissing ? 'A part of this page did not come.' : 'This page failed.'}
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
        {isMissing
          ? 'Clew did not answer when the page asked for it. Where it was stopped, start it again: the page is loaded anew by itself. It said'
          : 'That is a mistake in Clew, not in your data. It said'}{' '}
        <q className={styles.words}>{error instanceof Error ? error.message : String(error)}</q>. Your place
        is in the address: a reload returns to it.
      </EmptyState>
    </>
  )
}
