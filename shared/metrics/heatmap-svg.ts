/** A heatmap as a picture of its own, for a report. */
import { type PictureSize, smallSize, svgPicture } from '#shared/base/svg-picture'
import { drawnEdges, type Heatmap } from './heatmap'
import { rampStep } from './ramp-step'
import {
  type ChartPalette,
  height,
  plotLeft,
  plotRight,
  plotTop,
  timeLabels,
  valueLabel,
  width,
} from './picture-axes'

export interface HeatmapPicture {
  readonly title: string
  readonly size?: PictureSize | undefined
  readonly heatmap: Heatmap
  /** Of an edge. */
  readonly format: (value: number) => string
  /** Of a moment, milliseconds since 1970. */
  readonly formatTime: (ms: number) => string
  readonly palette: ChartPalette & {
    /** Few to many (ramp-step.ts). */
    readonly ramp: readonly string[]
  }
}

const plots = {
  whole: { left: plotLeft, right: plotRight, top: plotTop, bottom: height - 28 },
  small: { left: 0, right: smallSize.width, top: 0, bottom: smallSize.height },
} as const
/** Edges closer than this are not all named. */
const lineHeight = 14

export function heatmapSvg(picture: HeatmapPicture): string {
  const { title, size = 'whole', heatmap, format, formatTime, palette } = picture
  const plot = plots[size]
  const { times, counts, least, most } = heatmap
  const { edges, isLogarithmic } = drawnEdges(heatmap.edges)
  const rows = Math.max(0, edges.length - 1)
  const place = (edge: number): number => (isLogarithmic ? Math.log(edge) : edge)
  const [low, high] = [place(edges[0] ?? 0), place(edges.at(-1) ?? 1)]
  const y = (edge: number): number =>
    plot.bottom - ((place(edge) - low) / (high - low || 1)) * (plot.bottom - plot.top)
  const column = (plot.right - plot.left) / Math.max(1, times.length)
  const x = (at: number): number => plot.left + at * column
  // One path for each colour: a rectangle for each cell would be megabytes.
  const paths = palette.ramp.map(() => [] as string[])
  for (let at = 0; at < times.length; at++)
    for (let row = 0; row < rows; row++) {
      const count = counts[at * rows + row]
      if (!(count > 0)) continue
      const [top, bottom] = [y(edges[row + 1]), y(edges[row])]
      const cell = `M${x(at).toFixed(1)} ${top.toFixed(1)}h${column.toFixed(1)}V${bottom.toFixed(1)}h${(-column).toFixed(1)}z`
      paths[rampStep(count, least, most)]?.push(cell)
    }
  const cells = paths.map((path, step) =>
    path.length === 0 ? '' : `<path d="${path.join('')}" fill="${palette.ramp[step]}"/>`,
  )
  if (size === 'small') return svgPicture({ title, size, ...smallSize, palette, parts: cells })
  const named: string[] = []
  let lastY = Infinity
  for (const [at, edge] of heatmap.edges.entries()) {
    if (!Number.isFinite(edge) || lastY - y(edges[at]) < lineHeight) continue
    lastY = y(edges[at])
    named.push(valueLabel(format(edge), lastY, palette))
  }
  const moments = timeLabels(times, plot.bottom, formatTime, palette)
  const parts = [...cells, ...named, ...moments]
  return svgPicture({ title, mostTitle: 130, width, height, palette, parts })
}
