import { useRef } from 'react'
import type { TimeZone } from '#shared/derive/clock-times'
import { mark, type Step, type ThreadRow } from '#shared/thread/thread'
import { changeThread } from '../state/thread'
import { takeOut } from '../thread/take-out'
import { useKeys } from '../ui/keys'
import styles from './investigation.module.css'
import { StepRow } from './step-row'

interface Props {
  readonly rows: readonly ThreadRow[]
  /** Id of the step one is at. */
  readonly current: string
  readonly zone: TimeZone
  readonly onEdit: (step: Step) => void
}

const togglePin = ({ id, isPinned }: Step): void =>
  changeThread((thread) => mark(thread, id, { isPinned: !isPinned }))

/** The steps in the order they were gone, branches indented under the step they left. Up and down go from one to the next. */
export function StepList({ rows, current, zone, onEdit }: Props) {
  const list = useRef<HTMLOListElement>(null)
  /** Where the focus is: -1 for elsewhere. */
  const at = (): number =>
    [...(list.current?.children ?? [])].findIndex((item) => item.contains(document.activeElement))
  const move = (by: 1 | -1): void => {
    const next = Math.min(rows.length - 1, Math.max(0, at() + by))
    list.current?.children[next].querySelector<HTMLElement>('a')?.focus()
  }
  const withFocused = (act: (step: Step) => void): void => {
    const row = rows.at(at())
    if (at() >= 0 && row) act(row.step)
  }
  useKeys({
    scope: 'Investigation',
    bindings: [
      { keys: 'ArrowDown', title: 'Next step', run: () => move(1) },
      { keys: 'ArrowUp', title: 'Step before', run: () => move(-1) },
      { keys: 'N', title: 'Name or note of the step', run: () => withFocused(onEdit) },
      { keys: 'P', title: 'Pin the step', run: () => withFocused(togglePin) },
      { keys: 'Delete', title: 'Remove the step', run: () => withFocused(takeOut) },
    ],
  })
  return (
    <ol className={styles.list} ref={list}>
      {rows.map((row, index) => (
        <StepRow
          key={row.step.id}
          row={row}
          number={index + 1}
          isCurrent={row.step.id === current}
          zone={zone}
          onEdit={() => onEdit(row.step)}
          onPin={() => togglePin(row.step)}
        />
      ))}
    </ol>
  )
}
