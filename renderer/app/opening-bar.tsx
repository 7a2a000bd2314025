import { useRouterState } from '@tanstack/react-router'
import styles from './opening-bar.module.css'

/** Over the page from the moment somebody goes to another one until that stands there. */
export function OpeningBar() {
  const isOpening = useRouterState({
    select: ({ location, resolvedLocation }) =>
      resolvedLocation !== undefined && location.pathname !== resolvedLocation.pathname,
  })
  return (
    <div className={styles.bar} data-opening={isOpening}>
      {isOpening && <div role="progressbar" aria-label="Opening the page" />}
    </div>
  )
}
