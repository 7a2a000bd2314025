/** A flame graph as a picture of its own, for a report: what of it is in view, whole in height. */
import { svgPicture } from '#shared/base/svg-picture'
import { svgText } from '#shared/base/svg-text'
import type { BoxIndex, Flame } from './flame'
import type { TimeWindow } from './time-window'

export interface FlamePicture {
  readonly title: string
  readonly flame: Flame
  /** What of the axis is in view. */
  readonly window: TimeWindow
  readonly name: (box: BoxIndex) => string
  readonly color: (box: BoxIndex) => string
  readonly isFailed: (box: BoxIndex) => boolean
  readonly palette: { readonly surface: string; readonly text: string; readonly error: string }
}

const width = 1_280
const headHeight = 36
const laneHeight = 20
const boxHeight = 18
/** Narrower boxes are no more than a hairline, and there may be a million of them. */
const narrowest = 0.4
const namedFrom = 24
const letterWidth = 6.6

export function flameSvg({ title, flame, window, name, color, isFailed, palette }: FlamePicture): string {
  const scale = width / Math.max(1, window.to - window.from)
  const height = headHeight + flame.laneCount * laneHeight + 4
  const boxes: string[] = []
  for (let box = 0; box < flame.length; box++) {
    const left = Math.max(0, (flame.from[box] - window.from) * scale)
    const right = Math.min(width, (flame.to[box] - window.from) * scale)
    if (right - left < narrowest) continue
    const y = headHeight + flame.lane[box] * laneHeight
    const mark = isFailed(box) ? ` stroke="${palette.error}"` : ''
    boxes.push(
      `<rect x="${left.toFixed(1)}" y="${y}" width="${(right - left).toFixed(1)}" height="${boxHeight}" fill="${color(box)}" fill-opacity="0.45"${mark}/>`,
    )
    if (right - left >= namedFrom)
      boxes.push(
        `<text x="${(left + 4).toFixed(1)}" y="${y + 13}" fill="${palette.text}">${svgText(name(box), Math.floor((right - left - 8) / letterWidth))}</text>`,
      )
  }
  return svgPicture({ title, mostTitle: 170, width, height, fontSize: 11, palette, parts: boxes })
}
