import { describeRange, type TimeRange, windowOf } from '#shared/derive/time-range'
import type { TimeZone } from '#shared/derive/clock-times'
import type { Conditions } from '../state/search-location'
import type { SourceProgress } from '../state/trace-search'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { narrowest } from './search-words'

interface Props {
  readonly conditions: Conditions
  /** The reader's own TraceQL, where that was the query. */
  readonly own: string | undefined
  readonly range: TimeRange
  readonly window: { readonly startMs: number; readonly endMs: number }
  readonly zone: TimeZone
  /** Those that were asked. */
  readonly sources: readonly SourceProgress[]
  readonly onWithout: (conditions: Conditions) => void
  readonly onWiden: (range: TimeRange) => void
}

const dayMs = 86_400_000
const lastDay: TimeRange = { from: 'now-24h', to: 'now' }
const lastWeek: TimeRange = { from: 'now-7d', to: 'now' }

/** Nothing matched: which condition it most likely was, and a way to look without it. */
export function EmptyResults({ conditions, own, range, window, zone, sources, onWithout, onWiden }: Props) {
  const asked = sources.length
  const failed = sources.filter((source) => source.phase !== 'answered')
  if (asked === 0)
    return <EmptyState title="No source was asked.">Why not stands beside each of them above.</EmptyState>
  if (failed.length === asked && failed.every((source) => source.error?.kind === 'bad-query'))
    return <EmptyState title="The query was not understood.">What is wrong with it stands above.</EmptyState>
  if (failed.length === asked)
    return (
      <EmptyState
        title={asked === 1 ? 'The source did not answer.' : `None of the ${asked} sources answered.`}
      >
        What went wrong stands above, with a way to ask again.
      </EmptyState>
    )
  const described = describeRange(range, zone, window.endMs)
  const when = `in ${described.startsWith('last') ? 'the ' : ''}${described}`
  const { sentence, without } =
    own === undefined
      ? narrowest(conditions, when)
      : { sentence: `No trace ${when} matches this TraceQL.`, without: undefined }
  const lengthMs = windowOf(range, window.endMs).endMs - windowOf(range, window.endMs).startMs
  const wider = lengthMs < dayMs ? lastDay : lengthMs < 7 * dayMs ? lastWeek : undefined
  const widen = wider && (
    <Button look={without ? 'ghost' : 'primary'} onClick={() => onWiden(wider)}>
      {wider === lastDay ? 'Last 24 h instead' : 'Last 7 days instead'}
    </Button>
  )
  return (
    <EmptyState
      title={sentence}
      action={
        <>
          {without && (
            <Button look="primary" onClick={() => onWithout(without.conditions)}>
              {without.label}
            </Button>
          )}
          {widen}
        </>
      }
    >
      {failed.length > 0 && `${failed.length} of ${asked} sources did not answer: it may be there.`}
    </EmptyState>
  )
}
