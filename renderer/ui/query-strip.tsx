import type { ReactNode } from 'react'
import type { EditorMark } from './code-editor/language'
import { Icon } from './icon'
import styles from './query-strip.module.css'

interface Props {
  /** The editor, and the buttons beside it. */
  readonly row: ReactNode
  /** What is to be said of the query, below it. */
  readonly children?: ReactNode
}

/** The strip a query is written in, above what it answers. */
export function QueryStrip({ row, children }: Props) {
  return (
    <div className={styles.strip}>
      <div className={styles.row}>{row}</div>
      {children}
    </div>
  )
}

/** Says that what is written is not what was asked. */
export function ChangedTag({ isChanged }: { readonly isChanged: boolean }) {
  return (
    <span className={styles.changed} role="status">
      {isChanged && <span className="tag wrn">changed, not run yet</span>}
    </span>
  )
}

interface ErrorProps {
  readonly at: Pick<EditorMark, 'line' | 'column' | 'message'>
  /** Name of the source that could not read the query. */
  readonly source: string | undefined
}

/** What a source could not read of the query: its words, and where. */
export function QueryErrorLine({ at, source }: ErrorProps) {
  return (
    <p className={styles.error} role="alert">
      <Icon name="error" size="s" className="err" />
      {at.line !== undefined && (
        <span className="err">
          <span className="sr">line </span>
          {at.line}
          <span aria-hidden="true">:</span>
          <span className="sr"> column </span>
          {at.column}
        </span>
      )}
      <code>{at.message}</code>
      <span className="t3 small">{source}</span>
    </p>
  )
}
