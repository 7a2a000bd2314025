import { type PointerEvent, useMemo, useState } from 'react'
import type { LogVolume } from '#shared/api/logs'
import { formatDateTime, formatTickTimes, type TimeZone } from '#shared/derive/clock-times'
import { countOf, formatCount } from '#shared/derive/quantities'
import { setHoverTime, useHoverTime } from '../chart/hover-time'
import { bands, barsOf } from './volume'
import styles from './volume-chart.module.css'

interface Props {
  readonly volume: LogVolume
  readonly window: { readonly startMs: number; readonly endMs: number }
  readonly zone: TimeZone
  /** A stretch of time was drawn with the pointer. */
  readonly onBrush: (startMs: number, endMs: number) => void
}

/** Where the pointer is, from 0 to 1. */
function shareAt(event: PointerEvent): number {
  const { left, width: widthPx } = event.currentTarget.getBoundingClientRect()
  return Math.min(1, Math.max(0, (event.clientX - left) / widthPx))
}

const heightPx = 62
/** In units of the picture; it is stretched to its place. */
const width = 1_000
/** Between the marks of the axis. */
const steps = 6

/** How many lines there are over time, by level; dragging over it chooses a part of it. */
export function VolumeChart({ volume, window, zone, onBrush }: Props) {
  const bars = useMemo(() => barsOf(volume), [volume])
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number }>()
  const { startMs, stepMs } = volume
  // Where there are no lines there are no bars, and the axis is that of the time asked for.
  const lengthMs = bars.length * stepMs || window.endMs - window.startMs
  const starts = bars.totals.map((_, at) => startMs + at * stepMs)
  const total = bars.totals.reduce((sum, one) => sum + one, 0)
  const barWidth = width / Math.max(1, bars.length)
  const gap = Math.min(1, barWidth / 6)
  const ticks = Array.from({ length: steps + 1 }, (_, at) => startMs + (at / steps) * lengthMs)
  const tickTexts = formatTickTimes(ticks, zone)
  const finish = (): void => {
    setDrag(undefined)
    if (!drag) return
    const [from, to] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)]
    if (to - from < 0.004) return
    onBrush(
      Math.max(window.startMs, startMs + from * lengthMs),
      Math.min(window.endMs, startMs + to * lengthMs),
    )
  }
  return (
    <figure className={styles.volume} aria-label="Lines over time">
      <span className={styles.most} aria-hidden="true">
        {bars.largest > 0 && formatCount(bars.largest)}
      </span>
      <span className={styles.least} aria-hidden="true">
        0
      </span>
      <div
        className={styles.plot}
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.preventDefault()
          event.currentTarget.setPointerCapture(event.pointerId)
          setDrag({ from: shareAt(event), to: shareAt(event) })
        }}
        onPointerLeave={() => setHoverTime(undefined)}
        onPointerMove={(event) => {
          setHoverTime((startMs + shareAt(event) * lengthMs) / 1_000)
          if (drag) setDrag({ ...drag, to: shareAt(event) })
        }}
        onPointerUp={finish}
        onPointerCancel={() => setDrag(undefined)}
      >
        <svg
          viewBox={`0 0 ${width} ${heightPx}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${countOf(total, 'line')}, at most ${formatCount(bars.largest)} in ${stepMs / 1000} s`}
        >
          {starts.map((atMs, at) => {
            const count = bars.totals[at]
            let below = 0
            return (
              <g key={atMs}>
                <title>{`${formatDateTime(atMs, zone)}: ${countOf(count, 'line')}${
                  bars.counts.error[at] > 0 ? `, ${countOf(bars.counts.error[at], 'error')}` : ''
                }`}</title>
                <rect x={at * barWidth} y={0} width={barWidth} height={heightPx} fill="transparent" />
                {bands.map((band) => {
                  const height = bars.largest === 0 ? 0 : (bars.counts[band][at] / bars.largest) * heightPx
                  const y = heightPx - below - height
                  below += height
                  return height === 0 ? undefined : (
                    <rect
                      key={band}
                      className={styles[band]}
                      x={at * barWidth}
                      y={y}
                      width={barWidth - gap}
                      height={height}
                    />
                  )
                })}
              </g>
            )
          })}
        </svg>
        <HoverLine startMs={startMs} lengthMs={lengthMs} />
        {drag && (
          <span
            className={styles.brush}
            style={{
              left: `${Math.min(drag.from, drag.to) * 100}%`,
              width: `${Math.abs(drag.to - drag.from) * 100}%`,
            }}
          />
        )}
      </div>
      <div className={styles.axis} aria-hidden="true">
        {ticks.map((atMs, at) => (
          <span key={atMs}>{tickTexts[at]}</span>
        ))}
      </div>
      <table className="sr">
        <caption>Lines over time</caption>
        <thead>
          <tr>
            <th>From</th>
            <th>Lines</th>
            <th>Errors</th>
            <th>Warnings</th>
          </tr>
        </thead>
        <tbody>
          {starts.map((atMs, at) => (
            <tr key={atMs}>
              <td>{formatDateTime(atMs, zone)}</td>
              <td>{bars.totals[at]}</td>
              <td>{bars.counts.error[at]}</td>
              <td>{bars.counts.warn[at]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}

/** The moment under the pointer, here, on a line of the list or on any chart. */
function HoverLine({ startMs, lengthMs }: { readonly startMs: number; readonly lengthMs: number }) {
  const time = useHoverTime()
  const share = time === undefined ? -1 : (time * 1_000 - startMs) / lengthMs
  return share < 0 || share > 1 ? undefined : (
    <span className={styles.hover} style={{ left: `${share * 100}%` }} />
  )
}
