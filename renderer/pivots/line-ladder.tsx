import { useGo } from '../state/location'
import { hrefOfRung, type LogClimbing } from '../state/use-log-climb'
import { LadderView } from './ladder-view'

interface Props<Subject> {
  readonly title: string
  readonly climbing: LogClimbing<Subject>
}

/** The search for log lines under way, or what it came to; what is near can be gone to. Nothing where none is looked for. */
export function LineLadder<Subject>({ title, climbing }: Props<Subject>) {
  const go = useGo()
  const { subject, climbed, end, start, stop, close } = climbing
  if (subject === undefined) return undefined
  return (
    <LadderView
      title={title}
      climbed={climbed}
      end={end}
      onStop={stop}
      onRetry={() => start(subject)}
      onClose={close}
      onOpen={(rung) => go(hrefOfRung(rung))}
    />
  )
}
