import { useState } from 'react'
import type { Source } from '#shared/api/contract'
import { nameList } from '#shared/base/name-list'
import { describeWindow } from '#shared/derive/time-range'
import { heldBeyond } from '../state/held-time'
import { usePreferences } from '../state/preferences'
import { isServer } from '../state/sources'
import { Button } from '../ui/button'

interface Props {
  /** Those that were asked. */
  readonly sources: readonly Source[]
  /** The window in which nothing was found. */
  readonly window: { readonly startMs: number; readonly endMs: number }
  readonly onRange: (range: { readonly from: number; readonly to: number }) => void
}

/** From a time that shows nothing to the time of what Clew holds itself; nothing where that was looked at. */
export function HeldTimeButton({ sources, window, onRange }: Props) {
  const { timeZone: zone } = usePreferences()
  const [nowMs] = useState(() => Date.now())
  const held = heldBeyond(sources, window)
  if (!held) return undefined
  const names = nameList(sources.filter((source) => !isServer(source)).map(({ name }) => name))
  return (
    <Button look="primary" onClick={() => onRange({ from: held.startMs, to: held.endMs })}>
      Time of {names}: {describeWindow(held, zone, nowMs)}
    </Button>
  )
}
