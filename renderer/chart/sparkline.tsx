import type { Point } from '#shared/metrics/frame'
import styles from './chart.module.css'
import { coursePath, mostOf } from './course-path'

interface Props {
  readonly points: readonly Point[]
  /** `error`: in the colour of errors, where there are any. */
  readonly look: 'plain' | 'error' | 'strong'
}

const size = { widthPx: 68, heightPx: 18 } as const

/** The course of a value in the width of a word; its numbers stand beside it. */
export function Sparkline({ points, look }: Props) {
  const most = mostOf(points)
  if (points.length < 2 || most === 0) return <svg className={styles.spark} aria-hidden="true" />
  return (
    <svg
      className={styles.spark}
      data-look={look}
      viewBox={`0 0 ${size.widthPx} ${size.heightPx}`}
      aria-hidden="true"
    >
      <path d={coursePath(points, most, size)} />
    </svg>
  )
}
