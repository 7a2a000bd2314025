/** Following a run for as long as the page wants it. */
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { type FollowSnapshot, LogFollow } from '../state/log-follow'
import type { LogRun } from '../state/log-run'

const noWatch = (): (() => void) => () => undefined
const noSnapshot = (): undefined => undefined

/** `run` is undefined while nothing is followed; it must have its first page. */
export function useFollow(run: LogRun | undefined): {
  readonly snapshot: FollowSnapshot | undefined
  readonly pause: (isPaused: boolean) => void
} {
  const follow = useMemo(() => (run === undefined ? undefined : new LogFollow(run)), [run])
  useEffect(() => {
    follow?.start()
    return () => follow?.stop()
  }, [follow])
  const snapshot = useSyncExternalStore(follow?.subscribe ?? noWatch, follow?.snapshot ?? noSnapshot)
  return { snapshot, pause: (isPaused) => follow?.pause(isPaused) }
}
