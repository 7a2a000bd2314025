import { Fragment } from 'react'
import { Button } from '../ui/button'
import { Keys } from '../ui/key-caps'
import { type KeyBinding, useActiveKeys, useKeys, withinReach } from '../ui/keys'
import styles from './key-sheet.module.css'

type Shown = Pick<KeyBinding, 'keys' | 'shownKeys' | 'title'>

/** Keys of things that bind their own, such as lists: worth knowing, not in the registry. */
const everywhere: { readonly scope: string; readonly bindings: readonly Shown[] } = {
  scope: 'In any field or list',
  bindings: [
    { keys: 'Tab', title: 'Next control' },
    { keys: ['ArrowUp', 'ArrowDown'], title: 'Next, previous' },
    { keys: 'Escape', title: 'Clear, close, cancel' },
  ],
}

/** What the menu beside the name of a service takes: it is not there before it is opened. */
const ofService: typeof everywhere = {
  scope: 'In the menu beside a service or an alert',
  bindings: [
    { keys: 'T', title: 'Its traces' },
    { keys: 'Shift+T', title: 'Its failed traces' },
    { keys: 'L', title: 'Its logs' },
    { keys: 'M', title: 'Its rate, errors, duration' },
    { keys: 'E', title: 'Its exemplars' },
    { keys: 'G', title: 'Its place on the map' },
  ],
}

/** It stands over the page, so Escape closes it first; registered last, it is nearest. */
const sheetScope = 'Keys'

/** Every key that works now, at the right edge; stays open while one tries them. */
export function KeySheet({ onClose }: { readonly onClose: () => void }) {
  const active = useActiveKeys()
  // What the sheet takes itself is there again once it is closed.
  const ofSheet = active.filter(({ scope }) => scope === sheetScope)
  const scopes = [...withinReach(active.filter(({ scope }) => scope !== sheetScope)), ...ofSheet]
  useKeys({ scope: sheetScope, bindings: [{ keys: 'Escape', title: 'Close the keys', run: onClose }] })
  return (
    <aside className={styles.sheet} aria-label="Keys">
      <div className="panel-h">
        <h2>Keys</h2>
        <span className="grow" />
        <kbd>?</kbd>
        <Button look="ghost" icon="close" label="Close keys" onClick={onClose} />
      </div>
      {/* Scrolls, so it takes focus: otherwise its end is out of reach without a mouse. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles.body} tabIndex={0} role="region" aria-label="All keys">
        {[...scopes, ofService, everywhere].map(({ scope, bindings }) => (
          <section key={scope}>
            <h3>{scope}</h3>
            <dl>
              {bindings.map(({ title, keys, shownKeys }) => (
                <div key={title}>
                  <dt>{title}</dt>
                  <dd>{shownKeys ? <Range keys={shownKeys} /> : <Alternatives keys={keys} />}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </aside>
  )
}

function Alternatives({ keys }: { readonly keys: string | readonly string[] }) {
  return (typeof keys === 'string' ? [keys] : keys).map((one, at) => (
    <Fragment key={one}>
      {at > 0 && <span className="t3 small">or</span>}
      <Keys keys={one} />
    </Fragment>
  ))
}

function Range({ keys }: { readonly keys: readonly string[] }) {
  return keys.map((one) =>
    one === '…' ? (
      <span key={one} className="t3 small">
        to
      </span>
    ) : (
      <Keys key={one} keys={one} />
    ),
  )
}
