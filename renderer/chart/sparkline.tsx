import type { Point } from '#shared/metrics/frame'
import styles from './chart.module.css'

interface Props {
  readonly points: readonly Point[]
  /** `error`: in the colour of errors, where there are any. */
  readonly look: 'plain' | 'error' | 'strong'
}

const widthPx = 68
const heightPx = 18

/** The course of a value in the width of a word; its numbers stand beside it. A gap is a gap. */
export function Sparkline({ points, look }: Props) {
  const most = points.reduce<number>((high, value) => Math.max(high, value ?? 0), 0)
  if (points.length < 2 || most === 0) return <svg className={styles.spark} aria-hidden="true" />
  let path = ''
  points.forEach((value, index) => {
    if (value === null) return
    const x = (index / (points.length - 1)) * widthPx
    const y = heightPx - 1 - (Math.max(0, value) / most) * (heightPx - 2)
    const goesOn = index > 0 && points[index - 1] !== null
    path += `${goesOn ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`
  })
  return (
    <svg className={styles.spark} data-look={look} viewBox={`0 0 ${widthPx} ${heightPx}`} aria-hidden="true">
      <path d={path} />
    </svg>
  )
}
