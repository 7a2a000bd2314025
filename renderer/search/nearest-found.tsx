import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import type { TraceConditions } from '#shared/api/contract'
import { isTraceRung, nearestOf, searchLadder, type TraceRung } from '#shared/correlate/trace-ladder'
import { endOfSearch, foundTraces } from '#shared/correlate/trace-ladder-end'
import type { TimeZone } from '#shared/derive/clock-times'
import { describeRange, type TimeRange } from '#shared/derive/time-range'
import { LadderView } from '../pivots/ladder-view'
import { offersOf, TraceOffers } from '../pivots/trace-offers'
import { endNow } from '../state/climb'
import { useGo } from '../state/location'
import { defaultLimit, hrefOfSearch } from '../state/search-location'
import { useTraceSources } from '../state/sources'
import { tracesIn, useTraceClimb } from '../state/trace-climb'
import { knownServicesOf } from '../state/trace-facts'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import styles from './search-page.module.css'
import { narrowest } from './search-words'

interface Props {
  readonly conditions: TraceConditions
  /** TraceQL that no form says, for the sources that speak it. */
  readonly own: string | undefined
  readonly range: TimeRange
  readonly window: { readonly startMs: number; readonly endMs: number }
  readonly zone: TimeZone
}

const stay = (): void => undefined

/** The page as a search that finds what a rung found. */
function hrefOfRung({ source, asked }: TraceRung): string {
  const { startMs, endMs, ...conditions } = asked
  return hrefOfSearch({
    ...conditions,
    limit: defaultLimit,
    sources: [source.id],
    range: { from: startMs, to: endMs },
  })
}

/** A pivot led to no trace: they are looked for in other sources, names and times, and the nearest are offered. */
export function NearestFound({ conditions, own, range, window, zone }: Props) {
  const go = useGo()
  const client = useQueryClient()
  const sources = useTraceSources()
  const { climbed, state, start, stop, close } = useTraceClimb()
  const { startMs, endMs } = window
  const look = useCallback(() => {
    const nowMs = Date.now()
    const ladderIn = async (source: (typeof sources)[number]) =>
      searchLadder(
        { ...conditions, own, startMs, endMs },
        { ...source, services: await knownServicesOf(client, source.id) },
        nowMs,
      )
    start(sources.map(ladderIn), foundTraces, stay)
  }, [client, sources, conditions, own, startMs, endMs, start])
  const key = JSON.stringify([conditions, own, startMs, endMs])
  const asked = useRef('')
  useEffect(() => {
    if (asked.current === key) return
    asked.current = key
    look()
  }, [key, look])
  const found = state === 'found' ? foundTraces(climbed) : undefined
  const rung = found && isTraceRung(found.rung) ? found.rung : undefined
  const near = found ? nearestOf(tracesIn(found), { atMs: (startMs + endMs) / 2 }) : []
  const described = describeRange(range, zone, endMs)
  const when = `in ${described.startsWith('last') ? 'the ' : ''}${described}`
  const { service } = conditions
  return (
    <>
      <EmptyState
        title={
          own === undefined ? narrowest(conditions, when).sentence : `No trace ${when} matches this TraceQL.`
        }
      >
        {state === 'learning' || state === 'climbing' ? 'What is nearest is looked for.' : ''}
      </EmptyState>
      {state !== 'idle' && (
        <LadderView
          title={service === '' ? 'Traces nearest to that' : `Traces of ${service}`}
          noun="trace"
          climbed={climbed}
          end={endNow(state, climbed, () => endOfSearch(conditions, climbed))}
          onStop={stop}
          onRetry={look}
          onClose={close}
        />
      )}
      {found && rung && (
        <>
          <TraceOffers label="Nearest traces" offers={offersOf(rung.source.id, near)} />
          <div className={styles.acts}>
            <Button look="primary" icon="traces" onClick={() => go(hrefOfRung(rung))}>
              Show them all
            </Button>
          </div>
        </>
      )}
    </>
  )
}
