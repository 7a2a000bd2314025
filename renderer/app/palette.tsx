import { Fragment, useId, useRef, useState } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { Icon } from '../ui/icon'
import { Keys } from '../ui/key-caps'
import { MatchedText } from '../ui/matched-text'
import styles from './palette.module.css'
import { matchItems, type PaletteGroup, paletteGroups, type PaletteItem } from './palette-items'
import { usePaletteItems } from './use-palette-items'

interface Props {
  /** What it starts with: something pasted that is no trace id. */
  readonly initialText: string
  readonly onClose: () => void
  readonly onOpenFile: () => void
  readonly onShowKeys: () => void
}

function Option({
  item,
  id,
  isActive,
  typed,
  onHover,
  onRun,
}: {
  readonly item: PaletteItem
  readonly id: string
  readonly isActive: boolean
  readonly typed: string
  readonly onHover: () => void
  readonly onRun: () => void
}) {
  return (
    // The input keeps the focus and hears the keys (aria-activedescendant).
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      className={styles.option}
      onPointerMove={onHover}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onRun}
      // The active one is in view also when keys moved it there.
      ref={(element) => {
        if (isActive) element?.scrollIntoView({ block: 'nearest' })
      }}
    >
      <Icon name={item.icon} className={item.group === 'Traces' ? 'sig-trace' : 't3'} />
      <span className="cut">
        <MatchedText text={item.title} typed={item.isAnswer ? '' : typed} />
      </span>
      {item.note !== undefined && <span className={`t3 small cut ${styles.note}`}>{item.note}</span>}
      {item.keys !== undefined && (
        <span className={styles.keys}>
          <Keys keys={item.keys} />
        </span>
      )}
    </div>
  )
}

/** One field for everything: a trace id in any spelling, a service, a connection, a file of before, a command. */
export function Palette({ initialText, onClose, onOpenFile, onShowKeys }: Props) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(initialText)
  const [only, setOnly] = useState<PaletteGroup>()
  const [active, setActive] = useState(0)
  const all = usePaletteItems(text, { openFile: onOpenFile, showKeys: onShowKeys })
  const groups = matchItems(all, text, only)
  const flat = groups.flatMap(({ items }) => items)
  const at = Math.min(active, flat.length - 1)

  // A reference to an element ends at a space.
  const headingOf = (group: PaletteGroup) => `${id}-${group.replaceAll(' ', '-')}`
  const run = (item: PaletteItem | undefined) => {
    if (!item) return
    onClose()
    // Once the palette is gone: what runs may move the focus, and an open dialog would take it back.
    setTimeout(item.run)
  }
  const narrow = (by: number) => {
    const choices = [undefined, ...paletteGroups.filter((group) => all.some((item) => item.group === group))]
    setOnly(choices[(choices.indexOf(only) + by + choices.length) % choices.length])
    setActive(0)
  }
  const keys: Readonly<Record<string, (event: React.KeyboardEvent) => void>> = {
    ArrowDown: () => setActive(flat.length === 0 ? 0 : (at + 1) % flat.length),
    ArrowUp: () => setActive(flat.length === 0 ? 0 : (at - 1 + flat.length) % flat.length),
    Home: () => setActive(0),
    End: () => setActive(flat.length - 1),
    Enter: () => run(flat[at]),
    Tab: (event) => narrow(event.shiftKey ? -1 : 1),
  }

  return (
    <ModalOverlay
      isOpen
      isDismissable
      className={styles.overlay}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
    >
      <Modal className={styles.palette}>
        <Dialog aria-label="Search or command" className={styles.dialog}>
          <div className={styles.input}>
            <Icon name="search" />
            <input
              ref={input}
              // The palette is opened to type in it.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              role="combobox"
              aria-label="Search or command"
              aria-expanded={flat.length > 0}
              aria-controls={`${id}-list`}
              aria-activedescendant={flat[at] ? `${id}-${at}` : undefined}
              aria-autocomplete="list"
              autoComplete="off"
              spellCheck={false}
              placeholder="A trace id, a service, or a command"
              value={text}
              onChange={(event) => {
                setText(event.target.value)
                setActive(0)
              }}
              onKeyDown={(event) => {
                if (event.altKey || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return
                // Home and End belong to the text while there is some.
                if (text !== '' && (event.key === 'Home' || event.key === 'End')) return
                if (!keys[event.key]) return
                event.preventDefault()
                keys[event.key](event)
              }}
            />
            <span className="t3 small nowrap">{only?.toLowerCase() ?? 'everything'}</span>
            <kbd>Tab</kbd>
          </div>
          <div id={`${id}-list`} role="listbox" aria-label="Results" className={styles.list}>
            {groups.map(({ group, items, hidden }) => (
              <div key={group} role="group" aria-labelledby={headingOf(group)}>
                <div id={headingOf(group)} role="presentation" className={styles.heading}>
                  {group}
                  {hidden > 0 && <span>, {hidden} more as you type</span>}
                </div>
                {items.map((item) => {
                  const index = flat.indexOf(item)
                  return (
                    <Fragment key={item.id}>
                      <Option
                        item={item}
                        id={`${id}-${index}`}
                        isActive={index === at}
                        typed={text}
                        onHover={() => setActive(index)}
                        onRun={() => run(item)}
                      />
                    </Fragment>
                  )
                })}
              </div>
            ))}
          </div>
          {flat.length === 0 && (
            <p className={styles.none}>
              <b>Nothing by that name.</b> A trace id may be hex, base64 or decimal, a whole traceparent, a
              log line, or a link from Jaeger, Zipkin, Tempo or Grafana.
            </p>
          )}
          <footer className={styles.footer}>
            <span>
              <kbd>↵</kbd>run
            </span>
            <span>
              <kbd>Tab</kbd>narrow: traces, services, commands
            </span>
            <span className={styles.end}>
              <kbd>Esc</kbd>close
            </span>
          </footer>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
