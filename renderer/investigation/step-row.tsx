import type { CSSProperties } from 'react'
import { formatTime, type TimeZone } from '#shared/derive/clock-times'
import { describeWindow, roundedWindow } from '#shared/derive/time-range'
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

const indentOf = (depth: number): number => Math.min(depth, deepest)

/** How many indents further out they stand. */
const indentsOf = (passing: readonly number[], depth: number): readonly number[] => [
  ...new Set(passing.map((outer) => indentOf(depth) - indentOf(outer)).filter((back) => back > 0)),
]

/** One step: what was looked at, where, when, with which query, and what a person says of it. */
export function StepRow({ row, number, isCurrent, zone, onEdit, onPin }: Props) {
  const { step, depth, isFork, goesOn, passing } = row
  const name = nameOf(step)
  // As it was said then: a day is named where it was another one.
  const when = step.window ? describeWindow(roundedWindow(step.window), zone, step.atMs) : ''
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
      style={{ '--depth': indentOf(depth) } as CSSProperties}
    >
      {indentsOf(passing, depth).map((back) => (
        <span key={back} className={styles.passing} style={{ '--back': back } as CSSProperties} />
      ))}
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
        <span className="t3 small cut">
          {[step.sources.join(', '), when].filter((part) => part !== '').join(', ')}
        </span>
        <span className={`t3 small num ${styles.time}`} title="When it was looked at">
          {formatTime(step.atMs, zone)}
        </span>
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
