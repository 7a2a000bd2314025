import { useRef } from 'react'
import { Dialog, Popover } from 'react-aria-components'
import { formatDuration } from '#shared/derive/durations'
import type { DropReduction } from '#shared/derive/reduction'
import type { SpanIndex, Trace } from '#shared/trace/table'
import { MenuButton, type MenuEntry } from '../ui/menu'
import { DropShort } from './drop-short'
import { isMissingRow } from './span-facts'
import type { TimeWindow } from '#shared/derive/time-window'
import { type Reduce, serviceOf } from './use-reductions'
import styles from './reduce-menu.module.css'

interface Props {
  readonly trace: Trace
  readonly selected: SpanIndex
  readonly window: TimeWindow
  readonly reduce: Reduce
  /** Whether the pop-over for short spans is open. */
  readonly isDropping: boolean
  readonly onDropping: (isOpen: boolean) => void
}

/** The ways of seeing less of a trace, on a button; each has a key too. */
export function ReduceMenu({ trace, selected, window, reduce, isDropping, onDropping }: Props) {
  const anchor = useRef<HTMLSpanElement>(null)
  const { list, onlyThisTime } = reduce
  const span = selected < 0 ? undefined : trace.names[trace.spans.name[selected]]
  const canHide = selected >= 0 && !isMissingRow(trace, selected)
  const entries: MenuEntry[] = [
    {
      id: 'focus',
      label: 'Focus this subtree',
      icon: 'branch',
      note: cut(span ?? 'select a span'),
      keys: 'Shift+F',
      isDisabled: selected < 0,
      run: () => reduce.focus(selected),
    },
    {
      id: 'hide',
      label: 'Hide this service',
      icon: 'exclude',
      note: cut(canHide ? serviceOf(trace, selected) : 'select a span'),
      keys: 'H',
      isDisabled: !canHide,
      run: () => reduce.hideService(selected),
    },
    {
      id: 'time',
      label: 'Only this time',
      icon: 'clock',
      note: onlyThisTime ? `${formatDuration(window.from)} – ${formatDuration(window.to)}` : 'zoom in first',
      keys: 'Shift+W',
      isDisabled: onlyThisTime === undefined,
      run: () => onlyThisTime?.(),
    },
    {
      id: 'short',
      label: 'Drop short spans…',
      icon: 'filter',
      keys: 'Shift+D',
      run: () => onDropping(true),
    },
  ]
  if (list.length > 0)
    entries.push(
      { id: 'undo', label: 'Undo the last', icon: 'back', keys: 'U', run: reduce.undo },
      { id: 'clear', label: 'Show all spans', icon: 'close', keys: 'Shift+U', run: reduce.clear },
    )
  return (
    <span ref={anchor}>
      <MenuButton label="Reduce" icon="filter" entries={entries}>
        Reduce
      </MenuButton>
      <Popover
        isOpen={isDropping}
        onOpenChange={onDropping}
        triggerRef={anchor}
        placement="bottom start"
        offset={4}
        className={styles.popover}
        // Inside a landmark, where screen readers look for what belongs to the page.
        UNSTABLE_portalContainer={document.querySelector('main') ?? document.body}
      >
        <Dialog aria-label="Drop short spans" className={styles.dialog}>
          <DropShort
            trace={trace}
            now={list.find(
              (one): one is DropReduction => one.kind === 'drop-short' || one.kind === 'drop-share',
            )}
            onDrop={(reduction) => {
              onDropping(false)
              reduce.dropShort(reduction)
            }}
          />
        </Dialog>
      </Popover>
    </span>
  )
}

const cut = (text: string): string => (text.length > 28 ? `${text.slice(0, 27)}…` : text)
