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
  /** Of each pixel, the colour of the uppermost line that touches it: red, green, blue and any fourth byte. */
  readonly colors: Uint32Array<ArrayBuffer>
  /** How much of each pixel is covered, of 255. */
  readonly cover: Uint8Array
}

export const emptyDrawing = (width: number, height: number): Drawing => ({
  width,
  height,
  colors: new Uint32Array(width * height),
  cover: new Uint8Array(width * height),
})

/** More than this is as good as all: most pixels of many lines are soon full, and cost no more than a look. */
const full = 250

function touch(
  { width, height, colors, cover }: Drawing,
  x: number,
  y: number,
  color: number,
  share: number,
): void {
  if (x < 0 || y < 0 || x >= width || y >= height) return
  const at = y * width + x
  const above = cover[at]
  if (above > full) return
  if (above === 0) colors[at] = color
  cover[at] = above + share * (255 - above)
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
  const [on = 1, off = 0] = dash
  /** How far into the dash and its gap. */
  let phase = 0
  // Float64Array.at and destructuring would cost more than the drawing.
  for (let at = 1; at < xs.length; at++) {
    const x0 = xs[at - 1]
    const y0 = ys[at - 1]
    const dx = xs[at] - x0
    const dy = ys[at] - y0
    const isOutside =
      Math.max(x0, x0 + dx) < 0 ||
      Math.min(x0, x0 + dx) > drawing.width ||
      Math.max(y0, y0 + dy) < -1 ||
      Math.min(y0, y0 + dy) > drawing.height
    // What lies far away would be walked pixel by pixel.
    if (!Number.isFinite(dy) || isOutside) {
      phase = 0
      continue
    }
    const isFlat = Math.abs(dx) >= Math.abs(dy)
    const from = isFlat ? x0 : y0
    const end = Math.round(isFlat ? x0 + dx : y0 + dy)
    const slope = isFlat ? dy / dx || 0 : dx / dy
    const stepPx = Math.sqrt(1 + slope * slope)
    const step = end >= from ? 1 : -1
    for (let along = Math.round(from); along !== end; along += step) {
      const isDrawn = off === 0 || phase < on
      phase += stepPx
      if (phase >= on + off) phase -= on + off
      if (!isDrawn) continue
      const across = (isFlat ? y0 : x0) + slope * (along - from)
      const near = Math.floor(across)
      const share = across - near
      if (isFlat) {
        touch(drawing, along, near, color, 1 - share)
        touch(drawing, along, near + 1, color, share)
      } else {
        touch(drawing, near, along, color, 1 - share)
        touch(drawing, near + 1, along, color, share)
      }
    }
  }
}

/** Its pixels, four bytes each; what no line touches is clear. */
export function pixelsOf({ colors, cover }: Drawing): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(colors.buffer)
  for (let at = 0; at < cover.length; at++) pixels[at * 4 + 3] = cover[at]
  return pixels
}

/** Where values are on an axis of so many pixels that goes from `from` to `to`; a pixel's middle is half a pixel from its edge. */
const places = (values: readonly Point[], from = 0, to = 1, sizePx: number): Float64Array =>
  Float64Array.from(values, (value) =>
    value === null ? Number.NaN : ((value - from) / (to - from)) * sizePx - 0.5,
  )

/** Draws lines onto a plot whose axes are linear. */
export function drawHairlines(plot: uPlot, times: readonly number[], lines: readonly ChartLine[]): void {
  const { left, top, width, height } = plot.bbox
  if (width < 1 || height < 1) return
  const drawing = emptyDrawing(Math.ceil(width), Math.ceil(height))
  const { x, y } = plot.scales
  const xs = places(times, x.min, x.max, width)
  const colors = new Uint32Array(colorBytes(lines.map(({ color }) => color)).buffer)
  for (const [index, { points, dash }] of [...lines.entries()].toReversed()) {
    const dashPx = dash.map((px) => px * devicePixelRatio)
    drawHairline(drawing, xs, places(points, y.max, y.min, height), colors[index], dashPx)
  }
  const canvas = new OffscreenCanvas(drawing.width, drawing.height)
  const image = new ImageData(pixelsOf(drawing), drawing.width, drawing.height)
  canvas.getContext('2d')?.putImageData(image, 0, 0)
  plot.ctx.drawImage(canvas, left, top)
}
