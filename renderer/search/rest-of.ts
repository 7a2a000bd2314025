/** What an answer leaves open, in the words of its line. */
import { countOf } from '#shared/derive/quantities'
import type { SourceProgress } from '../state/trace-search'

/** Where the newest come first, what is missing is older; elsewhere nobody says which came. */
export function restOf(
  progress: Pick<
    SourceProgress,
    'source' | 'newestFirst' | 'services' | 'limitReached' | 'hasMore' | 'isStuck' | 'query'
  >,
): string {
  const { limitReached, hasMore } = progress
  if (progress.newestFirst) {
    if (progress.isStuck)
      return 'the last answer held only what was here already; the next asks for twice as many'
    if (hasMore) return limitReached ? 'the newest; older ones exist' : 'older time not asked yet'
    return limitReached ? 'as many as were asked for; raise the limit to see whether there are more' : ''
  }
  const { source, services, isStuck, query } = progress
  return [
    services &&
      (services.length === 0
        ? 'it names no service'
        : `asked service by service, ${countOf(services.length, 'service')}`),
    hasMore &&
      (limitReached
        ? `there are more, and ${source.name} does not say which it gives`
        : 'older time not asked yet'),
    isStuck &&
      `within one millisecond there are ${query.limit} or more, and no shorter time can be asked for: raise the limit`,
  ]
    .filter(Boolean)
    .join(' · ')
}

/** How many traces came that are not listed, and for want of what. */
export const leftOutOf = ({ leftOut }: Pick<SourceProgress, 'leftOut'>): string =>
  leftOut.count === 0
    ? ''
    : `${countOf(leftOut.count, 'other')} without ${new Intl.ListFormat('en').format(leftOut.services)} left out`
