import { useCallback, useRef } from 'react'
import { formatOffset } from '#shared/derive/durations'
import { positionOf, type Timeline } from '#shared/derive/time-window'
import { useHoverMoment } from './hover-moment'
import styles from './hairline.module.css'

interface Props {
  readonly timeline: Timeline
  /** Where the timeline begins, from the left of what the line is drawn over. */
  readonly leftPx: number
  /** Says the time at the top of the line. */
  readonly isLabelled?: boolean
}

/** The moment under the pointer, as a line over whatever shows time. Moved without React: it follows the pointer. */
export function Hairline({ timeline, leftPx, isLabelled = false }: Props) {
  const line = useRef<HTMLDivElement>(null)
  const label = useRef<HTMLSpanElement>(null)
  const show = useCallback(
    (moment: number | undefined) => {
      if (!line.current) return
      const at = moment === undefined ? -1 : positionOf(moment, timeline)
      const isInView = moment !== undefined && at >= 0 && at <= timeline.widthPx
      line.current.style.opacity = isInView ? '1' : '0'
      if (!isInView) return
      line.current.style.transform = `translateX(${leftPx + at}px)`
      if (!label.current) return
      label.current.textContent = formatOffset(moment)
      label.current.style.transform = at > timeline.widthPx - 70 ? 'translateX(-100%)' : ''
    },
    [timeline, leftPx],
  )
  useHoverMoment(show)
  return (
    <div ref={line} className={styles.line} aria-hidden="true">
      {isLabelled && <span ref={label} className={styles.label} />}
    </div>
  )
}
