/** A heatmap as a picture of its own, for a report. */
import { svgText } from '#shared/base/svg-text'
import { drawnEdges, type Heatmap } from './heatmap'
import { rampStep } from './ramp-step'

export interface HeatmapPicture {
  readonly title: string
  readonly heatmap: Heatmap
  /** Of an edge. */
  readonly format: (value: number) => string
  /** Of a moment, milliseconds since 1970. */
  readonly formatTime: (ms: number) => string
  readonly palette: {
    readonly surface: string
    readonly text: string
    readonly muted: string
    /** Few to many (ramp-step.ts). */
    readonly ramp: readonly string[]
  }
}

const [width, height] = [960, 280]
const plot = { left: 70, right: 12, top: 40, bottom: 28 }
/** Edges closer than this are not all named. */
const lineHeight = 14
const ticks = [0, 0.5, 1] as const

export function heatmapSvg({ title, heatmap, format, formatTime, palette }: HeatmapPicture): string {
  const { times, counts, least, most } = heatmap
  const { edges, isLogarithmic } = drawnEdges(heatmap.edges)
  const rows = Math.max(0, edges.length - 1)
  const place = (edge: number): number => (isLogarithmic ? Math.log(edge) : edge)
  const [low, high] = [place(edges[0] ?? 0), place(edges.at(-1) ?? 1)]
  const y = (edge: number): number =>
    height - plot.bottom - ((place(edge) - low) / (high - low || 1)) * (height - plot.top - plot.bottom)
  const column = (width - plot.left - plot.right) / Math.max(1, times.length)
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
  const named: string[] = []
  let lastY = Infinity
  for (const [at, edge] of heatmap.edges.entries()) {
    if (!Number.isFinite(edge) || lastY - y(edges[at]) < lineHeight) continue
    lastY = y(edges[at])
    named.push(
      `<text x="${plot.left - 6}" y="${(lastY + 4).toFixed(1)}" text-anchor="end" fill="${palette.muted}">${svgText(format(edge))}</text>`,
    )
  }
  const moments = ticks.map((share, index) => {
    const at = Math.round(share * Math.max(0, times.length - 1))
    const anchor = ['start', 'middle', 'end'][index]
    return `<text x="${(plot.left + share * (width - plot.left - plot.right)).toFixed(1)}" y="${height - plot.bottom + 16}" text-anchor="${anchor}" fill="${palette.muted}">${svgText(formatTime((times[at] ?? 0) * 1000))}</text>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${svgText(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${palette.surface}"/>`,
    `<text x="8" y="24" fill="${palette.text}" font-weight="600">${svgText(title, 130)}</text>`,
    ...paths.map((cells, step) =>
      cells.length === 0 ? '' : `<path d="${cells.join('')}" fill="${palette.ramp[step]}"/>`,
    ),
    ...named,
    ...moments,
    '</svg>',
  ].join('\n')
}
