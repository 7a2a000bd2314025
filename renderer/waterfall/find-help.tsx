import { useState } from 'react'
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import grammar from '../../shared/derive/find/grammar.md?raw'
import { Button } from '../ui/button'
import { Dialog as PageDialog } from '../ui/dialog'
import { Icon } from '../ui/icon'
import { Prose } from '../ui/prose'
import styles from './find-help.module.css'

const examples: readonly (readonly [string, string])[] = [
  ['pool', 'anywhere: name, service, key, value, event'],
  ['service:payment', 'in the service; name: in the span name'],
  ['http.route=/orders', 'an attribute, exactly; * stands for anything'],
  ['db.statement~"^SELECT"', 'an attribute, by regular expression'],
  ['http.status_code>=500', 'an attribute that is a number'],
  ['duration>100ms self>1s', 'both; also depth<3'],
  ['status:error', 'or ok, unset'],
  ['kind:client', 'or server, producer, consumer, internal'],
  ['has:exception.type', 'the key is there; has:events, has:links'],
  ['-kind:client', 'not'],
  ['(a or b) -c', 'either, without'],
]

/** The grammar of Find: by example, and as a whole. */
export function FindHelp() {
  const [open, setOpen] = useState<'examples' | 'whole' | undefined>(undefined)
  return (
    <>
      <DialogTrigger
        isOpen={open === 'examples'}
        onOpenChange={(isOpen) => setOpen(isOpen ? 'examples' : undefined)}
      >
        <AriaButton className="btn ghost icon" aria-label="How to find">
          <Icon name="help" size="s" />
        </AriaButton>
        <Popover className={styles.popover} placement="bottom start" offset={6}>
          <Dialog className={styles.dialog} aria-label="How to find">
            <dl className={styles.examples}>
              {examples.map(([text, meaning]) => (
                <div key={text}>
                  <dt className="q">{text}</dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
            <Button look="ghost" className={styles.whole} onClick={() => setOpen('whole')}>
              All that can be written…
            </Button>
          </Dialog>
        </Popover>
      </DialogTrigger>
      {open === 'whole' && (
        <PageDialog title="Find in trace" widthPx={760} onClose={() => setOpen(undefined)}>
          <Prose markdown={grammar} />
        </PageDialog>
      )}
    </>
  )
}
