import { useLayoutEffect, useMemo, useRef } from 'react'
import { slotTokens } from '../state/service-colors'
import { useThemeColors } from '../ui/theme-colors'
import { drawFlyingRows, type FlyingColors } from './draw-flying-rows'
import { roomOf } from './list-position'
import type { Scene } from './scene'
import styles from './waterfall.module.css'

interface Props {
  readonly scene: Scene
  /** What the rows scroll in. */
  readonly list: HTMLElement
  /** Right ends of the columns of names, durations and self times. */
  readonly nameEndPx: number
  readonly durationEndPx: number
  readonly selfEndPx: number
}

const colorNames = ['--text', '--text-2', '--text-3', '--font-ui', '--t-base', '--t-small', ...slotTokens]

/**
 * What stands in the place of rows while they fly by, each frame a screen of others: one picture. As elements they take Chromium's main
 * thread 17 ms, however plain they are, and a frame has 16; figures in BENCHMARKS.md.
 */
export function FlyingRows({ scene, list, nameEndPx, durationEndPx, selfEndPx }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const values = useThemeColors(colorNames)
  const colors = useMemo<FlyingColors>(
    () => ({
      slots: slotTokens.map((name) => values[name]),
      name: values['--text'],
      service: values['--text-2'],
      duration: values['--text-2'],
      self: values['--text-3'],
      nameFont: `${values['--t-base']} ${values['--font-ui']}`,
      serviceFont: `600 ${values['--t-base']} ${values['--font-ui']}`,
      figureFont: `${values['--t-small']} ${values['--font-ui']}`,
    }),
    [values],
  )
  useLayoutEffect(() => {
    const element = canvas.current
    if (!element) return undefined
    const ratio = globalThis.devicePixelRatio || 1
    const widthPx = list.clientWidth
    const heightPx = roomOf(list)
    element.width = Math.round(widthPx * ratio)
    element.height = Math.round(heightPx * ratio)
    element.style.width = `${widthPx}px`
    element.style.height = `${heightPx}px`
    const draw = () =>
      drawFlyingRows(element, {
        scene,
        scrollPx: list.scrollTop,
        widthPx,
        heightPx,
        nameEndPx,
        durationEndPx,
        selfEndPx,
        colors,
      })
    draw()
    list.addEventListener('scroll', draw, { passive: true })
    return () => list.removeEventListener('scroll', draw)
  }, [scene, list, nameEndPx, durationEndPx, selfEndPx, colors])
  return <canvas ref={canvas} className={styles.flying} aria-hidden="true" />
}
