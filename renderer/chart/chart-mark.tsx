import type uPlot from 'uplot'
import { formatTime, type TimeZone } from '#shared/derive/clock-times'
import styles from './chart.module.css'

/** A stretch of time that is marked, milliseconds since 1970. */
export interface Marked {
  readonly startMs: number
  readonly endMs: number
  readonly name: string
}

interface Window {
  readonly startMs: number
  readonly endMs: number
}

/** A shorter one is still seen. */
const leastPx = 2

const isWithin = ({ startMs, endMs }: Marked, window: Window): boolean =>
  endMs >= window.startMs && startMs <= window.endMs

/** What is marked, for who does not see it. */
export function markWords(mark: Marked, window: Window, zone: TimeZone): string {
  const when = `${formatTime(mark.startMs, zone)} to ${formatTime(mark.endMs, zone)}`
  return `Marked: ${mark.name}, ${when}${isWithin(mark, window) ? '' : ', outside of this window'}.`
}

/** The moment one came from, as a band across the plot with its name. */
export function ChartMark({
  plot,
  mark,
  window,
}: {
  readonly plot: uPlot
  readonly mark: Marked
  readonly window: Window
}) {
  if (!isWithin(mark, window)) return undefined
  const [from, to] = [mark.startMs, mark.endMs].map((ms) =>
    Math.min(plot.over.clientWidth, Math.max(0, plot.valToPos(ms / 1_000, 'x'))),
  )
  const isRight = from > plot.over.clientWidth / 2
  return (
    <div
      className={styles.mark}
      data-side={isRight ? 'left' : 'right'}
      style={{ left: from, width: Math.max(leastPx, to - from) }}
      aria-hidden="true"
    >
      <span className="cut" style={{ maxWidth: (isRight ? from : plot.over.clientWidth - to) - 8 }}>
        {mark.name}
      </span>
    </div>
  )
}
