/** A trace as a picture of its own, for a report: what is longest, in the order and depth of the waterfall. */
import { type PictureSize, smallSize, svgPicture } from '#shared/base/svg-picture'
import { svgText } from '#shared/base/svg-text'
import { formatDuration } from '#shared/derive/durations'
import { rowOfSpanId } from '#shared/derive/span-ids'
import { isWaiting, waitingNames } from '#shared/derive/waiting'
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
  readonly kind: 'waterfall'
  readonly palette: PicturePalette
  /** At most so many spans. */
  readonly most: number
  readonly size?: PictureSize | undefined
  /** Id of the span it is about: it is always shown, and others stand back; empty for none. */
  readonly span?: string
}

/** Where bars lie, px. */
const layouts = {
  whole: { width: 960, top: 40, left: 320, right: 80, rowHeight: 20, barTop: 4, barHeight: 10 },
  small: { width: smallSize.width, top: 0, left: 0, right: 0, rowHeight: 5, barTop: 1, barHeight: 3 },
} as const
const indent = 10
const deepestIndent = 12

/** Widest a letter is on average, px: names that are cut by it end before the bars. */
const letterPx = { plain: 6.8, bold: 7.8 } as const

/** Of all spans but the chosen one. */
const backOpacity = 0.45

/** The longest spans and the chosen one, in the order of their rows. */
function shownRows({ spans }: Trace, most: number, chosen: SpanIndex): readonly SpanIndex[] {
  const rows = Array.from({ length: spans.length }, (_, row) => row)
  if (rows.length <= most) return rows
  const rank = (row: SpanIndex): number => (row === chosen ? Infinity : spans.duration[row])
  return rows
    .toSorted((one, other) => rank(other) - rank(one) || one - other)
    .slice(0, most)
    .toSorted((one, other) => one - other)
}

/** The colour of a service in a picture. */
export function serviceColor({ services }: Trace, service: number, palette: PicturePalette): string {
  return (
    palette.services[services[service]] ??
    palette.others[service % Math.max(1, palette.others.length)] ??
    palette.text
  )
}

/** Hatched, as waits are in the waterfall; `id` is the pattern's. */
const hatching = (id: string, color: string): string =>
  `<pattern id="${id}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="${color}" fill-opacity="0.2"/><rect width="1.5" height="5" fill="${color}"/></pattern>`

export function waterfallSvg(trace: Trace, picture: WaterfallPicture): string {
  const { palette, most, size = 'whole', span = '' } = picture
  const { spans, names, services, durationNs } = trace
  const layout = layouts[size]
  const chosen = rowOfSpanId(spans, span)
  const rows = shownRows(trace, most, chosen)
  const waits = waitingNames(names)
  const hatchings = new Map<string, string>()
  const x = (ns: number): number =>
    layout.left + (ns / Math.max(1, durationNs)) * (layout.width - layout.left - layout.right)
  const bars = rows.map((row, at) => {
    const color = serviceColor(trace, spans.service[row], palette)
    let fill = color
    if (isWaiting(trace, waits, row)) {
      const id = `wait-${spans.service[row]}`
      hatchings.set(id, hatching(id, color))
      fill = `url(#${id})`
    }
    const from = x(spans.start[row])
    const width = Math.max(1, x(spans.start[row] + spans.duration[row]) - from)
    const back = chosen >= 0 && row !== chosen ? ` fill-opacity="${backOpacity}"` : ''
    return `<rect x="${from.toFixed(1)}" y="${layout.top + at * layout.rowHeight + layout.barTop}" width="${width.toFixed(1)}" height="${layout.barHeight}" rx="1.5" fill="${fill}"${back}/>`
  })
  const patterns = hatchings.size === 0 ? '' : `<defs>${[...hatchings.values()].join('')}</defs>`
  const height = layout.top + rows.length * layout.rowHeight
  const title = titleOf(trace, rows.length)
  if (size === 'small')
    return svgPicture({ title, size, width: layout.width, height, palette, parts: [patterns, ...bars] })
  const labels = rows.map((row, at) => {
    const y = layout.top + at * layout.rowHeight
    const left = 8 + Math.min(deepestIndent, spans.depth[row]) * indent
    const failed = (spans.flags[row] & SpanFlag.error) !== 0
    const name = `${services[spans.service[row]] ?? ''} ${names[spans.name[row]]}`
    const weight = row === chosen ? ' font-weight="600"' : ''
    const letters = Math.floor((layout.left - left - 20) / letterPx[row === chosen ? 'bold' : 'plain'])
    return [
      `<rect x="${left}" y="${y + 5}" width="8" height="8" rx="2" fill="${serviceColor(trace, spans.service[row], palette)}"/>`,
      `<text x="${left + 13}" y="${y + 13}" fill="${failed ? palette.error : palette.text}"${weight}>${svgText(name, letters)}</text>`,
      `<text x="${layout.width - 8}" y="${y + 13}" text-anchor="end" fill="${palette.muted}">${formatDuration(spans.duration[row])}</text>`,
    ].join('')
  })
  const line = `<path d="M0 ${layout.top - 4}H${layout.width}" stroke="${palette.line}"/>`
  const parts = [patterns, line, ...labels, ...bars]
  return svgPicture({ title, width: layout.width, height: height + 8, palette, parts })
}

function titleOf({ traceId, durationNs, spans }: Trace, shown: number): string {
  const left = spans.length > shown ? `; the ${shown} longest of ${spans.length} spans` : ''
  return `Trace ${traceId}, ${formatDuration(durationNs)}${left}`
}
