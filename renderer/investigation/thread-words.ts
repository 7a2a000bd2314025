import { type TimeZone, formatShortTime } from '#shared/derive/clock-times'
import { formatDuration } from '#shared/derive/durations'
import { countOf } from '#shared/derive/quantities'
import { childrenOf, type Thread } from '#shared/thread/thread'

/** How large a thread is: `6 steps, 1 branch, 3 notes; 14:31 – 14:41, 10 min`, or `1 step; 14:31`. */
export function threadWords(thread: Thread, zone: TimeZone): string {
  const { steps } = thread
  if (steps.length === 0) return 'no steps yet'
  const branches = ['', ...steps.map(({ id }) => id)].reduce(
    (sum, id) => sum + Math.max(0, childrenOf(thread, id).length - 1),
    0,
  )
  const notes = steps.filter(({ note }) => note !== '').length
  const [first, last] = [steps[0].atMs, steps[steps.length - 1].atMs]
  const words = [
    countOf(steps.length, 'step'),
    branches > 0 ? countOf(branches, 'branch', 'branches') : undefined,
    notes > 0 ? countOf(notes, 'note') : undefined,
  ].filter((part) => part !== undefined)
  const [began, ended] = [formatShortTime(first, zone), formatShortTime(last, zone)]
  const when = began === ended ? began : `${began} – ${ended}, ${formatDuration((last - first) * 1e6)}`
  return `${words.join(', ')}; ${when}`
}
