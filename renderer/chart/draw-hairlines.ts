/**
 * Hundreds of lines one pixel wide, as one picture. A canvas without a GPU strokes two hundred lines of a thousand points in a
 * quarter of a second; pixels that are set one by one take a tenth of that.
 */
import type uPlot from 'uplot'
import type { Point } from '#shared/metrics/frame'
import { colorBytes } from './color-bytes'
import type { ChartLine } from './plot-options'

/** Lines drawn so far, the uppermost first. */
export interface Drawing {
  readonly width: number
  readonly height: number
  /** Of each pixel the colour of the uppermost line that touches it, and in the highest byte how much of it is covered, of 255. */
  readonly pixels: Int32Array<ArrayBuffer>
}

export const emptyDrawing = (width: number, height: number): Drawing => ({
  width,
  height,
  pixels: new Int32Array(width * height),
})

/**
 * A pixel, under which so many 256ths of a colour come. There is no branch in it: among many lines no processor guesses whether a pixel is
 * free, and to guess wrong costs more than to write what is there.
 */
function covered(pixel: number, rgb: number, share: number): number {
  const above = pixel >>> 24
  const isFree = (above - 1) >> 31
  return (pixel & 0xff_ff_ff) | (rgb & isFree) | ((above + ((share * (255 - above)) >> 8)) << 24)
}

/**
 * A line from point to point, below those that are there: `xs` and `ys` in pixels, `ys` NaN where there is a gap; `dash` is how many pixels
 * are drawn and left out, in turns, empty for neither. Each step along the longer way touches two pixels, by how near they are (Wu, "An
 * efficient antialiasing technique", SIGGRAPH 1991).
 */
export function drawHairline(
  drawing: Drawing,
  xs: Float64Array,
  ys: Float64Array,
  color: number,
  dash: readonly number[],
): void {
  // Read, stepped and written in one loop of whole numbers: millions of pixels are touched within a frame or two.
  const { width, height, pixels } = drawing
  const rgb = color & 0xff_ff_ff
  const on = dash.length < 2 ? Infinity : dash[0]
  const period = dash.length < 2 ? Infinity : dash[0] + dash[1]
  /** How far into the dash and its gap. */
  let phase = 0
  for (let point = 1; point < xs.length; point++) {
    const x0 = xs[point - 1]
    const y0 = ys[point - 1]
    const dx = xs[point] - x0
    const dy = ys[point] - y0
    const isOutside =
      Math.max(x0, x0 + dx) < 0 ||
      Math.min(x0, x0 + dx) > width ||
      Math.max(y0, y0 + dy) < -1 ||
      Math.min(y0, y0 + dy) > height
    if (!Number.isFinite(dy) || isOutside) {
      phase = 0
      continue
    }
    const isFlat = Math.abs(dx) >= Math.abs(dy)
    const slope = isFlat ? dy / dx || 0 : dx / dy
    const stepPx = Math.sqrt(1 + slope * slope)
    const start = isFlat ? x0 : y0
    const length = isFlat ? width : height
    const breadth = isFlat ? height : width
    // Along the line, and across it, in the buffer.
    const stride = isFlat ? 1 : width
    const lane = isFlat ? width : 1
    const step = start <= (isFlat ? x0 + dx : y0 + dy) ? 1 : -1
    // What lies outside is not walked pixel by pixel: it may be far.
    const first = Math.max(-1, Math.min(length, Math.round(start))) | 0
    const end = Math.max(-1, Math.min(length, Math.round(isFlat ? x0 + dx : y0 + dy))) | 0
    let across = (isFlat ? y0 : x0) + slope * (first - start)
    for (let along = first; along !== end; along += step, across += slope * step) {
      const isDrawn = phase < on
      phase += stepPx
      if (phase >= period) phase -= period
      if (!isDrawn || along < 0 || along >= length || across <= -1 || across >= breadth) continue
      // Not Math.floor, which would cost as much as the rest; -1 is the least there is.
      const near = ((across + 1) | 0) - 1
      const share = ((across - near) * 256) | 0
      const at = along * stride + near * lane
      if (near >= 0) pixels[at] = covered(pixels[at], rgb, 256 - share)
      if (near < breadth - 1) pixels[at + lane] = covered(pixels[at + lane], rgb, share)
    }
  }
}

/** Its pixels, four bytes each; what no line touches is clear. */
export const bytesOf = ({ pixels }: Drawing): Uint8ClampedArray<ArrayBuffer> =>
  new Uint8ClampedArray(pixels.buffer)

/** Where values are on an axis of so many pixels that goes from `from` to `to`; a pixel's middle is half a pixel from its edge. */
function places(values: readonly Point[], from = 0, to = 1, sizePx: number): Float64Array {
  const placed = new Float64Array(values.length)
  const perValue = sizePx / (to - from)
  for (let at = 0; at < values.length; at++) {
    const value = values[at]
    placed[at] = value === null ? Number.NaN : (value - from) * perValue - 0.5
  }
  return placed
}

/** Draws lines onto a plot whose axes are linear. */
export function drawHairlines(plot: uPlot, times: readonly number[], lines: readonly ChartLine[]): void {
  const { left, top, width, height } = plot.bbox
  if (width < 1 || height < 1) return
  const drawing = emptyDrawing(Math.ceil(width), Math.ceil(height))
  const { x, y } = plot.scales
  const xs = places(times, x.min, x.max, width)
  const colors = new Int32Array(colorBytes(lines.map(({ color }) => color)).buffer)
  for (const [index, { points, dash }] of [...lines.entries()].toReversed()) {
    const dashPx = dash.map((px) => px * devicePixelRatio)
    drawHairline(drawing, xs, places(points, y.max, y.min, height), colors[index], dashPx)
  }
  const canvas = new OffscreenCanvas(drawing.width, drawing.height)
  const image = new ImageData(bytesOf(drawing), drawing.width, drawing.height)
  canvas.getContext('2d')?.putImageData(image, 0, 0)
  plot.ctx.drawImage(canvas, left, top)
}
