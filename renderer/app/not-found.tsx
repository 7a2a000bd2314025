import { Link } from '@tanstack/react-router'
import { EmptyState } from '../ui/empty-state'

/** An address that names no place of the application. */
export function NotFound() {
  return (
    <>
      <h1 className="sr">Not found</h1>
      <EmptyState
        title="There is nothing at this address."
        action={
          <Link to="/" className="btn primary">
            Go to the start page
          </Link>
        }
      >
        The link may be from another version of Clew, or not whole.
      </EmptyState>
    </>
  )
}
