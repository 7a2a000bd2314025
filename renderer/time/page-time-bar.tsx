import type { PageTime } from '../state/page-time'
import { useChangePreferences, usePreferences } from '../state/preferences'
import { Button } from '../ui/button'
import { useKeys } from '../ui/keys'
import { TimeRangePicker } from '../ui/time-range-picker'

interface Props {
  readonly time: PageTime
  /** The window that was last asked for. */
  readonly asked: { readonly startMs: number; readonly endMs: number } | undefined
  /** Why time does not go on here, for the button; undefined where it does. */
  readonly stands?: string | undefined
  /** The page has a button of its own that follows. */
  readonly followsElsewhere?: boolean
}

/** When a page looks, in the top bar: back out of a zoom, follow now, and the stretch of time. */
export function PageTimeBar({ time, asked, stands, followsElsewhere = false }: Props) {
  const { timeZone: zone } = usePreferences()
  const changePreferences = useChangePreferences()
  const { range, follow, choose, undoZoom, toggleFollow } = time
  const canFollow = stands === undefined || follow
  useKeys({
    scope: 'Time',
    bindings: [
      ...(followsElsewhere
        ? []
        : [{ keys: 'F', title: 'Follow live', run: () => canFollow && toggleFollow() }]),
      { keys: 'U', title: 'Undo the zoom', run: () => undoZoom?.() },
    ],
  })
  return (
    <>
      {undoZoom && (
        <Button size="lg" icon="fit" onClick={undoZoom}>
          Undo zoom
        </Button>
      )}
      {!followsElsewhere && (
        <Button
          size="lg"
          icon="play"
          pressed={follow}
          isDisabled={!canFollow}
          title={stands}
          onClick={toggleFollow}
        >
          Follow live
        </Button>
      )}
      <TimeRangePicker
        value={range}
        asked={asked}
        zone={zone}
        onZone={(timeZone) => changePreferences(() => ({ timeZone }))}
        onChange={choose}
      />
    </>
  )
}
