import { useCallback, useEffect, useRef } from 'react'
import type { Climbed } from '#shared/correlate/ladder-end'
import { type LostTrace, nearestLadder, nearestOf } from '#shared/correlate/trace-ladder'
import { endOfNearest } from '#shared/correlate/trace-ladder-end'
import { LadderView } from '../pivots/ladder-view'
import { offersOf, TraceOffers } from '../pivots/trace-offers'
import { endNow } from '../state/climb'
import { useGo } from '../state/location'
import { isServer, useTraceSources } from '../state/sources'
import { tracesIn, useTraceClimb } from '../state/trace-climb'
import { Button } from '../ui/button'

const near = (climbed: readonly Climbed[]): Climbed | undefined =>
  climbed.find(({ rung, state }) => rung.finds === 'near' && state.kind === 'answered' && state.count > 0)

/** Why a trace is nowhere, by what lies near it, and the nearest traces to open instead: looked for at once. */
export function NearestTraces({
  lost,
  silent,
}: {
  readonly lost: LostTrace
  /** Names of sources that could not be asked for it. */
  readonly silent: readonly string[]
}) {
  const go = useGo()
  const sources = useTraceSources()
  const { climbed, state, start, stop, close } = useTraceClimb()
  const { service, atMs, tookNs, failed } = lost
  const look = useCallback(() => {
    const nowMs = Date.now()
    start(
      sources.map((source) => nearestLadder({ service, atMs, tookNs, failed }, source, nowMs)),
      near,
      () => undefined,
    )
  }, [sources, service, atMs, tookNs, failed, start])
  const asked = useRef('')
  const subject = `${service} ${atMs}`
  useEffect(() => {
    if (sources.length === 0 || asked.current === subject) return
    asked.current = subject
    look()
  }, [sources, subject, look])
  if (state === 'idle') return undefined
  const tenants = sources.flatMap((source) =>
    isServer(source) && source.tenant !== '' ? [{ name: source.name, tenant: source.tenant }] : [],
  )
  const found = near(climbed)
  const offers = found ? offersOf(found.rung.source.id, nearestOf(tracesIn(found), lost)) : []
  return (
    <>
      <LadderView
        title="Traces near it"
        noun="trace"
        climbed={climbed}
        end={endNow(state, climbed, () => endOfNearest(lost, climbed, { silent, tenants }))}
        onStop={stop}
        onRetry={look}
        onClose={close}
      />
      {offers.length > 0 && (
        <>
          <TraceOffers label={`Nearest traces of ${service}`} offers={offers} />
          <div className="row">
            <Button look="primary" icon="traces" onClick={() => go(offers[0].href)}>
              Open the nearest
            </Button>
          </div>
        </>
      )}
    </>
  )
}
