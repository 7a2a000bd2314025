/** A heatmap as a picture of its own, for a report. */
import { svgPicture } from '#shared/base/svg-picture'
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

const plotBottom = height - 28
/** Edges closer than this are not all named. */
const lineHeight = 14

export function heatmapSvg({ title, heatmap, format, formatTime, palette }: HeatmapPicture): string {
  const { times, counts, least, most } = heatmap
  const { edges, isLogarithmic } = drawnEdges(heatmap.edges)
  const rows = Math.max(0, edges.length - 1)
  const place = (edge: number): number => (isLogarithmic ? Math.log(edge) : edge)
  const [low, high] = [place(edges[0] ?? 0), place(edges.at(-1) ?? 1)]
  const y = (edge: number): number =>
    plotBottom - ((place(edge) - low) / (high - low || 1)) * (plotBottom - plotTop)
  const column = (plotRight - plotLeft) / Math.max(1, times.length)
  const x = (at: number): number => plotLeft + at * column
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
  const named: string[] = []
  let lastY = Infinity
  for (const [at, edge] of heatmap.edges.entries()) {
    if (!Number.isFinite(edge) || lastY - y(edges[at]) < lineHeight) continue
    lastY = y(edges[at])
    named.push(valueLabel(format(edge), lastY, palette))
  }
  const moments = timeLabels(times, plotBottom, formatTime, palette)
  const parts = [
    ...paths.map((cells, step) =>
      cells.length === 0 ? '' : `<path d="${cells.join('')}" fill="${palette.ramp[step]}"/>`,
    ),
    ...named,
    ...moments,
  ]
  return svgPicture({ title, mostTitle: 130, width, height, palette, parts })
}
