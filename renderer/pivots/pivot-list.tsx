import { type ReactNode, useId, useState } from 'react'
import { Icon, type IconName } from '../ui/icon'
import { Keys } from '../ui/key-caps'
import type { KeyBinding } from '../ui/keys'
import styles from './pivot-list.module.css'

/** A way from what is shown to what belongs to it in another signal. */
export interface PivotItem {
  readonly id: string
  /** The signal it leads to; its colour. */
  readonly to: 'metric' | 'trace' | 'log' | 'map'
  readonly icon: IconName
  /** What it finds. */
  readonly title: string
  /** By which fact. */
  readonly why: string
  /** The query it will run; its tip. */
  readonly query?: string | undefined
  /** How many, or how much, where that is known. */
  readonly note?: string | undefined
  /** What it finds is being looked for. */
  readonly isBusy?: boolean
  /** As in `useKeys`. */
  readonly keys?: string | undefined
  readonly run: () => void
}

/** Their keys, for `useKeys`. */
export const keysOfPivots = (pivots: readonly PivotItem[]): readonly KeyBinding[] =>
  pivots.flatMap(({ keys, title, run }) => (keys === undefined ? [] : [{ keys, title, run }]))

/** Pivots, one under the other; `children` are more items of the list. */
export function PivotList({
  label,
  items,
  children,
}: {
  readonly label: string
  readonly items: readonly PivotItem[]
  readonly children?: ReactNode
}) {
  const tip = useId()
  /** The one that the keyboard has come to: a pointer has the tip. */
  const [focused, setFocused] = useState<string>()
  const query = items.find(({ id }) => id === focused)?.query
  return (
    <ul className={styles.list} aria-label={label}>
      {items.map(({ id, to, icon, title, why, query, note, isBusy, keys, run }) => (
        <li key={id}>
          <button
            type="button"
            className={`inset ${styles.pivot}`}
            title={query}
            {...(focused === id && query !== undefined ? { 'aria-describedby': tip } : {})}
            onFocus={({ target }) => setFocused(target.matches(':focus-visible') ? id : undefined)}
            onBlur={() => setFocused(undefined)}
            aria-busy={isBusy}
            onClick={run}
          >
            <Icon name={isBusy ? 'wait' : icon} className={`sig-${to}`} />
            <span className={styles.words}>
              <span className="m">{title}</span>
              <span className="t3 small">{why}</span>
            </span>
            <span className="num m">{note}</span>
            <span>{keys !== undefined && <Keys keys={keys} />}</span>
          </button>
        </li>
      ))}
      {children}
      {query !== undefined && (
        <li>
          <code id={tip} className={`t3 small ${styles.query}`}>
            {query}
          </code>
        </li>
      )}
    </ul>
  )
}
