import { ColumnReading } from '#shared/derive/attribute-column'
import type { BoxIndex, Flame, FlameArrangement } from '#shared/derive/flame'
import { flameInTime } from '#shared/derive/flame-lanes'
import { mergedFlame } from '#shared/derive/flame-merge'
import { boxName, errorsOf, type FlameScene } from '#shared/derive/flame-names'
import { flameSvg } from '#shared/derive/flame-svg'
import { type PicturePalette, serviceColor } from '#shared/derive/waterfall-svg'
import { formatDuration } from '#shared/derive/durations'
import { type TimeWindow, wholeWindow } from '#shared/derive/time-window'
import type { PictureSize } from '#shared/base/svg-picture'
import { TextInterner, type TraceImport } from '#shared/import/index'
import type { Trace } from '#shared/trace/table'
import { spanReader } from './span-reader'

/** A flame graph as a step showed it: how it was laid out, and what of it was in view, where that was not all. */
export interface FlameForm {
  readonly kind: 'flame'
  readonly palette: PicturePalette
  readonly size?: PictureSize | undefined
  readonly arrangement: FlameArrangement
  /** Of one in order of time. */
  readonly zoom: TimeWindow | undefined
  /** Of a merged one: shares of its width. */
  readonly part: { readonly from: number; readonly to: number } | undefined
}

const everything = { included: undefined, keepsCallers: false } as const
/** Rows looked at for an attribute between two looks at whether that was all. */
const rowsAtOnce = 10_000

function flameOf(from: TraceImport, trace: Trace, arrangement: FlameArrangement): Flame {
  if (arrangement.kind === 'time') return flameInTime(trace, everything)
  const options = { ...everything, window: undefined }
  if (arrangement.by === '') return mergedFlame(trace, { ...options, column: undefined })
  const reading = new ColumnReading(trace, arrangement.by, spanReader(from, trace), new TextInterner())
  while (!reading.finished) reading.advance(rowsAtOnce)
  return mergedFlame(trace, { ...options, column: reading.column() })
}

/** The flame graph of a trace as a picture, in the colours of services; where values are merged, each has one of its own. */
export function flamePicture(from: TraceImport, trace: Trace, form: FlameForm): string {
  const { palette, size, arrangement, zoom, part = { from: 0, to: 1 } } = form
  const flame = flameOf(from, trace, arrangement)
  const inView = { from: part.from * flame.extentNs, to: part.to * flame.extentNs }
  const scene: FlameScene = { trace, arrangement, flame }
  const color = (box: BoxIndex): string => {
    const value = flame.merged?.value?.[box]
    if (value === undefined) return serviceColor(trace, trace.spans.service[flame.row[box]], palette)
    return (value < 0 ? undefined : palette.others[value % palette.others.length]) ?? palette.muted
  }
  return flameSvg({
    title: `Trace ${trace.traceId}, ${formatDuration(trace.durationNs)}`,
    size,
    flame,
    window: arrangement.kind === 'time' ? (zoom ?? wholeWindow(flame.extentNs)) : inView,
    name: (box) => Object.values(boxName(scene, box)).filter(Boolean).join(' '),
    color,
    isFailed: (box) => errorsOf(scene, box) > 0,
    palette,
  })
}
