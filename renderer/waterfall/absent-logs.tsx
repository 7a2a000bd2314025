import { useCallback, useEffect, useRef } from 'react'
import type { Climbed } from '#shared/correlate/ladder-end'
import type { LogSubject } from '#shared/correlate/log-ladder'
import { useLogSources } from '../state/sources'
import { foundWords, hrefOfRung, useLogClimb } from '../state/use-log-climb'
import { useGo } from '../state/location'
import { useRemember } from '../pivots/use-remember'
import { LineLadder } from '../pivots/line-ladder'
import { Button } from '../ui/button'

interface Props {
  readonly traceId: string
  /** When the trace was, where that is known. */
  readonly startMs: number | undefined
  readonly endMs: number | undefined
  /** When its request was, more closely; undefined where that is not known. */
  readonly was: Pick<LogSubject, 'startMs' | 'endMs'> | undefined
  /** Hears of lines that name it. */
  readonly onFound: (found: Climbed) => void
}

/** Where nothing says when the trace was, its lines are looked for so far back. */
const reachMs = 3 * 3_600_000

/** A trace that was not kept may have left lines: they are looked for at once, by its id alone. */
export function AbsentLogs({ traceId, startMs, endMs, was, onFound }: Props) {
  const go = useGo()
  const remember = useRemember()
  const sources = useLogSources()
  const hasLogs = sources.length > 0
  const climbing = useLogClimb(
    sources,
    useCallback((_: LogSubject, one: Climbed) => onFound(one), [onFound]),
  )
  const { subject, climbed, found, isAsking, end, start } = climbing
  const asked = useRef('')
  useEffect(() => {
    if (!hasLogs || asked.current === traceId) return
    asked.current = traceId
    const nowMs = Date.now()
    start({
      services: [],
      traceId,
      spanId: undefined,
      startMs: startMs ?? nowMs - reachMs,
      endMs: endMs ?? nowMs,
    })
  }, [hasLogs, traceId, startMs, endMs, start])
  if (!subject) return undefined
  const offer = found && remember(subject, found)?.offer
  if (found)
    return (
      <p className="row">
        <Button look="primary" icon="logs" onClick={() => go(hrefOfRung(found.rung))}>
          Read the lines that name it
        </Button>
        <span className="t2">{foundWords({ ...subject, ...was }, found, climbed)}</span>
        {offer && <Button onClick={offer.run}>{offer.label}</Button>}
      </p>
    )
  if (!isAsking && !end) return undefined
  return <LineLadder title="Lines that name this trace" climbing={climbing} />
}
