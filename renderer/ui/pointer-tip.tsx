import type { ReactNode } from 'react'
import styles from './pointer-tip.module.css'

interface Props {
  /** Of the pointer, in the window. */
  readonly xPx: number
  readonly yPx: number
  readonly children: ReactNode
}

const widthPx = 320
const heightPx = 140

/** What is under the pointer, in full, beside it. Never takes the pointer; everything in it also stands elsewhere. */
export function PointerTip({ xPx, yPx, children }: Props) {
  const left = Math.min(xPx + 14, window.innerWidth - widthPx - 8)
  const isLow = yPx + 22 + heightPx > window.innerHeight
  return (
    <div
      className={styles.tooltip}
      style={isLow ? { left, bottom: window.innerHeight - yPx + 14 } : { left, top: yPx + 22 }}
      aria-hidden="true"
    >
      {children}
    </div>
  )
}
