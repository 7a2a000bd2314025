/** A chart as a picture of its own, for a report. */
import { type PictureSize, smallSize, svgPicture } from '#shared/base/svg-picture'
import { svgText } from '#shared/base/svg-text'
import type { Frame, Point } from './frame'
import {
  type ChartPalette,
  height,
  plotLeft,
  plotRight,
  plotTop,
  ticks,
  timeLabels,
  valueLabel,
  width,
} from './picture-axes'

export interface ChartPicture {
  readonly title: string
  readonly size?: PictureSize | undefined
  readonly frame: Frame
  /** Of each column. */
  readonly names: readonly string[]
  readonly format: (value: number) => string
  /** Of a moment, milliseconds since 1970. */
  readonly formatTime: (ms: number) => string
  readonly palette: ChartPalette & {
    readonly line: string
    /** One for each line, in turn. */
    readonly lines: readonly string[]
  }
}

/** Where the lines lie. Below them a whole picture has room for their names. */
const plots = {
  whole: { width, height, left: plotLeft, right: plotRight, top: plotTop, bottom: height - 44 },
  small: { ...smallSize, left: 0, right: smallSize.width, top: 3, bottom: smallSize.height - 3 },
} as const
/** More than these are told apart by nobody. */
const mostNamed = 4

/** A path through the points, broken where there is none. */
function pathOf(column: readonly Point[], x: (at: number) => number, y: (value: number) => number): string {
  let isDown = false
  return column
    .map((value, at) => {
      if (value === null) {
        isDown = false
        return ''
      }
      const place = `${isDown ? 'L' : 'M'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`
      isDown = true
      return place
    })
    .join('')
}

export function chartSvg(picture: ChartPicture): string {
  const { title, size = 'whole', frame, names, format, formatTime, palette } = picture
  const plot = plots[size]
  const { times, columns } = frame
  let [low, high] = [0, -Infinity]
  for (const column of columns)
    for (const value of column) {
      if (value === null) continue
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  if (!(high > low)) high = low + 1
  const x = (at: number): number =>
    plot.left + (at / Math.max(1, times.length - 1)) * (plot.right - plot.left)
  const y = (value: number): number => plot.bottom - ((value - low) / (high - low)) * (plot.bottom - plot.top)
  const colorOf = (at: number): string =>
    palette.lines[at % Math.max(1, palette.lines.length)] ?? palette.text
  const lines = columns.map(
    (column, at) =>
      `<path d="${pathOf(column, x, y)}" fill="none" stroke="${colorOf(at)}" stroke-width="1.5" vector-effect="non-scaling-stroke"/>`,
  )
  if (size === 'small') return svgPicture({ title, size, ...smallSize, palette, parts: lines })
  const grid = ticks.map((share) => {
    const value = low + share * (high - low)
    return (
      `<path d="M${plotLeft} ${y(value).toFixed(1)}H${plotRight}" stroke="${palette.line}"/>` +
      valueLabel(format(value), y(value), palette)
    )
  })
  const moments = timeLabels(times, plot.bottom, formatTime, palette, x)
  const named = names.slice(0, mostNamed).map((name, at) => {
    const left = plotLeft + (at * (width - plotLeft)) / mostNamed
    return `<rect x="${left}" y="${height - 18}" width="8" height="8" rx="2" fill="${colorOf(at)}"/><text x="${left + 13}" y="${height - 10}" fill="${palette.text}">${svgText(name, 30)}</text>`
  })
  const parts = [...grid, ...moments, ...lines, ...named]
  return svgPicture({ title, mostTitle: 130, width, height, palette, parts })
}
