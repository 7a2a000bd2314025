import { type ReactNode, useState } from 'react'
import {
  Menu as AriaMenu,
  MenuItem,
  MenuTrigger,
  Popover,
  Button as AriaButton,
  Text,
} from 'react-aria-components'
import { Icon, type IconName } from './icon'
import { Keys } from './key-caps'
import { keyOf } from './keys'
import styles from './menu.module.css'

export interface MenuEntry {
  readonly id: string
  readonly label: string
  readonly icon?: IconName | undefined
  /** Meta, at the right end. */
  readonly note?: string | undefined
  /** What it will do, at length: the query it runs. */
  readonly tip?: string | undefined
  /** As in `useKeys`: `Ctrl+K`; it works in the open menu too. */
  readonly keys?: string | undefined
  readonly isDisabled?: boolean | undefined
  readonly run: () => void
}

/** The entries of a menu, inside a pop-over that someone else places. */
export function MenuEntries({
  label,
  entries,
  onClose,
}: {
  readonly label: string
  readonly entries: readonly MenuEntry[]
  readonly onClose?: (() => void) | undefined
}) {
  const [focused, setFocused] = useState<string>()
  const entry = entries.find(({ id }) => id === focused)
  const tip =
    entry?.tip ??
    (entry ? [entry.label, entry.note].filter(Boolean).join(', ') : 'Point at one to see what it asks.')
  return (
    // The menu itself would take letters for the beginning of an entry.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      onFocus={({ target }) => setFocused(target.closest<HTMLElement>('[data-key]')?.dataset['key'])}
      onKeyDownCapture={(event) => {
        const entry = entries.find(({ keys }) => keys === keyOf(event))
        if (!entry || entry.isDisabled === true || entry.keys === 'Enter') return
        event.preventDefault()
        event.stopPropagation()
        onClose?.()
        entry.run()
      }}
    >
      <AriaMenu
        aria-label={label}
        className={styles.menu}
        {...(onClose ? { onClose } : {})}
        onAction={(key) => entries.find((entry) => entry.id === key)?.run()}
      >
        {entries.map((entry) => (
          <MenuItem
            key={entry.id}
            id={entry.id}
            textValue={entry.label}
            isDisabled={entry.isDisabled ?? false}
            className={styles.item}
          >
            {entry.icon ? (
              <Icon name={entry.icon} size="s" className="t2" />
            ) : (
              <span className={styles.noIcon} />
            )}
            <span className={`cut ${styles.label}`} title={entry.tip}>
              {entry.label}
            </span>
            {/* It is spoken: lines are for the eye. */}
            {entry.tip !== undefined && (
              <Text slot="description" className="sr">
                {entry.tip.replaceAll('\n', ' ')}
              </Text>
            )}
            {entry.note !== undefined && <span className={`t3 small cut ${styles.note}`}>{entry.note}</span>}
            {entry.keys !== undefined && <Keys keys={entry.keys} />}
          </MenuItem>
        ))}
      </AriaMenu>
      {entries.some((entry) => entry.tip !== undefined) && (
        // Each entry has its own as its description.
        <code className={`t3 small ${styles.tip}`} aria-hidden="true">
          {tip}
        </code>
      )}
    </div>
  )
}

interface Props {
  /** Name of the button, and of the menu. */
  readonly label: string
  readonly entries: readonly MenuEntry[]
  /** What the button shows; its icon alone if left out. */
  readonly children?: ReactNode
  readonly icon?: IconName | undefined
  readonly look?: 'plain' | 'ghost' | undefined
  readonly size?: 'lg' | undefined
}

/** A button that opens a menu under it. */
export function MenuButton({ label, entries, children, icon, look = 'plain', size }: Props) {
  const [isOpen, setOpen] = useState(false)
  const iconOnly = children === undefined
  const classes = ['btn', size, look === 'ghost' && 'ghost', iconOnly && 'icon']
  return (
    <MenuTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <AriaButton
        className={classes.filter(Boolean).join(' ')}
        {...(iconOnly ? { 'aria-label': label } : {})}
      >
        {icon && <Icon name={icon} size="s" />}
        {children}
        {!iconOnly && <Icon name="down" size="x" />}
      </AriaButton>
      {/* Closed it would still be worked out with every rendering of what is around it. */}
      {isOpen && (
        <Popover className={styles.popover} placement="bottom start" offset={4}>
          <MenuEntries label={label} entries={entries} onClose={() => setOpen(false)} />
        </Popover>
      )}
    </MenuTrigger>
  )
}
