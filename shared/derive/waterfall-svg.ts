/** A trace as a picture of its own, for a report: what is longest, in the order and depth of the waterfall. */
import { svgPicture } from '#shared/base/svg-picture'
import { svgText } from '#shared/base/svg-text'
import { formatDuration } from '#shared/derive/durations'
import { SpanFlag, type SpanIndex, type Trace } from '#shared/trace/table'

/** Colours as values, for the picture leaves the page. */
export interface PicturePalette {
  readonly surface: string
  readonly text: string
  readonly muted: string
  readonly line: string
  readonly error: string
  /** By service; those that are not here take the others in turn. */
  readonly services: Readonly<Record<string, string>>
  readonly others: readonly string[]
}

export interface WaterfallPicture {
  readonly palette: PicturePalette
  /** At most so many spans. */
  readonly most: number
}

const width = 960
const nameWidth = 320
const rowHeight = 20
const headHeight = 40
const indent = 10
const barHeight = 10
const deepestIndent = 12

/** The longest spans, in the order of their rows. */
function chosenRows({ spans }: Trace, most: number): readonly SpanIndex[] {
  const rows = Array.from({ length: spans.length }, (_, row) => row)
  if (rows.length <= most) return rows
  return rows
    .toSorted((one, other) => spans.duration[other] - spans.duration[one] || one - other)
    .slice(0, most)
    .toSorted((one, other) => one - other)
}

export function waterfallSvg(trace: Trace, { palette, most }: WaterfallPicture): string {
  const { spans, names, services, durationNs } = trace
  const rows = chosenRows(trace, most)
  const height = headHeight + rows.length * rowHeight + 8
  const x = (ns: number): number => nameWidth + (ns / Math.max(1, durationNs)) * (width - nameWidth - 80)
  const colorOf = (service: number): string =>
    palette.services[services[service]] ??
    palette.others[service % Math.max(1, palette.others.length)] ??
    palette.text
  const parts = rows.map((row, at) => {
    const y = headHeight + at * rowHeight
    const left = 8 + Math.min(deepestIndent, spans.depth[row]) * indent
    const failed = (spans.flags[row] & SpanFlag.error) !== 0
    const name = `${services[spans.service[row]] ?? ''} ${names[spans.name[row]]}`
    const bar = Math.max(1, x(spans.start[row] + spans.duration[row]) - x(spans.start[row]))
    return [
      `<rect x="${left}" y="${y + 5}" width="8" height="8" rx="2" fill="${colorOf(spans.service[row])}"/>`,
      `<text x="${left + 13}" y="${y + 13}" fill="${failed ? palette.error : palette.text}">${svgText(name, Math.floor((nameWidth - left - 20) / 6.8))}</text>`,
      `<rect x="${x(spans.start[row]).toFixed(1)}" y="${y + 4}" width="${bar.toFixed(1)}" height="${barHeight}" rx="1.5" fill="${colorOf(spans.service[row])}"/>`,
      `<text x="${width - 8}" y="${y + 13}" text-anchor="end" fill="${palette.muted}">${formatDuration(spans.duration[row])}</text>`,
    ].join('')
  })
  const left = spans.length - rows.length
  const title = `Trace ${trace.traceId}, ${formatDuration(durationNs)}${left > 0 ? `; the ${rows.length} longest of ${spans.length} spans` : ''}`
  const line = `<path d="M0 ${headHeight - 4}H${width}" stroke="${palette.line}"/>`
  return svgPicture({ title, width, height, palette, parts: [line, ...parts] })
}
