import { useState } from 'react'
import type { Source } from '#shared/api/contract'
import type { TimeZone } from '#shared/derive/clock-times'
import { formatDuration } from '#shared/derive/durations'
import { formatCount } from '#shared/derive/quantities'
import { describeRange, lastDay, longerThan } from '#shared/derive/time-range'
import { rangeAmong } from '../state/held-time'
import { searchLocation, type SearchLocation } from '../state/search-location'
import type { SearchSnapshot } from '../state/trace-search'
import { isServer } from '../state/sources'
import { HeldTimeButton } from '../time/held-time-button'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { chosenSources, conditionsOf, ownTraceql } from './plan-search'
import { narrowest, roundBelow, shortDuration } from './search-words'
import { useSearch } from './use-search'

interface Props {
  readonly place: SearchLocation
  readonly window: { readonly startMs: number; readonly endMs: number }
  readonly zone: TimeZone
  /** Of those asked, how many did not answer. */
  readonly silent: number
  readonly asked: number
  readonly sources: readonly Source[]
  readonly onSearch: (change: Partial<SearchLocation>) => void
}

/** Enough to say that there are some, few enough that nobody minds being asked. */
const mostLookedAt = 20

const nowhere = searchLocation.parse(new URLSearchParams())

/** What there is without the condition that was taken away; empty until it is known. */
function otherwise({ traces, sources, isAsking }: SearchSnapshot): string {
  if (isAsking || !sources.some((source) => source.phase === 'answered')) return ''
  if (traces.length === 0) return 'Nor is there one without that condition.'
  const more = sources.some((source) => source.limitReached) ? 'at least ' : ''
  const slowest = formatDuration(slowestNs({ traces }))
  return traces.length === 1
    ? `Without that condition there is ${more}one; it took ${slowest}.`
    : `Without that condition there are ${more}${formatCount(traces.length)}; the slowest took ${slowest}.`
}

const slowestNs = ({ traces }: Pick<SearchSnapshot, 'traces'>): number =>
  traces.reduce((most, { summary }) => Math.max(most, summary.durationNs), 0)

/** Nothing matched: the condition that most likely did it, what there is without it, and a way there. */
export function NothingMatched({ place, window, zone, silent, asked, sources, onSearch }: Props) {
  const [nowMs] = useState(() => Date.now())
  const own = ownTraceql(place)
  const conditions = conditionsOf(place)
  const chosen = chosenSources(sources, place.sources)
  const described = describeRange(rangeAmong(chosen, place.range), zone, nowMs)
  const when = `in ${described.startsWith('last') ? 'the ' : ''}${described}`
  const { sentence, without } =
    own === undefined
      ? narrowest(conditions, when)
      : { sentence: `No trace ${when} matches this TraceQL.`, without: undefined }
  const { startMs, endMs } = window
  const elsewhere: SearchLocation = without
    ? {
        ...place,
        ...without.conditions,
        traceql: '',
        range: { from: startMs, to: endMs },
        limit: Math.min(place.limit, mostLookedAt),
      }
    : nowhere
  const { snapshot } = useSearch(elsewhere, sources)
  const found = without ? otherwise(snapshot) : ''
  const isNowhereElse = found !== '' && snapshot.traces.length === 0

  // What stands still has nothing beyond its own time.
  const wider = chosen.some(isServer) ? longerThan(window) : undefined
  const faster =
    conditions.minDurationNs !== undefined && snapshot.traces.length > 0 && found !== ''
      ? roundBelow(slowestNs(snapshot))
      : 0
  const same = own === undefined ? conditions : { traceql: own, askOthers: place.askOthers }
  return (
    <EmptyState
      title={sentence}
      action={
        <>
          {without && faster > 0 && (
            <Button onClick={() => onSearch({ ...conditions, minDurationNs: faster })}>
              Search over {shortDuration(faster)}
            </Button>
          )}
          {without && faster === 0 && !isNowhereElse && (
            <Button onClick={() => onSearch(without.conditions)}>{without.label}</Button>
          )}
          <HeldTimeButton
            sources={chosen}
            window={window}
            onRange={(range) => onSearch({ ...same, range })}
          />
          {wider && (
            <Button
              look={without && !isNowhereElse ? 'ghost' : 'plain'}
              onClick={() => onSearch({ ...same, range: wider })}
            >
              {wider === lastDay ? 'Last 24 h instead' : 'Last 7 days instead'}
            </Button>
          )}
        </>
      }
    >
      {found} {silent > 0 && `${silent} of ${asked} sources did not answer: it may be there.`}
    </EmptyState>
  )
}
