/** A chart as a picture of its own, for a report. */
import { svgText } from '#shared/base/svg-text'
import type { Frame, Point } from './frame'

export interface ChartPicture {
  readonly title: string
  readonly frame: Frame
  /** Of each column. */
  readonly names: readonly string[]
  readonly format: (value: number) => string
  /** Of a moment, milliseconds since 1970. */
  readonly formatTime: (ms: number) => string
  readonly palette: {
    readonly surface: string
    readonly text: string
    readonly muted: string
    readonly line: string
    /** One for each line, in turn. */
    readonly lines: readonly string[]
  }
}

const [width, height] = [960, 280]
const plot = { left: 70, right: 12, top: 40, bottom: 44 }
/** More than these are told apart by nobody. */
const mostNamed = 4
const ticks = [0, 0.5, 1]

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

export function chartSvg({ title, frame, names, format, formatTime, palette }: ChartPicture): string {
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
    plot.left + (at / Math.max(1, times.length - 1)) * (width - plot.left - plot.right)
  const y = (value: number): number =>
    height - plot.bottom - ((value - low) / (high - low)) * (height - plot.top - plot.bottom)
  const colorOf = (at: number): string =>
    palette.lines[at % Math.max(1, palette.lines.length)] ?? palette.text
  const grid = ticks.map((share) => {
    const value = low + share * (high - low)
    return (
      `<path d="M${plot.left} ${y(value).toFixed(1)}H${width - plot.right}" stroke="${palette.line}"/>` +
      `<text x="${plot.left - 6}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end" fill="${palette.muted}">${svgText(format(value))}</text>`
    )
  })
  const moments = ticks.map((share) => {
    const at = Math.round(share * Math.max(0, times.length - 1))
    const anchor = ['start', 'middle', 'end'][ticks.indexOf(share)]
    return `<text x="${x(at).toFixed(1)}" y="${height - plot.bottom + 16}" text-anchor="${anchor}" fill="${palette.muted}">${svgText(formatTime((times[at] ?? 0) * 1000))}</text>`
  })
  const named = names.slice(0, mostNamed).map((name, at) => {
    const left = plot.left + (at * (width - plot.left)) / mostNamed
    return `<rect x="${left}" y="${height - 18}" width="8" height="8" rx="2" fill="${colorOf(at)}"/><text x="${left + 13}" y="${height - 10}" fill="${palette.text}">${svgText(name, 30)}</text>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${svgText(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${palette.surface}"/>`,
    `<text x="8" y="24" fill="${palette.text}" font-weight="600">${svgText(title, 130)}</text>`,
    ...grid,
    ...moments,
    ...columns.map(
      (column, at) =>
        `<path d="${pathOf(column, x, y)}" fill="none" stroke="${colorOf(at)}" stroke-width="1.5"/>`,
    ),
    ...named,
    '</svg>',
  ].join('\n')
}
