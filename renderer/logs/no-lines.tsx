import { useEffect, useRef } from 'react'
import { lastDay, longerThan, type TimeRange } from '#shared/derive/time-range'
import type { Source } from '#shared/api/contract'
import { whoseOf } from '#shared/correlate/service-ladder'
import { isServer } from '../state/sources'
import { useServiceClimb } from '../state/use-log-climb'
import { LineLadder } from '../pivots/line-ladder'
import { HeldTimeButton } from '../time/held-time-button'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'

interface Window {
  readonly startMs: number
  readonly endMs: number
}

interface Props {
  /** Where they were looked for. */
  readonly source: Source
  /** When, in words. */
  readonly when: string
  /** Whose lines a pivot led to; none where a person asked by themselves. */
  readonly services: readonly string[]
  /** One of their instances; undefined for all. */
  readonly instance: string | undefined
  readonly window: Window | undefined
  readonly onRange: (range: TimeRange) => void
}

/** No line matches: where a pivot led here, they are looked for at once; otherwise a longer time is offered. */
export function NoLines({ source, when, services, instance, window, onRange }: Props) {
  // What stands still has nothing beyond its own time.
  const wider = window && isServer(source) ? longerThan(window) : undefined
  return (
    <>
      <EmptyState
        title={`No line in ${when} matches.`}
        action={
          services.length === 0 && (
            <>
              {window && <HeldTimeButton sources={[source]} window={window} onRange={onRange} />}
              {wider && (
                <Button onClick={() => onRange(wider)}>
                  {wider === lastDay ? 'Last 24 hours instead' : 'Last 7 days instead'}
                </Button>
              )}
            </>
          )
        }
      >
        {services.length === 0 &&
          `${wider ? 'Look at a longer time, or take' : 'Take'} a filter out of the query.`}
      </EmptyState>
      {window && services.length > 0 && (
        <LinesOfServices services={services} instance={instance} window={window} />
      )}
    </>
  )
}

/** Looks for lines of services that wrote none where they were looked for, and says what came of it. */
function LinesOfServices({
  services,
  instance,
  window: { startMs, endMs },
}: {
  readonly services: readonly string[]
  readonly instance: string | undefined
  readonly window: Window
}) {
  const climbing = useServiceClimb()
  const { start } = climbing
  const key = [...services, instance ?? '', startMs, endMs].join(' ')
  const asked = useRef('')
  useEffect(() => {
    if (asked.current === key) return
    asked.current = key
    start({ services, instance, startMs, endMs })
  }, [key, services, instance, startMs, endMs, start])
  return <LineLadder title={`Lines of ${whoseOf({ services, instance })}`} climbing={climbing} />
}
