import { useLayoutEffect, useMemo, useRef } from 'react'
import type { LogList } from '#shared/logs/log-list'
import { useThemeColors } from '../ui/theme-colors'
import { drawFlyingLines, type FlyingLook } from './draw-flying-lines'
import styles from './log-list.module.css'
import type { RowLookInList } from './log-row'
import type { RowHeights } from './row-heights'

interface Props {
  readonly list: LogList
  readonly heights: RowHeights
  readonly look: RowLookInList
  /** How many letters a row of a wrapped line has; 0 where lines are not wrapped. */
  readonly letters: number
  /** What the rows scroll in. */
  readonly scroller: HTMLElement
}

const tokens = [
  '--text',
  '--text-2',
  '--text-3',
  '--error',
  '--error-fill',
  '--warn',
  '--warn-fill',
  '--font-ui',
  '--font-mono',
  '--t-small',
  '--t-micro',
] as const

/** What stands in the place of rows while they fly by, each frame a screen of others: one picture, as elements take longer than a frame. */
export function FlyingLines({ list, heights, look, letters, scroller }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const values = useThemeColors(tokens)
  const drawn = useMemo<FlyingLook>(
    () => ({
      text: values['--text'],
      calm: values['--text-2'],
      faint: values['--text-3'],
      error: values['--error'],
      errorBar: values['--error-fill'],
      warn: values['--warn'],
      warnBar: values['--warn-fill'],
      // As `.mono` has it: smaller than what stands around it.
      monoFont: `${Number.parseFloat(values['--t-small']) * 0.92}px ${values['--font-mono']}`,
      levelFont: `600 ${values['--t-micro']} ${values['--font-ui']}`,
    }),
    [values],
  )
  useLayoutEffect(() => {
    const element = canvas.current
    if (!element) return undefined
    const ratio = globalThis.devicePixelRatio || 1
    const { clientWidth: widthPx, clientHeight: heightPx } = scroller
    element.width = Math.round(widthPx * ratio)
    element.height = Math.round(heightPx * ratio)
    element.style.width = `${widthPx}px`
    element.style.height = `${heightPx}px`
    const draw = (): void => {
      const scrollPx = scroller.scrollTop
      drawFlyingLines(element, { list, heights, look, letters, drawn, scrollPx, widthPx, heightPx })
    }
    draw()
    scroller.addEventListener('scroll', draw, { passive: true })
    return () => scroller.removeEventListener('scroll', draw)
  }, [list, heights, look, letters, drawn, scroller])
  return <canvas ref={canvas} className={styles.flying} aria-hidden="true" />
}
