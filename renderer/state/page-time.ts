/** When a page looks: chosen, zoomed into and out of, and moving on with the clock; the same for all pages of metrics and logs. */
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Source } from '#shared/api/contract'
import { rangeThatFollows, type TimeRange, windowOf } from '#shared/derive/time-range'
import { nowOf } from './held-time'
import type { LocationActions } from './location'

/** The part of a page's place that says when. */
export interface TimePlace {
  readonly range: TimeRange
  /** Time goes on: what is shown is asked for again. */
  readonly follow: boolean
}

/** How often a page that follows asks again. */
const followMs = 15_000

/** What was looked at before each stretch of time that was zoomed into, on whatever page that was. */
const beforeZoom = new Map<string, TimePlace>()
const mostZooms = 100

const keyOf = ({ from, to }: TimeRange): string => `${from} ${to}`

export interface PageTime extends TimePlace {
  readonly choose: (range: TimeRange) => void
  readonly zoom: (startMs: number, endMs: number) => void
  /** Back to what was looked at before the zoom; undefined where this stretch was not zoomed into. */
  readonly undoZoom: (() => void) | undefined
  /** Going on to follow means up to now: a range that ends before it moves. */
  readonly toggleFollow: () => void
}

/** What can be done with the time of a page; `onChange` is called before each change of it, such as to read the clock. */
export function usePageTime(
  { range, follow }: TimePlace,
  { go }: Pick<LocationActions<TimePlace>, 'go'>,
  onChange?: () => void,
): PageTime {
  return useMemo(() => {
    const change = (next: Partial<TimePlace>): void => {
      onChange?.()
      go(next)
    }
    const before = beforeZoom.get(keyOf(range))
    return {
      range,
      follow,
      choose: (next) => change({ range: next, follow: follow && next.to === 'now' }),
      zoom: (startMs, endMs) => {
        // Nobody draws milliseconds by hand within minutes.
        const step = endMs - startMs < 120_000 ? 1 : 1_000
        const next = { from: Math.floor(startMs / step) * step, to: Math.ceil(endMs / step) * step }
        beforeZoom.delete(keyOf(next))
        beforeZoom.set(keyOf(next), { range, follow })
        for (const oldest of beforeZoom.keys()) if (beforeZoom.size > mostZooms) beforeZoom.delete(oldest)
        change({ range: next, follow: false })
      },
      undoZoom: before && (() => change(before)),
      toggleFollow: () =>
        change(follow ? { follow: false } : { follow: true, range: rangeThatFollows(range, Date.now()) }),
    }
  }, [range, follow, go, onChange])
}

/** The window a range means at the moment it was chosen or last asked for; in a page that follows, time goes on. */
export function useAskedWindow({ range, follow }: TimePlace, source: Source | undefined) {
  const [nowMs, setNow] = useState(() => Date.now())
  const again = useCallback(() => setNow(Date.now()), [])
  useEffect(() => {
    if (!follow) return undefined
    const timer = setInterval(again, followMs)
    return () => clearInterval(timer)
  }, [follow, again])
  const { from, to } = range
  const now = nowOf(source, nowMs)
  const window = useMemo(() => windowOf({ from, to }, now), [from, to, now])
  return { window, again }
}
