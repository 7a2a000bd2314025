/** What pictures of lines and of heatmaps have in common: their size, their axes, and how these are labelled. */
import { svgText } from '#shared/base/svg-text'

export interface ChartPalette {
  readonly surface: string
  readonly text: string
  readonly muted: string
}

export const [width, height] = [960, 280]
export const [plotLeft, plotRight, plotTop] = [70, width - 12, 40]

/** Where an axis is labelled, in parts of its length. */
export const ticks = [0, 0.5, 1] as const

/** Values beside the value axis. */
export const valueLabel = (text: string, y: number, { muted }: ChartPalette): string =>
  `<text x="${plotLeft - 6}" y="${(y + 4).toFixed(1)}" text-anchor="end" fill="${muted}">${svgText(text)}</text>`

/** Moments below the time axis, which ends at `bottom`; `times` are seconds since 1970, `formatTime` takes milliseconds, and `xOf` says where a time
 * stands, by its place and its part of the axis. */
export const timeLabels = (
  times: readonly number[],
  bottom: number,
  formatTime: (ms: number) => string,
  { muted }: ChartPalette,
  xOf = (_at: number, share: number): number => plotLeft + share * (plotRight - plotLeft),
): readonly string[] =>
  ticks.map((share, index) => {
    const at = Math.round(share * Math.max(0, times.length - 1))
    const anchor = ['start', 'middle', 'end'][index]
    return `<text x="${xOf(at, share).toFixed(1)}" y="${bottom + 16}" text-anchor="${anchor}" fill="${muted}">${svgText(formatTime((times[at] ?? 0) * 1000))}</text>`
  })
