import type { Source } from '#shared/api/contract'
import { formatCount } from '#shared/derive/quantities'
import type { TimeZone } from '#shared/derive/clock-times'
import type { SearchLocation } from '../state/search-location'
import type { SourceProgress } from '../state/trace-search'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { NearestFound } from './nearest-found'
import { NothingMatched } from './nothing-matched'
import { conditionsOf, ownTraceql } from './plan-search'

interface Props {
  readonly place: SearchLocation
  readonly window: { readonly startMs: number; readonly endMs: number }
  readonly zone: TimeZone
  /** Those that were asked. */
  readonly asked: readonly SourceProgress[]
  readonly sources: readonly Source[]
  readonly onSearch: (change: Partial<SearchLocation>) => void
}

/** Services offered as buttons. */
const mostOffered = 8

/** Why there is no trace to show, and what to do about it. */
export function EmptyResults({ place, window, zone, asked, sources, onSearch }: Props) {
  const failed = asked.filter((source) => source.phase !== 'answered')
  if (asked.length === 0)
    return <EmptyState title="No source was asked.">Why not stands beside each of them above.</EmptyState>
  if (asked.every((source) => source.phase === 'choose'))
    return (
      <EmptyState
        title={`${asked.map(({ source }) => source.name).join(' and ')} ${asked.length === 1 ? 'searches' : 'search'} one service at a time. Choose one:`}
        action={[...new Set(asked.flatMap(({ services = [] }) => services))]
          .slice(0, mostOffered)
          .map((service) => (
            <Button
              key={service}
              onClick={() => onSearch({ ...conditionsOf(place), service, operation: '' })}
            >
              {service}
            </Button>
          ))}
      >
        All of them stand in the list above.
      </EmptyState>
    )
  const leftOut = asked.reduce((sum, one) => sum + one.leftOut.count, 0)
  if (leftOut > 0)
    return (
      <EmptyState
        title={`${leftOut === 1 ? 'One trace was' : `${formatCount(leftOut)} traces were`} found, without spans of ${place.withServices.join(' and ')}.`}
        action={
          <Button
            onClick={() =>
              onSearch({ ...conditionsOf(place), traceql: ownTraceql(place) ?? '', withServices: [] })
            }
          >
            {leftOut === 1 ? 'Show it' : 'Show them'}
          </Button>
        }
      >
        {failed.length > 0 && `${failed.length} of ${asked.length} sources did not answer: it may be there.`}
      </EmptyState>
    )
  if (failed.length < asked.length && place.isLed)
    return (
      <NearestFound
        conditions={conditionsOf(place)}
        own={ownTraceql(place)}
        range={place.range}
        window={window}
        zone={zone}
      />
    )
  if (failed.length < asked.length)
    return (
      <NothingMatched
        place={place}
        window={window}
        zone={zone}
        silent={failed.length}
        asked={asked.length}
        sources={sources}
        onSearch={onSearch}
      />
    )
  if (failed.every((source) => source.error?.kind === 'bad-query'))
    return <EmptyState title="The query was not understood.">What is wrong with it stands above.</EmptyState>
  return (
    <EmptyState
      title={
        asked.length === 1 ? 'The source did not answer.' : `None of the ${asked.length} sources answered.`
      }
    >
      What went wrong stands above, with a way to ask again.
    </EmptyState>
  )
}
