import type { CSSProperties } from 'react'
import { formatTime, type TimeZone } from '#shared/derive/clock-times'
import { nameOf, type ThreadRow } from '#shared/thread/thread'
import { iconOfSignal, toneOfSignal } from '../thread/step-icon'
import { takeOut } from '../thread/take-out'
import { Button } from '../ui/button'
import { Icon } from '../ui/icon'
import styles from './investigation.module.css'
import { StepLink } from './step-link'
import { StepShown } from './step-shown'

interface Props {
  readonly row: ThreadRow
  /** Counted from 1, as they stand in the list. */
  readonly number: number
  readonly isCurrent: boolean
  readonly zone: TimeZone
  readonly onEdit: () => void
  readonly onPin: () => void
}

/** Deeper branches are not indented further: there would be no room left for what they say. */
const deepest = 6

/** One step: what was looked at, where, when, with which query, and what a person says of it. */
export function StepRow({ row, number, isCurrent, zone, onEdit, onPin }: Props) {
  const { step, depth, isFork, goesOn } = row
  const name = nameOf(step)
  return (
    <li
      className={[
        styles.step,
        goesOn && styles.goesOn,
        depth > 0 && styles.branch,
        isFork && styles.fork,
        isCurrent && styles.current,
      ]
        .filter(Boolean)
        .join(' ')}
      aria-current={isCurrent ? 'step' : undefined}
      style={{ '--depth': Math.min(depth, deepest) } as CSSProperties}
    >
      {depth > 0 && <span className={styles.passing} />}
      <span className={`${styles.node} ${toneOfSignal[step.signal]}`} title={`Step ${number}`}>
        <Icon name={iconOfSignal[step.signal]} size="s" />
      </span>
      <div className={styles.line}>
        <StepLink step={step} className="b cut">
          {name}
        </StepLink>
        <span className="b nowrap">{step.count}</span>
        {step.isPinned && (
          <span className="tag">
            <Icon name="pin" size="x" />
            pinned
          </span>
        )}
        <span className={styles.acts}>
          <Button look="ghost" icon="note" label={`Name or note of ${name}`} onClick={onEdit} />
          <Button look="ghost" icon="pin" label={`Pin ${name}`} pressed={step.isPinned} onClick={onPin} />
          <Button look="ghost" icon="close" label={`Remove ${name}`} onClick={() => takeOut(step)} />
        </span>
        <span className="grow" />
        <span className="t3 small cut">{step.sources.join(', ')}</span>
        <span className={`t3 small num ${styles.time}`}>{formatTime(step.atMs, zone)}</span>
      </div>
      {step.query !== '' && (
        <div className={`mono t2 cut ${styles.query}`} title={step.query}>
          {step.query}
        </div>
      )}
      <StepShown step={step} zone={zone} />
      {step.note !== '' && <p className={styles.note}>{step.note}</p>}
    </li>
  )
}
