import { formatTime, type TimeZone } from '#shared/derive/clock-times'
import { chartSvg } from '#shared/metrics/chart-svg'
import type { Frame } from '#shared/metrics/frame'
import type { Heatmap } from '#shared/metrics/heatmap'
import { heatmapSvg } from '#shared/metrics/heatmap-svg'
import { picturePalette } from '../state/picture-palette'
import { SavePicture } from '../ui/save-picture-menu'

interface Props {
  readonly title: string
  readonly frame: Frame
  readonly names: readonly string[]
  /** Where it is drawn as one. */
  readonly heatmap: Heatmap | undefined
  readonly zone: TimeZone
  /** Of the values of the chart; of a heatmap, of its edges. */
  readonly format: (value: number) => string
}

/** Saves a picture of a chart. */
export function SaveChart({ title, frame, names, heatmap, zone, format }: Props) {
  const picture = (): string => {
    const about = {
      title,
      format,
      formatTime: (ms: number) => formatTime(ms, zone),
      palette: picturePalette(),
    }
    return heatmap ? heatmapSvg({ ...about, heatmap }) : chartSvg({ ...about, frame, names })
  }
  return <SavePicture label={`Save ${title}`} name={heatmap ? 'heatmap' : 'chart'} picture={picture} />
}
