/** The time in view: what the URL says, or all the time there is to see. */
import { useCallback, useMemo } from 'react'
import { clampWindow, type TimeWindow, wholeWindow } from '#shared/derive/time-window'
import { type Live, useLive } from '../state/use-live'

type Zoom = TimeWindow | undefined

export interface TraceWindow {
  readonly zoom: Live<Zoom>
  readonly window: TimeWindow
  /** What is in view without any zoom: the whole trace, or the time of what is left of it. */
  readonly home: TimeWindow
  readonly setWindow: (next: TimeWindow | ((now: TimeWindow) => TimeWindow)) => void
}

/** `place` is the zoom of the URL; `left` the time of what is left in view, undefined for the whole trace. */
export function useTraceWindow(
  place: Zoom,
  adjust: (zoom: Zoom) => void,
  left: TimeWindow | undefined,
  durationNs: number,
): TraceWindow {
  const zoom = useLive(place, adjust, sameZoom)
  const home = useMemo(
    () => (left ? clampWindow(left, durationNs) : wholeWindow(durationNs)),
    [left, durationNs],
  )
  const window = useMemo(
    () => (zoom.value ? clampWindow(zoom.value, durationNs) : home),
    [zoom.value, home, durationNs],
  )
  const { set } = zoom
  const setWindow = useCallback(
    (next: TimeWindow | ((now: TimeWindow) => TimeWindow)) =>
      set((now) => {
        const to = typeof next === 'function' ? next(now ? clampWindow(now, durationNs) : home) : next
        return sameZoom(clampWindow(to, durationNs), home) ? undefined : to
      }),
    [set, home, durationNs],
  )
  return { zoom, window, home, setWindow }
}

/** Whether two windows are the same to the nanosecond, which is what a URL holds. */
export function sameZoom(a: Zoom, b: Zoom): boolean {
  if (!a || !b) return a === b
  return Math.round(a.from) === Math.round(b.from) && Math.round(a.to) === Math.round(b.to)
}
