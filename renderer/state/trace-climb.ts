/** A ladder of searches for traces under way, as a page shows it. */
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { Climbed } from '#shared/correlate/ladder-end'
import type { TraceRung } from '#shared/correlate/trace-ladder'
import { startMsOf } from '#shared/trace/summary'
import type { TraceSummary } from '#shared/trace/table'
import { searchPath } from '../client/api'
import { traceSessions } from '../client/trace-sessions'
import { Climb, type ClimbSnapshot, type RungAnswer } from './climb'

export interface TraceClimbing {
  readonly climbed: readonly Climbed[]
  readonly state: ClimbSnapshot['state'] | 'idle'
  /** `foundIn` as in a climb's plan. */
  readonly start: (
    ladders: readonly (readonly TraceRung[] | Promise<readonly TraceRung[]>)[],
    foundIn: (climbed: readonly Climbed[]) => Climbed | undefined,
    onFound: (found: Climbed) => void,
  ) => void
  readonly stop: () => void
  readonly close: () => void
}

const nothing: ClimbSnapshot = { climbed: [], state: 'stopped' }
const readNothing = (): ClimbSnapshot => nothing
const never = (): (() => void) => () => undefined

async function askTraces({ source, asked }: TraceRung, signal: AbortSignal): Promise<RungAnswer> {
  const { traces, limitReached } = await traceSessions.search(searchPath(source.id, asked), signal)
  const times = traces.map(startMsOf)
  return {
    count: traces.length,
    hasMore: limitReached,
    firstMs: times.length === 0 ? 0 : Math.min(...times),
    lastMs: times.length === 0 ? 0 : Math.max(...times),
    traces,
  }
}

/** What a rung of such a ladder found. */
export const tracesIn = ({ state }: Climbed): readonly TraceSummary[] =>
  state.kind === 'answered' ? (state.traces ?? []) : []

/** One climb at a time; it is stopped when what asks goes off screen. */
export function useTraceClimb(): TraceClimbing {
  const [climb, setClimb] = useState<Climb<TraceRung>>()
  useEffect(() => () => climb?.stop(), [climb])
  const { climbed, state } = useSyncExternalStore(climb?.subscribe ?? never, climb?.snapshot ?? readNothing)
  const start = useCallback<TraceClimbing['start']>((ladders, foundIn, onFound) => {
    const coming = ladders.map((ladder) => Promise.resolve(ladder))
    setClimb(new Climb({ ladders: coming, ask: askTraces, foundIn, onFound }))
  }, [])
  return useMemo(
    () => ({
      climbed,
      state: climb ? state : 'idle',
      start,
      stop: () => climb?.stop(),
      close: () => setClimb(undefined),
    }),
    [climb, climbed, state, start],
  )
}
