import type { ReactNode } from 'react'
import type { Finding } from '#shared/derive/findings'
import type { SpanIndex } from '#shared/trace/table'
import { Icon, type IconName } from '../ui/icon'
import styles from './findings-strip.module.css'

interface Props {
  /** Undefined until they are worked out: the strip keeps its place, so that no row moves when they come. */
  readonly findings: readonly Finding[] | undefined
  readonly selected: SpanIndex
  readonly onShow: (finding: Finding) => void
  /** Shown in their place meanwhile. */
  readonly children: ReactNode
}

const icons: Readonly<Record<Finding['kind'], IconName>> = {
  wait: 'wait',
  work: 'span',
  error: 'error',
  repeat: 'repeat',
  clock: 'clock',
  missing: 'warn',
}

const tones: Readonly<Record<Finding['severity'], string>> = { error: 'err', warning: 'wrn', info: 't2' }

/** What to look at first, in sentences; each leads to its evidence. */
export function FindingsStrip({ findings, selected, onShow, children }: Props) {
  if (!findings) return <div className={styles.waiting}>{children}</div>
  return (
    <section className={styles.strip} aria-label="Findings">
      {findings.length === 0 && (
        <p className={styles.none}>Nothing stands out: no long wait, no error, no repeated calls.</p>
      )}
      {findings.map((finding) => (
        <button
          key={`${finding.kind} ${finding.title}`}
          type="button"
          className={`inset ${styles.finding}`}
          aria-pressed={finding.rows.includes(selected)}
          onClick={() => onShow(finding)}
        >
          <Icon name={icons[finding.kind]} className={tones[finding.severity]} />
          <span className="grow">
            <span className={`cut ${styles.title}`} title={finding.title}>
              {finding.title}
            </span>
            <span className={`cut ${styles.text}`} title={finding.text}>
              {finding.text}
            </span>
          </span>
        </button>
      ))}
    </section>
  )
}
