import type { TimeZone } from '#shared/derive/clock-times'
import { describeRange, type TimeRange } from '#shared/derive/time-range'
import { WarnNote } from './warn-note'

interface Props {
  /** What is wrong with the range of the address, in one sentence; undefined where it was taken. */
  readonly problem: string | undefined
  /** What is shown instead. */
  readonly range: TimeRange
  readonly zone: TimeZone
}

/** Says that the times of a link were not used, and which ones were. */
export function RangeNote({ problem, range, zone }: Props) {
  if (problem === undefined) return undefined
  return (
    <WarnNote icon="clock" title={`The times in this link cannot be used. ${problem}`}>
      The {describeRange(range, zone, 0)} is shown instead.
    </WarnNote>
  )
}
