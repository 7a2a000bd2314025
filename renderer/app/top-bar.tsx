import { Button } from '../ui/button'
import { Icon } from '../ui/icon'
import { capOf } from '../ui/key-caps'
import { isApple } from '../ui/platform'
import { SlotTarget } from '../ui/slot'
import styles from './frame.module.css'
import { SourceChips } from './source-chips'
import { useHistoryEnds } from './use-history-ends'

interface Props {
  readonly isPaletteOpen: boolean
  readonly onOpenPalette: () => void
}

/** Back and forward, the way to everything, the page's own part, the connections. */
export function TopBar({ isPaletteOpen, onOpenPalette }: Props) {
  const { canGoBack, canGoForward } = useHistoryEnds()
  return (
    <header className="top">
      <div className={styles.history}>
        <Button
          look="ghost"
          size="lg"
          icon="back"
          label="Back"
          isDisabled={!canGoBack}
          onClick={() => window.history.back()}
        />
        <Button
          look="ghost"
          size="lg"
          icon="fwd"
          label="Forward"
          isDisabled={!canGoForward}
          onClick={() => window.history.forward()}
        />
      </div>
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
