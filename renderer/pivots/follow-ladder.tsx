import type { LogClimbing } from '../state/use-log-climb'
import { LineLadder } from './line-ladder'

/** The search for log lines under way, or why it found none; nothing where none is looked for, or for something else. */
export function FollowLadder({
  climbing,
  of,
}: {
  readonly climbing: LogClimbing
  /** Of which span; undefined for the whole trace. */
  readonly of: string | undefined
}) {
  const { subject, isAsking, end } = climbing
  if (!subject || subject.spanId !== of || (!isAsking && !end)) return undefined
  return (
    <LineLadder title={of === undefined ? 'Logs of this trace' : 'Logs of this span'} climbing={climbing} />
  )
}
