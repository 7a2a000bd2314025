import type { ReactNode } from 'react'
import { Icon, type IconName } from '../ui/icon'
import styles from './source-line.module.css'

interface Props {
  readonly icon: IconName
  readonly tone?: 'ok' | 'error' | 'quiet' | undefined
  readonly name: string
  readonly bar?: 'full' | 'failed' | 'asking' | 'none' | undefined
  readonly children: ReactNode
  readonly action?: ReactNode
}

const tones = { ok: 'okc', error: 'err', quiet: 't3' } as const

/** The common shape of a source's line: mark, name, bar, words, one or two buttons. */
export function LineFrame({ icon, tone, name, bar = 'none', children, action }: Props) {
  return (
    <li className={styles.line}>
      <Icon name={icon} size="s" className={tone ? tones[tone] : 't2'} />
      <span className={tone === 'quiet' ? 't2 cut' : 'm cut'} title={name}>
        {name}
      </span>
      <span className={`${styles.bar} ${styles[bar]}`} aria-hidden="true">
        <b />
      </span>
      <span className={styles.words}>{children}</span>
      <span className={styles.actions}>{action}</span>
    </li>
  )
}
