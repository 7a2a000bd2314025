/** A heatmap under the lines of a chart: cells by count, few to many, nothing where there was nothing. */
import type uPlot from 'uplot'
import type { Heatmap } from '#shared/metrics/heatmap'
import type { ChartColors } from './chart-colors'

const steps = 9

/** Counts that lie further apart than this look the same: a few in a million are few. */
const widestSpan = 10_000

/** Which of nine steps a count has, from the least to the most there is; equal factors apart, for counts of an incident differ by thousands. */
export function rampStep(count: number, least: number, most: number): number {
  const low = Math.max(least, most / widestSpan)
  if (most <= low) return steps - 1
  const share = Math.log(count / low) / Math.log(most / low)
  return Math.min(steps - 1, Math.max(0, Math.round(share * (steps - 1))))
}

export function rampColor(step: number, colors: ChartColors): string {
  return colors[`--ramp-${step}` as '--ramp-0']
}

/** `edges` are those that are drawn, on the value axis of the plot. */
export function drawHeatmap(
  plot: uPlot,
  colors: ChartColors,
  { times, counts, least, most }: Heatmap,
  edges: readonly number[],
): void {
  if (times.length === 0 || most === 0) return
  const { ctx, bbox } = plot
  const rows = edges.length - 1
  const ys = edges.map((edge) => Math.round(plot.valToPos(edge, 'y', true)))
  const half = times.length > 1 ? (times[1] - times[0]) / 2 : 15
  const xs = times.map((time) => Math.round(plot.valToPos(time - half, 'x', true)))
  xs.push(Math.round(plot.valToPos((times.at(-1) ?? 0) + half, 'x', true)))
  const paths = Array.from({ length: steps }, () => new Path2D())
  for (let column = 0; column < times.length; column++)
    for (let row = 0; row < rows; row++) {
      const count = counts[column * rows + row]
      if (!(count > 0)) continue
      const height = ys[row] - ys[row + 1]
      // A hairline between cells, where there is room for it.
      const gap = height > 4 && xs[column + 1] - xs[column] > 4 ? 1 : 0
      paths[rampStep(count, least, most)].rect(
        xs[column],
        ys[row + 1],
        Math.max(1, xs[column + 1] - xs[column] - gap),
        Math.max(1, height - gap),
      )
    }
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  paths.forEach((path, step) => {
    ctx.fillStyle = rampColor(step, colors)
    ctx.fill(path)
  })
  ctx.restore()
}
