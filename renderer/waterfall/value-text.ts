/** Attribute values as text: for one line, for copying, and opened out where that reads better. */
import type { AttributeValue } from '#shared/trace/detail'

export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** As JSON, with big numbers and bytes as what they are. */
function plain(value: AttributeValue): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Uint8Array) return hexOf(value)
  if (Array.isArray(value)) return (value as readonly AttributeValue[]).map(plain)
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
  return value
}

/** The text of a value as it would be pasted elsewhere. */
export function valueText(value: AttributeValue): string {
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array) return hexOf(value)
  return typeof value === 'object' ? JSON.stringify(plain(value)) : String(value)
}

/** Above this a text does not fit a line of the widest panel. */
const lineLength = 90
/** Larger texts are not worth a guess whether they are JSON. */
const longestJson = 1_000_000

function parseJson(text: string): unknown {
  if (text.length > longestJson || !/^\s*[[{]/.test(text)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch (cause) {
    // Text that only begins like JSON is shown as the text it is.
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}

/** So much of a text is shown at first; each time more is asked for, ten times as much. */
const firstUnits = 2_000
/** A page that lays out more than this stands still: 50 million characters took it for good. */
const mostUnits = 200_000

/** How much of a text is shown after so many times of asking for more, and whether it can be more. */
export function shownPart(
  text: string,
  asked: number,
): { readonly units: number; readonly hasMore: boolean } {
  const units = Math.min(text.length, mostUnits, firstUnits * 10 ** asked)
  return { units, hasMore: units < Math.min(text.length, mostUnits) }
}

/** The text of a block, where a value deserves one: JSON indented, several lines, long statements; undefined for what fits a line. */
export function prettyText(value: AttributeValue): string | undefined {
  if (value instanceof Uint8Array) return undefined
  if (typeof value === 'object') {
    const text = JSON.stringify(plain(value))
    return text.length <= lineLength / 2 ? undefined : JSON.stringify(plain(value), undefined, 2)
  }
  if (typeof value !== 'string') return undefined
  const json = parseJson(value)
  if (json !== undefined) return JSON.stringify(json, undefined, 2)
  return value.includes('\n') || value.length > lineLength ? value : undefined
}
