/** A heatmap under the lines of a chart: cells by count, few to many, nothing where there was nothing. */
import type uPlot from 'uplot'
import type { Heatmap } from '#shared/metrics/heatmap'
import { rampStep, rampSteps } from '#shared/metrics/ramp-step'
import type { ChartColors } from './chart-colors'
import { colorBytes } from './color-bytes'

export function rampColor(step: number, colors: ChartColors): string {
  return colors[`--ramp-${step}` as '--ramp-0']
}

/** A heatmap as a picture of one pixel for each cell, the highest row first; where nothing was it is clear. `ramp` is four bytes for each step. */
export function heatmapPixels(
  { times, counts, least, most }: Pick<Heatmap, 'times' | 'counts' | 'least' | 'most'>,
  ramp: Uint8ClampedArray,
): Uint8ClampedArray<ArrayBuffer> {
  const columns = times.length
  const rows = columns === 0 ? 0 : counts.length / columns
  const pixels = new Uint8ClampedArray(counts.length * 4)
  for (let column = 0; column < columns; column++)
    for (let row = 0; row < rows; row++) {
      const count = counts[column * rows + row]
      if (!(count > 0)) continue
      const from = rampStep(count, least, most) * 4
      const to = ((rows - 1 - row) * columns + column) * 4
      for (let part = 0; part < 4; part++) pixels[to + part] = ramp[from + part]
    }
  return pixels
}

/** Columns wider than this have room for a hairline between cells. */
const hairlineFromPx = 4

/** `edges` are those that are drawn, on the value axis of the plot. */
export function drawHeatmap(
  plot: uPlot,
  colors: ChartColors,
  heatmap: Heatmap,
  edges: readonly number[],
): void {
  const { times, most } = heatmap
  if (times.length === 0 || most === 0) return
  const { ctx, bbox } = plot
  const ys = edges.map((edge) => Math.round(plot.valToPos(edge, 'y', true)))
  const half = times.length > 1 ? (times[1] - times[0]) / 2 : 15
  const xs = times.map((time) => Math.round(plot.valToPos(time - half, 'x', true)))
  xs.push(Math.round(plot.valToPos((times.at(-1) ?? 0) + half, 'x', true)))
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  if (xs[1] - xs[0] > hairlineFromPx) drawCells(ctx, colors, heatmap, xs, ys)
  else drawPicture(ctx, colors, heatmap, xs, ys)
  ctx.restore()
}

/** Few columns: each cell by itself, with a hairline between them. */
function drawCells(
  ctx: CanvasRenderingContext2D,
  colors: ChartColors,
  { times, counts, least, most }: Heatmap,
  xs: readonly number[],
  ys: readonly number[],
): void {
  const rows = ys.length - 1
  const paths = Array.from({ length: rampSteps }, () => new Path2D())
  for (let column = 0; column < times.length; column++)
    for (let row = 0; row < rows; row++) {
      const count = counts[column * rows + row]
      if (!(count > 0)) continue
      const height = ys[row] - ys[row + 1]
      const width = xs[column + 1] - xs[column]
      const gap = height > hairlineFromPx && width > hairlineFromPx ? 1 : 0
      paths[rampStep(count, least, most)].rect(
        xs[column],
        ys[row + 1],
        Math.max(1, width - gap),
        Math.max(1, height - gap),
      )
    }
  paths.forEach((path, step) => {
    ctx.fillStyle = rampColor(step, colors)
    ctx.fill(path)
  })
}

/** Many columns: a picture of them, stretched row by row, for rows are not all of one height. */
function drawPicture(
  ctx: CanvasRenderingContext2D,
  colors: ChartColors,
  heatmap: Heatmap,
  xs: readonly number[],
  ys: readonly number[],
): void {
  const columns = heatmap.times.length
  const rows = ys.length - 1
  const picture = new OffscreenCanvas(columns, rows).getContext('2d')
  if (!picture) return
  const ramp = colorBytes(Array.from({ length: rampSteps }, (_, step) => rampColor(step, colors)))
  picture.putImageData(new ImageData(heatmapPixels(heatmap, ramp), columns, rows), 0, 0)
  ctx.imageSmoothingEnabled = false
  const width = (xs.at(-1) ?? 0) - xs[0]
  for (let row = 0; row < rows; row++) {
    const height = Math.max(1, ys[row] - ys[row + 1])
    ctx.drawImage(picture.canvas, 0, rows - 1 - row, columns, 1, xs[0], ys[row + 1], width, height)
  }
}
