import type { ReactNode } from 'react'
import { countOf } from '#shared/derive/quantities'
import type { LogLocation } from '../state/log-location'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { MenuButton } from '../ui/menu'
import { Segmented } from '../ui/segmented'
import styles from './logs-view.module.css'

interface Props {
  readonly place: LogLocation
  /** How many lines there are, and of when. */
  readonly children: ReactNode
  readonly errors: number
  readonly warnings: number
  /** Lines that hold what is looked for, and which of them is selected: 0 for none. */
  readonly found: { readonly count: number; readonly at: number }
  /** Names that may have a column. */
  readonly names: readonly string[]
  readonly onColumn: (name: string) => void
  readonly onStep: (step: 1 | -1) => void
  readonly onAdjust: (change: Partial<LogLocation>) => void
  /** Ways of handing the query on. */
  readonly copies: ReactNode
  readonly onOrder: (order: LogLocation['order']) => void
}

const orders = [
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
] as const

/** Over the list: what it holds, how it is seen, and what is looked for in it. */
export function ListHead({
  place,
  children,
  errors,
  warnings,
  found,
  names,
  onColumn,
  onStep,
  onAdjust,
  copies,
  onOrder,
}: Props) {
  const { columns, find, wrap, fold, order } = place
  return (
    <div className={`row ${styles.head}`}>
      <span className="cut">{children}</span>
      {errors > 0 && <span className="tag err">{countOf(errors, 'error')}</span>}
      {warnings > 0 && <span className="tag wrn">{countOf(warnings, 'warning')}</span>}
      <span className="grow" />
      <MenuButton
        label="Columns"
        entries={names.map((name) => ({
          id: name,
          label: name,
          icon: columns.includes(name) ? ('check' as const) : undefined,
          run: () => onColumn(name),
        }))}
      >
        Columns
      </MenuButton>
      {copies}
      <Segmented label="Order" value={order} options={orders} onChange={onOrder} />
      <Button pressed={fold} onClick={() => onAdjust({ fold: !fold })}>
        Fold repeats
      </Button>
      <Button pressed={wrap} onClick={() => onAdjust({ wrap: !wrap })}>
        Wrap
      </Button>
      <Field
        label="Find in these lines"
        hideLabel
        icon="search"
        placeholder="Find in these lines"
        clearable
        className={styles.find}
        value={find}
        onChange={(text) => onAdjust({ find: text })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          onStep(event.shiftKey ? -1 : 1)
        }}
        after={
          find.trim() === '' ? undefined : (
            <span className="t3 small nowrap" role="status">
              {found.at > 0 ? `${found.at} of ${found.count}` : found.count}
            </span>
          )
        }
      />
    </div>
  )
}
