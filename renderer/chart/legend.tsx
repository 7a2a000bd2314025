import { useMemo } from 'react'
import type { ChartLine } from './plot-options'
import styles from './chart.module.css'
import { useHoverTime } from './hover-time'

/** A value near a moment belongs to it as long as it is within half a step. */
function indexAt(times: readonly number[], time: number): number {
  if (times.length < 2) return 0
  return Math.round((time - times[0]) / (times[1] - times[0]))
}

interface Props {
  readonly times: readonly number[]
  readonly lines: readonly Pick<ChartLine, 'name' | 'color' | 'dash' | 'points'>[]
  readonly hidden: ReadonlySet<number>
  /** Shows or hides one; with the second argument it alone is shown, or all again. */
  readonly onToggle?: ((index: number, alone: boolean) => void) | undefined
  readonly format: (value: number) => string
}

/** A page of series is more than anyone reads; the table has them all. */
const mostEntries = 60

/** The lines of a chart by name, with their value under the crosshair. A click shows one alone, with Ctrl it hides it. */
export function Legend({ times, lines, hidden, onToggle, format }: Props) {
  const time = useHoverTime()
  const at = useMemo(() => (time === undefined ? undefined : indexAt(times, time)), [times, time])
  return (
    <div className={styles.legend}>
      {lines.slice(0, mostEntries).map(({ name, color, dash, points }, index) => {
        const value = at === undefined ? undefined : points[at]
        const inside = (
          <>
            <svg className={styles.line} aria-hidden="true">
              <line x2="100%" y1="1" y2="1" stroke={color} strokeWidth="2" strokeDasharray={dash.join(' ')} />
            </svg>
            <span className="cut">{name}</span>
            {value !== undefined && value !== null && <b>{format(value)}</b>}
          </>
        )
        if (!onToggle)
          return (
            <span key={name} className={styles.entry}>
              {inside}
            </span>
          )
        return (
          <button
            key={name + String(index)}
            type="button"
            className={styles.entry}
            aria-pressed={!hidden.has(index)}
            title={name}
            onClick={(event) => onToggle(index, !(event.ctrlKey || event.metaKey))}
          >
            {inside}
          </button>
        )
      })}
      {lines.length > mostEntries && (
        <span className="t3">and {lines.length - mostEntries} more in the table</span>
      )}
    </div>
  )
}
