import { formatTime, type TimeZone } from '#shared/derive/clock-times'
import { chartSvg } from '#shared/metrics/chart-svg'
import type { Frame } from '#shared/metrics/frame'
import { picturePalette } from '../state/picture-palette'
import { MenuButton } from '../ui/menu'
import { type PictureForm, savePicture } from '../ui/save-picture'

interface Props {
  readonly title: string
  readonly frame: Frame
  readonly names: readonly string[]
  readonly zone: TimeZone
  readonly format: (value: number) => string
}

/** Saves a picture of a chart. */
export function SaveChart({ title, frame, names, zone, format }: Props) {
  const save = (form: PictureForm) => () => {
    const palette = picturePalette()
    const svg = chartSvg({ title, frame, names, format, formatTime: (ms) => formatTime(ms, zone), palette })
    void savePicture('chart', svg, form)
  }
  return (
    <MenuButton
      label={`Save ${title}`}
      look="ghost"
      icon="save"
      entries={[
        { id: 'svg', label: 'As SVG', icon: 'metrics', run: save('svg') },
        { id: 'png', label: 'As PNG', icon: 'metrics', run: save('png') },
      ]}
    />
  )
}
