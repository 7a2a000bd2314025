import type { ReactNode } from 'react'
import { Icon } from '../ui/icon'
import styles from './detail.module.css'

interface Props {
  readonly title: string
  readonly count?: number | undefined
  readonly isOpen: boolean
  readonly onToggle: () => void
  readonly children: ReactNode
}

/** A part of the detail panel that folds. */
export function DetailSection({ title, count, isOpen, onToggle, children }: Props) {
  return (
    <div className={styles.section}>
      <h3>
        <button type="button" className={`inset ${styles.toggle}`} aria-expanded={isOpen} onClick={onToggle}>
          <Icon name={isOpen ? 'down' : 'right'} size="x" />
          {title}
          {count !== undefined && <span className="t3 small">{count}</span>}
        </button>
      </h3>
      {isOpen && children}
    </div>
  )
}
