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

/** How many traces are listed, and whether there are more than were asked for; short, as a step says it. */
export function foundOf(
  found: number,
  sources: readonly Pick<SourceProgress, 'newestFirst' | 'limitReached' | 'hasMore'>[],
): string {
  const cut = sources.filter(({ limitReached, hasMore }) => limitReached && hasMore)
  const traces = countOf(found, 'trace')
  if (cut.length === 0) return traces
  return cut.every(({ newestFirst }) => newestFirst) ? `newest ${traces}` : `${traces} and more`
}

/** What a step that was saved had found: the file that it is asked of now holds less than there was. */
export function savedFoundOf(saved: string): string {
  const more = saved.startsWith('newest ')
    ? '; older ones existed'
    : saved.endsWith(' and more')
      ? ', which were not listed'
      : ''
  return `When this step was saved it found ${saved.replace(/^newest /, 'the newest ')}${more}. The file holds the traces that its steps found, and no others.`
}

/** How many traces came that are not listed, and for want of what. */
export const leftOutOf = ({ leftOut }: Pick<SourceProgress, 'leftOut'>): string =>
  leftOut.count === 0
    ? ''
    : `${countOf(leftOut.count, 'other')} without ${new Intl.ListFormat('en').format(leftOut.services)} left out`
