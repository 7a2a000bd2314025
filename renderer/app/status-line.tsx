import type { ReactNode } from 'react'
import { capOf } from '../ui/key-caps'
import { SlotTarget } from '../ui/slot'
import { StatusMessage } from '../ui/status-message'

/** What was just done, what the page says of itself, and the keys that work everywhere. */
export function StatusLine({ children }: { readonly children?: ReactNode }) {
  return (
    <footer className="status">
      <StatusMessage />
      <SlotTarget name="status" className="rest" />
      {children}
      <span className="rest keys">
        <span className="opt">
          <kbd>{capOf('Mod')} O</kbd>open file
        </span>
        <span>
          <kbd>{capOf('Mod')} K</kbd>commands
        </span>
        <span>
          <kbd>?</kbd>all keys
        </span>
      </span>
    </footer>
  )
}
