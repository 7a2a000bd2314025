import type { Point } from './scatter-points'
import styles from './scatter.module.css'
import type { TraceRow } from './trace-table'

/** The dot that is selected, or under the pointer. */
export function Mark({ point, className }: { readonly point: Point<TraceRow>; readonly className: string }) {
  return (
    <i
      className={`${styles.mark} ${point.isError ? styles.error : ''} ${className}`}
      style={{ left: point.x, top: point.y }}
      aria-hidden="true"
    />
  )
}
