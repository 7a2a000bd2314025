import { useClewThere } from '../state/clew-there'
import { WarnNote } from '../ui/warn-note'

/** Above the page, for as long as the program behind it is not there. */
export function ClewGone() {
  const now = useClewThere()
  if (now === 'gone')
    return (
      <WarnNote title="Clew was stopped: start it again.">
        This page goes on by itself then. What is on screen stays, and what you note meanwhile is kept.
      </WarnNote>
    )
  if (now === 'locked')
    return (
      <WarnNote title="Clew was started again, and does not know this page yet.">
        Open the address that it printed, in this browser: this page goes on by itself then.
      </WarnNote>
    )
  return undefined
}
