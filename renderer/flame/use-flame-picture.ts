/** Everything a flame graph is drawn from, each part worked out again only when what it depends on changes. */
import { useMemo } from 'react'
import type { BoxIndex } from '#shared/derive/flame'
import { errorsOf, type FlameScene } from '#shared/derive/flame-names'
import { marksBefore, matchingBoxes } from '#shared/derive/flame-view'
import { type RowColors, slotOfRow } from '../state/row-colors'
import { noneSlot, slotCount, slotTokens } from '../state/service-colors'
import { useThemeColors } from '../ui/theme-colors'
import type { FlameColors } from './draw-flame'

const colorNames = [
  '--error-fill',
  '--critical',
  '--surface',
  '--text-2',
  '--line-control',
  '--grid',
  '--font-ui',
  '--t-small',
  ...slotTokens,
]

export function useFlameColors(): FlameColors {
  const values = useThemeColors(colorNames)
  return useMemo(
    () => ({
      slots: slotTokens.map((name) => values[name]),
      error: values['--error-fill'],
      critical: values['--critical'],
      surface: values['--surface'],
      text: values['--text-2'],
      line: values['--line-control'],
      grid: values['--grid'],
      font: `${values['--t-small']} ${values['--font-ui']}`,
      boldFont: `600 ${values['--t-small']} ${values['--font-ui']}`,
    }),
    [values],
  )
}

/** The colour slot of a box: that of its span, or of the longest in it; where values are merged, the most frequent ones have the first colours. */
export function slotOfBox(scene: FlameScene, colors: RowColors, box: BoxIndex): number {
  const value = scene.flame.merged?.value?.[box]
  if (value === undefined) return slotOfRow(colors, scene.flame.row[box])
  return value < 0 ? noneSlot : (value % slotCount) + 1
}

/** Errors and matches, counted so that a stretch of boxes is asked at once. */
export function useFlameMarks(
  scene: FlameScene,
  matches: Uint8Array | undefined,
): { readonly errorsBefore: Int32Array; readonly matchesBefore: Int32Array | undefined } {
  const errorsBefore = useMemo(() => marksBefore(scene.flame, (box) => errorsOf(scene, box) > 0), [scene])
  const matchesBefore = useMemo(() => {
    if (!matches || matches.length !== scene.flame.boxOfRow.length) return undefined
    const matching = matchingBoxes(scene.flame, matches)
    return marksBefore(scene.flame, (box) => matching[box] === 1)
  }, [scene, matches])
  return { errorsBefore, matchesBefore }
}
