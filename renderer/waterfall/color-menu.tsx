import { useState } from 'react'
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { countOf } from '#shared/derive/quantities'
import type { Trace } from '#shared/trace/table'
import { useAttributeKeys } from '../state/span-table'
import { Button } from '../ui/button'
import { ComboBox } from '../ui/combo-box'
import { Icon } from '../ui/icon'
import { useKeys } from '../ui/keys'
import styles from './color-menu.module.css'

interface Props {
  readonly session: string
  readonly trace: Trace
  /** Key of the attribute; empty for services. */
  readonly color: string
  readonly onColor: (key: string) => void
}

/** By what spans are coloured, on a button. */
export function ColorMenu({ session, trace, color, onColor }: Props) {
  const [isOpen, setOpen] = useState(false)
  const { keys, isLoading, error } = useAttributeKeys(session, trace, isOpen)
  const spansOf = new Map(keys.map(({ key, spanCount }) => [key, spanCount]))
  useKeys({
    scope: 'Waterfall',
    bindings: [{ keys: 'C', title: 'Colour by an attribute', run: () => setOpen(true) }],
  })
  const choose = (key: string) => {
    setOpen(false)
    onColor(key)
  }
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <AriaButton className="btn">
        Colour
        <Icon name="down" size="x" />
      </AriaButton>
      <Popover
        className={styles.popover}
        placement="bottom start"
        offset={4}
        UNSTABLE_portalContainer={document.querySelector('main') ?? document.body}
      >
        <Dialog className={styles.dialog} aria-label="Colour by">
          <ComboBox
            label="Colour by attribute"
            value={color}
            placeholder="Service"
            takesFocus
            names={keys.map(({ key }) => key)}
            isLoading={isLoading}
            problem={error?.message}
            noteOf={(key) => countOf(spansOf.get(key) ?? 0, 'span')}
            onChange={choose}
          />
          {color !== '' && <Button onClick={() => choose('')}>Colour by service</Button>}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
