import { Fragment } from 'react'
import { Button } from '../ui/button'
import { Keys } from '../ui/key-caps'
import { useActiveKeys } from '../ui/keys'
import styles from './key-sheet.module.css'

/** Keys of things that bind their own, such as lists: worth knowing, not in the registry. */
const everywhere = {
  scope: 'In any field or list',
  bindings: [
    { keys: 'Tab', title: 'Next control' },
    { keys: ['ArrowUp', 'ArrowDown'], title: 'Next, previous' },
    { keys: 'Escape', title: 'Clear, close, cancel' },
  ],
}

/** Every key that works now, at the right edge; stays open while one tries them. */
export function KeySheet({ onClose }: { readonly onClose: () => void }) {
  const scopes = useActiveKeys()
  return (
    // Escape closes it from wherever the focus is inside.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside
      className={styles.sheet}
      aria-label="Keys"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <div className="panel-h">
        <h2>Keys</h2>
        <span className="t3 small cut">stay open while you try them</span>
        <span className="grow" />
        <kbd>?</kbd>
        <Button look="ghost" icon="close" label="Close keys" onClick={onClose} />
      </div>
      {/* Scrolls, so it takes focus: otherwise its end is out of reach without a mouse. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles.body} tabIndex={0} role="region" aria-label="All keys">
        {[...scopes, everywhere].map(({ scope, bindings }) => (
          <section key={scope}>
            <h3>{scope}</h3>
            <dl>
              {bindings.map(({ title, keys }) => (
                <div key={title}>
                  <dt className="cut">{title}</dt>
                  <dd>
                    {(typeof keys === 'string' ? [keys] : keys).map((one, at) => (
                      <Fragment key={one}>
                        {at > 0 && <span className="t3 small">or</span>}
                        <Keys keys={one} />
                      </Fragment>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </aside>
  )
}
