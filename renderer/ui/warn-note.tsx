import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon'
import styles from './note.module.css'

interface Props {
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
  readonly icon?: IconName | undefined
}

/** The amber strip over something that is there but not whole: what is missing, counted, and one button. */
export function WarnNote({ title, children, action, icon = 'warn' }: Props) {
  return (
    <div className={`${styles.note} ${styles.warn}`} role="status">
      <Icon name={icon} className="wrn" />
      <div className="grow">
        <p className="m">{title}</p>
        {children !== undefined && <div className={styles.more}>{children}</div>}
      </div>
      {action}
    </div>
  )
}
