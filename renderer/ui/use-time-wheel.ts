/** The wheel over a timeline: Ctrl zooms at the pointer, Shift or sideways pans, plain scrolls the list as ever. */
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { hoverMoment } from './hover-moment'
import { panBy, type TimeWindow, zoomAt } from '#shared/derive/time-window'

/** A notch of a mouse wheel is 100: it then shows three quarters, or four thirds, of the time. */
const zoomPerPx = 0.0029
const panPerPx = 0.001

export function useTimeWheel(
  target: RefObject<HTMLElement | null>,
  durationNs: number,
  change: (next: (now: TimeWindow) => TimeWindow) => void,
  /** Where zooming keeps still. */
  pointerAt: () => number | undefined = hoverMoment,
): void {
  const latest = useRef({ durationNs, change, pointerAt })
  useLayoutEffect(() => {
    latest.current = { durationNs, change, pointerAt }
  })
  useEffect(() => {
    const element = target.current
    if (!element) return undefined
    const onWheel = (event: WheelEvent) => {
      const { durationNs, change, pointerAt } = latest.current
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1
      if (event.ctrlKey) {
        event.preventDefault()
        const factor = Math.exp(event.deltaY * lines * zoomPerPx)
        change((now) => zoomAt(now, pointerAt() ?? (now.from + now.to) / 2, factor, durationNs))
        return
      }
      const sideways = event.deltaX !== 0 ? event.deltaX : event.shiftKey ? event.deltaY : 0
      if (sideways === 0 || Math.abs(event.deltaY) > Math.abs(sideways)) return
      event.preventDefault()
      change((now) => panBy(now, sideways * lines * panPerPx, durationNs))
    }
    // React's wheel listeners are passive: they could not keep the page from zooming.
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [target])
}
