/** A flame graph as a picture of its own, for a report: what of it is in view, whole in height. */
import { type PictureSize, smallSize, svgPicture } from '#shared/base/svg-picture'
import { svgText } from '#shared/base/svg-text'
import type { BoxIndex, Flame } from './flame'
import type { TimeWindow } from './time-window'

export interface FlamePicture {
  readonly title: string
  readonly size?: PictureSize | undefined
  readonly flame: Flame
  /** What of the axis is in view. */
  readonly window: TimeWindow
  readonly name: (box: BoxIndex) => string
  readonly color: (box: BoxIndex) => string
  readonly isFailed: (box: BoxIndex) => boolean
  readonly palette: { readonly surface: string; readonly text: string; readonly error: string }
}

/** Where boxes lie, px. */
const layouts = {
  whole: { width: 1_280, top: 36, laneHeight: 20, boxHeight: 18 },
  small: { width: smallSize.width, top: 0, laneHeight: 5, boxHeight: 4 },
} as const
/** Lanes of a small picture; the rest is cut off. */
const mostSmallLanes = 10
/** Narrower boxes are no more than a hairline, and there may be a million of them. */
const narrowest = 0.4
const namedFrom = 24
const letterWidth = 6.6

export function flameSvg(picture: FlamePicture): string {
  const { title, size = 'whole', flame, window, name, color, isFailed, palette } = picture
  const { width, top, laneHeight, boxHeight } = layouts[size]
  const isSmall = size === 'small'
  const laneCount = isSmall ? Math.min(mostSmallLanes, flame.laneCount) : flame.laneCount
  const scale = width / Math.max(1, window.to - window.from)
  const height = top + laneCount * laneHeight + (isSmall ? 0 : 4)
  const boxes: string[] = []
  for (let box = 0; box < flame.length; box++) {
    const left = Math.max(0, (flame.from[box] - window.from) * scale)
    const right = Math.min(width, (flame.to[box] - window.from) * scale)
    if (right - left < narrowest || flame.lane[box] >= laneCount) continue
    const y = top + flame.lane[box] * laneHeight
    // Boxes of a few pixels would be nothing but their edges.
    const mark = !isSmall && isFailed(box) ? ` stroke="${palette.error}"` : ''
    boxes.push(
      `<rect x="${left.toFixed(1)}" y="${y}" width="${(right - left).toFixed(1)}" height="${boxHeight}" fill="${color(box)}" fill-opacity="0.45"${mark}/>`,
    )
    if (!isSmall && right - left >= namedFrom)
      boxes.push(
        `<text x="${(left + 4).toFixed(1)}" y="${y + 13}" fill="${palette.text}">${svgText(name(box), Math.floor((right - left - 8) / letterWidth))}</text>`,
      )
  }
  return svgPicture({ title, size, mostTitle: 170, width, height, fontSize: 11, palette, parts: boxes })
}
