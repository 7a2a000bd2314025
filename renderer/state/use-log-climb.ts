/** From a trace, a span or an id to its log lines, in one go: the first query that finds them is where the page goes. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import {
  apartFrom,
  type Climbed,
  endOf,
  endOfStopped,
  foundIn,
  type LadderEnd,
} from '#shared/correlate/ladder-end'
import type { LogSubject, Rung } from '#shared/correlate/log-ladder'
import { placeWords } from '#shared/correlate/met-place'
import { countOf } from '#shared/derive/quantities'
import type { ClimbSnapshot } from './climb'
import { LogClimb } from './log-climb'
import { factsOfSources, meetPlace } from './log-facts'
import { hrefOfLogs } from './log-location'
import { useLogSources } from './sources'

export interface LogClimbing {
  /** What is looked for; undefined while nothing is. */
  readonly subject: LogSubject | undefined
  readonly climbed: readonly Climbed[]
  readonly isAsking: boolean
  /** What it found; undefined while it has found nothing. */
  readonly found: Climbed | undefined
  /** Why there is nothing, once that is certain. */
  readonly end: LadderEnd | undefined
  readonly start: (subject: LogSubject) => void
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

/** What is said of lines that were found, as the page goes there. */
export function foundWords(subject: LogSubject, { rung, state }: Climbed): string {
  if (state.kind !== 'answered') return ''
  const lines = state.hasMore ? `More than ${countOf(state.count, 'line')}` : countOf(state.count, 'line')
  const place = state.unknownPlace && `The id stood in ${placeWords(state.unknownPlace)}.`
  return [`${lines}: ${rung.what}, ${rung.reach}.`, place, apartFrom(subject, state)]
    .filter(Boolean)
    .join(' ')
}

/** Why there is nothing, once that is certain, or that it was stopped. */
function endNow(subject: LogSubject, { climbed, state }: ClimbSnapshot): LadderEnd | undefined {
  if (state === 'stopped') return endOfStopped(climbed)
  return state === 'empty' ? endOf(subject, climbed) : undefined
}

/** Climbs for one subject at a time; it is stopped when what asks goes off screen. */
export function useLogClimb(onFound: (subject: LogSubject, found: Climbed) => void): LogClimbing {
  const client = useQueryClient()
  const sources = useLogSources()
  const [climb, setClimb] = useState<LogClimb>()
  useEffect(() => () => climb?.stop(), [climb])
  const { climbed, state } = useSyncExternalStore(climb?.subscribe ?? never, climb?.snapshot ?? readNothing)
  const start = useCallback(
    (subject: LogSubject) => {
      const meet = (found: Climbed): void => {
        meetPlace(client, found)
        onFound(subject, found)
      }
      setClimb(new LogClimb(subject, factsOfSources(client, sources), meet))
    },
    [client, sources, onFound],
  )
  const subject = climb?.subject
  return useMemo(
    () => ({
      subject,
      climbed,
      isAsking: state === 'learning' || state === 'climbing',
      found: state === 'found' ? foundIn(climbed) : undefined,
      end: subject && endNow(subject, { climbed, state }),
      start,
      stop: () => climb?.stop(),
      close: () => setClimb(undefined),
    }),
    [subject, climbed, state, climb, start],
  )
}
