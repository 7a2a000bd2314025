import { useRef } from 'react'
import { Popover } from 'react-aria-components'
import { type MenuEntry, MenuEntries } from './menu'
import styles from './menu.module.css'

interface Props {
  readonly label: string
  /** Where the pointer was, in the window (`clientX`, `clientY`). */
  readonly at: { readonly x: number; readonly y: number }
  readonly entries: readonly MenuEntry[]
  readonly onClose: () => void
}

/** A menu at the pointer; render it while it is open. */
export function ContextMenu({ label, at, entries, onClose }: Props) {
  const anchor = useRef<HTMLSpanElement>(null)
  return (
    <>
      <span ref={anchor} className={styles.anchor} style={{ left: at.x, top: at.y }} />
      <Popover
        isOpen
        triggerRef={anchor}
        aria-label={label}
        placement="bottom start"
        className={styles.popover}
        onOpenChange={(isOpen) => {
          if (!isOpen) onClose()
        }}
      >
        <MenuEntries label={label} entries={entries} onClose={onClose} />
      </Popover>
    </>
  )
}
