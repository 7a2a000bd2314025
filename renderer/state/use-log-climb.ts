/** From a trace, a span, an id or a service to its log lines, in one go: the first query that finds them ends it. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { apartFrom, type Climbed, endOf, type LadderEnd, wideningOf } from '#shared/correlate/ladder-end'
import type { Source } from '#shared/api/contract'
import type { LogSubject, Rung } from '#shared/correlate/log-ladder'
import { placeWords } from '#shared/correlate/met-place'
import {
  endOfServices,
  foundOfServices,
  serviceLadder,
  type ServiceSubject,
} from '#shared/correlate/service-ladder'
import { countOf } from '#shared/derive/quantities'
import { type ClimbSnapshot, endNow } from './climb'
import { type LineSearch, linesOfTrace, LogClimb } from './log-climb'
import { factsOfSources, meetPlace } from './log-facts'
import { hrefOfLogs } from './log-location'
import { painted } from './painted'
import { useLogSources } from './sources'

export interface LogClimbing<Subject = LogSubject> {
  /** What is looked for; undefined while nothing is. */
  readonly subject: Subject | undefined
  readonly climbed: readonly Climbed[]
  readonly isAsking: boolean
  /** What it found; undefined while it has found nothing. */
  readonly found: Climbed | undefined
  /** Why there is nothing, or where the nearest is, once that is certain. */
  readonly end: LadderEnd | undefined
  readonly start: (subject: Subject) => void
  readonly stop: () => void
  readonly close: () => void
}

const nothing: ClimbSnapshot = { climbed: [], state: 'stopped' }
const readNothing = (): ClimbSnapshot => nothing
const never = (): (() => void) => () => undefined

/** The page of logs that shows what a rung asks for. */
export const hrefOfRung = ({ source, query, startMs, endMs }: Rung): string =>
  hrefOfLogs({
    source: source.id,
    query,
    range: { from: Math.floor(startMs), to: Math.ceil(endMs) },
    order: 'oldest',
  })

/** What is said of lines that were found, as the page goes there. `climbed`: what was asked on the way. */
export function foundWords(subject: LogSubject, found: Climbed, climbed: readonly Climbed[]): string {
  const { rung, state } = found
  if (state.kind !== 'answered') return ''
  const lines = state.hasMore ? `More than ${countOf(state.count, 'line')}` : countOf(state.count, 'line')
  const place = state.unknownPlace && `The id stood in ${placeWords(state.unknownPlace)}.`
  const wider = wideningOf(subject, found, climbed)
  return [`${lines}: ${rung.what}, ${rung.reach}.`, place, wider, apartFrom(subject, state)]
    .filter(Boolean)
    .join(' ')
}

/** What is looked for, and what is said of it in the end; the same object for good. */
interface Ways<Subject> {
  readonly search: (subject: Subject) => LineSearch
  /** Once all was asked, or something was found. */
  readonly end: (subject: Subject, climbed: readonly Climbed[], isFound: boolean) => LadderEnd | undefined
}

const toTrace: Ways<LogSubject> = {
  search: linesOfTrace,
  // The page has gone to what was found.
  end: (subject, climbed, isFound) => (isFound ? undefined : endOf(subject, climbed)),
}

const toServices: Ways<ServiceSubject> = {
  search: (subject) => ({
    ladderIn: (source) => serviceLadder(subject, source),
    foundIn: foundOfServices,
    traceId: undefined,
  }),
  end: endOfServices,
}

/** To the lines of a trace, a span or a bare id. */
export const useLogClimb = (
  sources: readonly Source[],
  onFound: (subject: LogSubject, found: Climbed, climbed: readonly Climbed[]) => void,
): LogClimbing => useLineClimb(toTrace, sources, onFound)

const stay = (): void => undefined

/** To the lines of services that wrote none where they were looked for; a person goes on to what is found. */
export const useServiceClimb = (): LogClimbing<ServiceSubject> =>
  useLineClimb(toServices, useLogSources(), stay)

/** Climbs for one subject at a time; it is stopped when what asks goes off screen. */
function useLineClimb<Subject>(
  ways: Ways<Subject>,
  sources: readonly Source[],
  onFound: (subject: Subject, found: Climbed, climbed: readonly Climbed[]) => void,
): LogClimbing<Subject> {
  const client = useQueryClient()
  const [{ climb, subject }, set] = useState<{ climb?: LogClimb; subject?: Subject }>({})
  useEffect(() => () => climb?.stop(), [climb])
  const { climbed, state, found } = useSyncExternalStore(
    climb?.subscribe ?? never,
    climb?.snapshot ?? readNothing,
  )
  const start = useCallback(
    (next: Subject) => {
      const search = ways.search(next)
      const meet = (found: Climbed, climbed: readonly Climbed[]): void => {
        if (search.traceId !== undefined) meetPlace(client, found, search.traceId)
        onFound(next, found, climbed)
      }
      // That it is under way is seen before anything is asked.
      const shown = painted()
      const facts = factsOfSources(client, sources).map((coming) => shown.then(() => coming))
      set({ climb: new LogClimb(search, facts, meet), subject: next })
    },
    [client, sources, ways, onFound],
  )
  return useMemo(() => {
    const isFound = state === 'found'
    return {
      subject,
      climbed,
      isAsking: state === 'learning' || state === 'climbing',
      found,
      end:
        subject === undefined ? undefined : endNow(state, climbed, () => ways.end(subject, climbed, isFound)),
      start,
      stop: () => climb?.stop(),
      close: () => set({}),
    }
  }, [ways, subject, climbed, state, found, climb, start])
}
