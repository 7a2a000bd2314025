import { formatDateTime } from '#shared/derive/clock-times'
import { countOf } from '#shared/derive/quantities'
import { usePreferences } from '../state/preferences'
import { changeThread, useEarlierThreads } from '../state/thread'
import { MenuButton } from '../ui/menu'

/** Goes back to a thread that was run before; nothing where there is none. */
export function EarlierThreads() {
  const earlier = useEarlierThreads()
  const { timeZone: zone } = usePreferences()
  if (earlier.length === 0) return undefined
  return (
    <MenuButton
      label="Earlier threads"
      size="lg"
      entries={earlier.map((thread) => ({
        id: thread.id,
        label: thread.name || thread.steps[0]?.title || 'Without a name',
        note: `${countOf(thread.steps.length, 'step')}, ${formatDateTime(thread.steps.at(-1)?.atMs ?? 0, zone)}`,
        run: () => changeThread(() => thread),
      }))}
    >
      Earlier
    </MenuButton>
  )
}
