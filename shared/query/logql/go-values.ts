/** Values as Go's libraries read them out of a label. */
import { readGoDuration } from '#shared/query/durations'
import { readGoFloat } from '#shared/query/promql/literals'

const bytesOf: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12, p: 1e15, e: 1e18 }

/** A number of bytes, such as `1.5KiB` or `3 MB`; undefined for what is none. */
export function readBytes(text: string): number | undefined {
  const match = /^([\d.,]+)\s*([kmgtpe]?)(i?)(b?)\s*$/iu.exec(text)
  if (match === null) return undefined
  const [, digits, prefix, binary] = match
  const count = readDigits(digits.replaceAll(',', ''))
  // `i` goes with a prefix only.
  if (count === undefined || (binary !== '' && prefix === '')) return undefined
  const unit = bytesOf[prefix.toLowerCase()]
  const bytes = count * (binary === '' ? unit : 2 ** (10 * Math.round(Math.log10(unit) / 3)))
  return bytes < 2 ** 64 ? Math.trunc(bytes) : undefined
}

/** What all of some values are, in the word Loki has for it. */
export function kindOfValue(values: Iterable<string>): string {
  const kinds = new Set<string>()
  for (const value of values) kinds.add(kindOf(value))
  return kinds.size === 1 ? [...kinds][0] : 'string'
}

function kindOf(value: string): string {
  if (/^[-+]?\d+$/u.test(value)) return 'int'
  if (readGoFloat(value) !== undefined) return 'float'
  if (value === 'true' || value === 'false') return 'boolean'
  if (readGoDuration(value) !== undefined) return 'duration'
  return readBytes(value) === undefined ? 'string' : 'bytes'
}

function readDigits(digits: string): number | undefined {
  return /^(?:\d+\.?\d*|\.\d+)$/u.test(digits) ? Number(digits) : undefined
}

const notAscii = /[^\0-\x7f]/u

/** Bytes of a text in UTF-8. */
export function byteLength(text: string): number {
  if (!notAscii.test(text)) return text.length
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}
