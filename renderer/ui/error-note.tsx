import type { ReactNode } from 'react'
import type { ApiError } from '#shared/api/contract'
import { Icon, type IconName } from './icon'
import styles from './note.module.css'

interface Props {
  readonly error: ApiError
  /** The one button: Retry, Connections… */
  readonly action?: ReactNode
  /** What is still true, such as `Rows up to 14:35 are still shown.` */
  readonly kept?: string | undefined
  readonly icon?: IconName | undefined
}

/** An error where the answer would have been: what happened, the server's words, what to try, one button. */
export function ErrorNote({ error, action, kept, icon = 'error' }: Props) {
  return (
    <div className={`${styles.note} ${styles.error}`} role="alert">
      <Icon name={icon} className="err" />
      <div className="grow">
        <p className="m">{error.message}</p>
        <p className={styles.more}>
          {error.detail !== undefined && error.detail !== '' && (
            <>
              <q className={styles.words}>{error.detail}</q>{' '}
            </>
          )}
          {error.advice} {kept}
        </p>
      </div>
      {action}
    </div>
  )
}
