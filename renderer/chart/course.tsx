import type { Point } from '#shared/metrics/frame'
import styles from './chart.module.css'
import { coursePath, mostOf } from './course-path'

interface Props {
  /** For a screen reader: what it is of, and between which numbers. */
  readonly label: string
  /** Of one unit; the last is drawn strongest. */
  readonly lines: readonly (readonly Point[])[]
  readonly look: 'plain' | 'error'
}

/** In units of its own: it is stretched over the width there is. */
const size = { widthPx: 320, heightPx: 44 } as const

/** The course of a value, or of several of one kind, in the width of a panel, from zero up; its numbers stand above it. */
export function Course({ label, lines, look }: Props) {
  // Where nothing was counted the line lies on the ground.
  const most = Math.max(...lines.map(mostOf)) || 1
  return (
    <svg
      className={styles.course}
      data-look={look}
      viewBox={`0 0 ${size.widthPx} ${size.heightPx}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {lines.map((points, line) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines keep their places
        <path key={line} d={coursePath(points, most, size)} />
      ))}
    </svg>
  )
}
