import type { ReactNode } from 'react'
import styles from './settings.module.css'

/** One thing that can be set: its name, what it means, the control. */
export function Setting({
  title,
  children,
  control,
}: {
  readonly title: string
  readonly children?: ReactNode
  readonly control?: ReactNode
}) {
  return (
    <section className={styles.setting}>
      <div className="grow">
        <h2>{title}</h2>
        {children !== undefined && <p className="t2">{children}</p>}
      </div>
      {control}
    </section>
  )
}
