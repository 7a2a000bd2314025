import { Icon } from '../ui/icon'
import { capOf } from '../ui/key-caps'
import { isApple } from '../ui/platform'
import { SlotTarget } from '../ui/slot'
import styles from './frame.module.css'
import { SourceChips } from './source-chips'

interface Props {
  readonly isPaletteOpen: boolean
  readonly onOpenPalette: () => void
}

/** The way to everything, the page's own part, the connections. */
export function TopBar({ isPaletteOpen, onOpenPalette }: Props) {
  return (
    <header className="top">
      <button
        type="button"
        className="omni"
        aria-keyshortcuts={isApple ? 'Meta+K' : 'Control+K'}
        aria-haspopup="dialog"
        aria-expanded={isPaletteOpen}
        onClick={onOpenPalette}
      >
        <Icon name="search" size="s" />
        <span className="grow cut">Paste a trace id, name a service, or type a command</span>
        <kbd aria-hidden="true">{capOf('Mod')} K</kbd>
      </button>
      <span className="grow" />
      <SlotTarget name="top" className={styles.slot} />
      <SourceChips />
    </header>
  )
}
