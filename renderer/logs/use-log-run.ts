/** The run a place of the URL asks for: started, kept while the page is away. */
import { useEffect, useSyncExternalStore } from 'react'
import type { Source } from '#shared/api/contract'
import { nsText } from '#shared/derive/clock-times'
import { type TimeRange, windowOf } from '#shared/derive/time-range'
import type { Order } from '#shared/logs/read-lines'
import { keptRun, type LogRun, type LogSnapshot, startRun, watchRuns } from '../state/log-run'
import { emptyList } from '#shared/logs/log-list'

export interface RunningLogs {
  /** Undefined while nothing is asked. */
  readonly run: LogRun | undefined
  readonly snapshot: LogSnapshot
  /** Asks again, with the clock as it is now. */
  readonly restart: () => void
}

const nothing: LogSnapshot = {
  list: emptyList('newest'),
  isAsking: false,
  error: undefined,
  hasRest: false,
  isFull: false,
  isCut: false,
  notes: [],
  tookMs: 0,
  searchedBytes: 0,
}
const noWatch = (): (() => void) => () => undefined
const noSnapshot = (): LogSnapshot => nothing

/** Runs what the place asks for; `query` must be one for lines, and empty while nothing is asked. */
export function useLogRun(range: TimeRange, order: Order, query: string, source: Source): RunningLogs {
  const key = query === '' ? undefined : JSON.stringify([source.id, query, range.from, range.to, order])
  const run = useSyncExternalStore(watchRuns, () => (key === undefined ? undefined : keptRun(key)))
  const snapshot = useSyncExternalStore(run?.subscribe ?? noWatch, run?.snapshot ?? noSnapshot)

  const start = (): void => {
    if (key === undefined) return
    const { startMs, endMs } = windowOf(range, Date.now())
    const window = { startNs: nsText(startMs), endNs: nsText(Math.ceil(endMs)) }
    startRun(key, { source: { id: source.id, name: source.name }, query, window, order })
  }
  useEffect(() => {
    const known = key === undefined ? undefined : keptRun(key)
    if (key !== undefined && known === undefined) start()
    // It was left before its first page was there.
    if (known?.snapshot().list.length === 0) void known.more()
    return () => keptRun(key ?? '')?.stop()
    // The key says all that matters.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key])
  return { run, snapshot, restart: start }
}
