import { type ReactNode, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { List, type RowComponentProps, useListRef } from 'react-window'
import fieldStyles from './field.module.css'
import styles from './combo-box.module.css'
import { Icon, type IconName } from './icon'
import { MatchedText } from './matched-text'
import { rankNames } from './rank-names'

interface Props {
  readonly label: string
  readonly hideLabel?: boolean | undefined
  readonly value: string
  /** Called when a name is chosen, or the typed text left standing (if `allowsOther`). Empty: nothing chosen. */
  readonly onChange: (value: string) => void
  /** Called with the text as it is typed; undefined once the chosen value stands again. */
  readonly onTyped?: ((text: string | undefined) => void) | undefined
  readonly names: readonly string[]
  /** What is typed is judged below the field: names come above it, where there is room, and none is not said there. */
  readonly opensAbove?: boolean | undefined
  readonly placeholder?: string | undefined
  readonly icon?: IconName | undefined
  /** Text that is not among the names may stand; on by default, for the list may be cut or old. */
  readonly allowsOther?: boolean | undefined
  /** Said in the list while the names are still coming. */
  readonly isLoading?: boolean | undefined
  /** Said in the list instead of names: `Jaeger did not answer.` */
  readonly problem?: string | undefined
  /** Drawn before a name: a colour swatch. */
  readonly markOf?: ((name: string) => ReactNode) | undefined
  /** Meta of a name, at the right end. */
  readonly noteOf?: ((name: string) => string) | undefined
  readonly size?: 'lg' | undefined
  /** It is what its dialog was opened for: typing begins at once. */
  readonly takesFocus?: boolean | undefined
  /** What is wrong with the value. */
  readonly error?: string | undefined
}

const rowPx = 26
const rowsShown = 12

interface RowProps {
  readonly names: readonly string[]
  readonly typed: string
  readonly active: number
  readonly value: string
  readonly listId: string
  readonly markOf: ((name: string) => ReactNode) | undefined
  readonly noteOf: ((name: string) => string) | undefined
  readonly onHover: (index: number) => void
  readonly onChoose: (name: string) => void
}

function OptionRow({
  index,
  style,
  names,
  typed,
  active,
  value,
  listId,
  markOf,
  noteOf,
  onHover,
  onChoose,
}: RowComponentProps<RowProps>) {
  const name = names[index]
  return (
    // Keys are handled by the input, which keeps the focus (aria-activedescendant).
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={`${listId}-${index}`}
      role="option"
      aria-selected={name === value}
      aria-setsize={names.length}
      aria-posinset={index + 1}
      className={index === active ? `${styles.option} ${styles.active}` : styles.option}
      style={style}
      onPointerMove={() => onHover(index)}
      onClick={() => onChoose(name)}
    >
      {markOf?.(name)}
      <span className="grow cut">
        <MatchedText text={name} typed={typed} />
      </span>
      {noteOf && <span className="t3 small">{noteOf(name)}</span>}
      {name === value && <Icon name="check" size="x" className="t2" />}
    </div>
  )
}

/** A text field that offers names as one types; draws only the names in view, so ten thousand are fine. */
export function ComboBox({
  label,
  hideLabel = false,
  value,
  onChange,
  onTyped,
  names,
  opensAbove = false,
  placeholder,
  icon,
  allowsOther = true,
  isLoading = false,
  problem,
  markOf,
  noteOf,
  size,
  takesFocus = false,
  error,
}: Props) {
  const id = useId()
  const listId = `${id}-list`
  const anchor = `--combo-${id.replace(/[^a-z0-9]/gi, '')}`
  const popover = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const list = useListRef(null)
  /** Text being typed; undefined while the chosen value stands. */
  const [typed, renderTyped] = useState<string>()
  // The focus may go on in the same event as a name is chosen: what was typed before must not be taken then.
  const latestTyped = useRef<string | undefined>(undefined)
  const setTyped = (text: string | undefined) => {
    if (text !== latestTyped.current) onTyped?.(text)
    latestTyped.current = text
    renderTyped(text)
  }
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const matching = useMemo(() => rankNames(names, typed ?? ''), [names, typed])
  const shown = Math.min(matching.length, rowsShown)
  const isListed = isOpen && (matching.length > 0 || !opensAbove)

  useLayoutEffect(() => {
    if (isListed) popover.current?.showPopover()
    else popover.current?.hidePopover()
  }, [isListed])

  const moveTo = (index: number) => {
    setActive(index)
    if (index >= 0) list.current?.scrollToRow({ index, align: 'auto', behavior: 'instant' })
  }
  const open = () => {
    setOpen(true)
    setActive(typed === undefined ? names.indexOf(value) : -1)
  }
  const settle = (name: string) => {
    setOpen(false)
    setTyped(undefined)
    setActive(-1)
    if (name !== value) onChange(name)
  }
  const leave = () => {
    const text = latestTyped.current?.trim()
    if (text === undefined) setOpen(false)
    else if (text === '') settle('')
    else {
      const same = names.find((name) => name.toLowerCase() === text.toLowerCase())
      settle(same ?? (allowsOther ? text : value))
    }
  }
  const step = (by: number) => {
    if (!isOpen) return open()
    if (matching.length === 0) return undefined
    const from = active < 0 && by < 0 ? matching.length : active
    return moveTo(Math.min(matching.length - 1, Math.max(0, from + by)))
  }
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    PageDown: () => step(rowsShown),
    PageUp: () => step(-rowsShown),
  }
  const emptyText =
    problem ?? (isLoading ? 'Asking for names…' : names.length === 0 ? 'No names yet.' : 'No such name.')

  return (
    <div className={fieldStyles.field}>
      <label htmlFor={id} className={hideLabel ? 'sr' : fieldStyles.label}>
        {label}
      </label>
      <div
        style={{ anchorName: anchor }}
        className={['field', fieldStyles.box, size === 'lg' && fieldStyles.lg].filter(Boolean).join(' ')}
      >
        {icon ? (
          <Icon name={icon} size="s" className="t3" />
        ) : (
          typed === undefined && value !== '' && markOf?.(value)
        )}
        <input
          ref={input}
          // Only where a key or a click has just opened what it is in.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus={takesFocus}
          id={id}
          role="combobox"
          autoComplete="off"
          spellCheck={false}
          aria-autocomplete="list"
          aria-expanded={isListed}
          aria-controls={isListed ? listId : undefined}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={error === undefined ? undefined : `${id}-error`}
          aria-activedescendant={
            isOpen && active >= 0 && active < matching.length ? `${listId}-${active}` : undefined
          }
          placeholder={placeholder}
          value={typed ?? value}
          onChange={(event) => {
            setTyped(event.target.value)
            setOpen(true)
            // The best match is ready for Enter, but only once something was typed.
            setActive(event.target.value.trim() === '' ? -1 : 0)
            list.current?.scrollToRow({ index: 0, align: 'start', behavior: 'instant' })
          }}
          onClick={() => {
            if (!isOpen) open()
          }}
          onFocus={(event) => event.target.select()}
          onBlur={leave}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              if (isOpen && active >= 0 && active < matching.length) {
                event.preventDefault()
                settle(matching[active])
              } else leave()
            } else if (event.key === 'Escape' && (isOpen || typed !== undefined)) {
              event.stopPropagation()
              event.preventDefault()
              setOpen(false)
              setTyped(undefined)
            } else if (keys[event.key] && !event.altKey && !event.ctrlKey && !event.metaKey) {
              event.preventDefault()
              keys[event.key]()
            }
          }}
        />
        {value !== '' && (
          <button
            type="button"
            className={fieldStyles.clear}
            aria-label={`Clear ${label}`}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              settle('')
              input.current?.focus()
            }}
          >
            <Icon name="close" size="x" />
          </button>
        )}
        <button
          type="button"
          tabIndex={-1}
          aria-label={`Show ${label}`}
          className={fieldStyles.clear}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            input.current?.focus()
            if (isOpen) setOpen(false)
            else open()
          }}
        >
          <Icon name="down" size="x" />
        </button>
      </div>
      {error !== undefined && (
        <span id={`${id}-error`} className={fieldStyles.error}>
          {error}
        </span>
      )}
      {/* Stays where it is in the page (a landmark, perhaps a dialog) and is drawn above everything. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        ref={popover}
        popover="manual"
        className={opensAbove ? `${styles.popover} ${styles.above}` : styles.popover}
        style={{ positionAnchor: anchor }}
        // The input keeps the focus, also while the list's scroll bar is dragged: losing it closes the list.
        onMouseDown={(event) => event.preventDefault()}
      >
        {isListed &&
          (matching.length === 0 ? (
            <div id={listId} role="listbox" aria-label={label} className={styles.none}>
              <div role="option" aria-selected="false" aria-disabled="true">
                {emptyText}
              </div>
            </div>
          ) : (
            <List
              id={listId}
              role="listbox"
              aria-label={label}
              listRef={list}
              className={styles.list}
              style={{ height: shown * rowPx }}
              rowCount={matching.length}
              rowHeight={rowPx}
              overscanCount={6}
              defaultHeight={shown * rowPx}
              defaultScrollOffset={Math.max(0, active - 4) * rowPx}
              rowComponent={OptionRow}
              rowProps={{
                names: matching,
                typed: typed ?? '',
                active,
                value,
                listId,
                markOf,
                noteOf,
                onHover: setActive,
                onChoose: settle,
              }}
            />
          ))}
      </div>
    </div>
  )
}
