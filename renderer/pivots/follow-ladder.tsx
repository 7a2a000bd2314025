import { useGo } from '../state/location'
import { hrefOfRung, type LogClimbing } from '../state/use-log-climb'
import { LadderView } from './ladder-view'

/** The search for log lines under way, or why it found none; nothing where none is looked for, or for something else. */
export function FollowLadder({
  climbing,
  of,
}: {
  readonly climbing: LogClimbing
  /** Of which span; undefined for the whole trace. */
  readonly of: string | undefined
}) {
  const go = useGo()
  const { subject, climbed, isAsking, end, start, stop, close } = climbing
  if (!subject || subject.spanId !== of || (!isAsking && !end)) return undefined
  return (
    <LadderView
      title={of === undefined ? 'Logs of this trace' : 'Logs of this span'}
      climbed={climbed}
      end={end}
      onStop={stop}
      onRetry={() => start(subject)}
      onClose={close}
      onOpen={(rung) => go(hrefOfRung(rung))}
    />
  )
}
