import { useCallback, useState } from 'react'
import type { Frame } from '#shared/metrics/frame'
import { type ChartColors, lookOf } from './chart-colors'
import type { ChartLine } from './plot-options'

const none: ReadonlySet<number> = new Set()

/** Series as lines, told apart by colour and dash, and which of them a person has hidden. */
export function useSeriesLines(frame: Frame, names: readonly string[]) {
  const [hidden, setHidden] = useState(none)
  const linesOf = useCallback(
    (colors: ChartColors): readonly ChartLine[] =>
      frame.columns.map((points, index) => {
        const { token, dash } = lookOf(index, frame.columns.length)
        return { name: names[index] ?? '', color: colors[token], dash, points }
      }),
    [frame, names],
  )
  const shownOf = useCallback(
    (colors: ChartColors) => linesOf(colors).filter((_, index) => !hidden.has(index)),
    [linesOf, hidden],
  )
  /** Hides a line or shows it again; `alone` hides all others, or shows them again. */
  const toggle = (index: number, alone: boolean): void =>
    setHidden((now) => {
      if (alone) {
        const others = frame.columns.map((_, at) => at).filter((at) => at !== index)
        const isAlone = !now.has(index) && now.size === others.length
        return isAlone ? none : new Set(others)
      }
      const next = new Set(now)
      if (!next.delete(index)) next.add(index)
      return next
    })
  return { hidden, linesOf, shownOf, toggle }
}
