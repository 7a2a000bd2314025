/** Numbers, durations and texts as PromQL writes them. */

const secondsOf = { y: 31_536_000, w: 604_800, d: 86_400, h: 3600, m: 60, s: 1, ms: 0.001 } as const

/** The value of a number, or of a duration in seconds. The text is one the grammar took for either. */
export function readNumber(text: string): number {
  const digits = text.replaceAll('_', '').toLowerCase()
  if (digits === 'inf') return Infinity
  if (digits === 'nan') return NaN
  if (/^0[0-7]+$/u.test(digits)) return Number.parseInt(digits, 8)
  if (digits.startsWith('0x') || !/[a-df-z]/u.test(digits)) return Number(digits)
  let seconds = 0
  for (const [, count, unit] of digits.matchAll(/(\d+)(ms|[ywdhms])/gu))
    seconds += Number(count) * secondsOf[unit as keyof typeof secondsOf]
  return seconds
}

/** A number as Go reads it, as in the label `le`; undefined for anything else. */
export function readGoFloat(text: string): number | undefined {
  const infinity = /^([+-]?)inf(?:inity)?$/iu.exec(text)
  if (infinity !== null) return infinity[1] === '-' ? -Infinity : Infinity
  if (/^[+-]?nan$/iu.test(text)) return NaN
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu.test(text) ? Number(text) : undefined
}

const letterEscapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
}

const escape = /((?:\\x[0-9A-Fa-f]{2}|\\[0-3][0-7]{2})+)|\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})|\\([^])/gu

/** What is between the quotes, with escapes resolved; undefined when the text does not end or an escape means nothing. */
export function readString(text: string): string | undefined {
  const quote = text[0]
  if (text.length < 2 || !text.endsWith(quote)) return undefined
  const inside = text.slice(1, -1)
  if (quote === '`') return inside
  // A closing quote that is escaped does not close.
  if (/(?:^|[^\\])(?:\\\\)*\\$/u.test(inside)) return undefined
  let understood = true
  const value = inside.replace(escape, (_, bytes: string, short: string, long: string, letter: string) => {
    if (bytes !== undefined) return utf8Text(bytes)
    const code = Number.parseInt(short ?? long ?? '0', 16)
    if (letter === undefined && code <= 0x10ffff) return String.fromCodePoint(code)
    if (letter !== undefined && letter !== otherQuote(quote) && Object.hasOwn(letterEscapes, letter))
      return letterEscapes[letter]
    understood = false
    return ''
  })
  return understood ? value : undefined
}

function otherQuote(quote: string): string {
  return quote === '"' ? "'" : '"'
}

/** Bytes written as `\xHH` or `\NNN`, read as UTF-8. */
function utf8Text(bytes: string): string {
  const hex = [...bytes.matchAll(/\\x(..)|\\(...)/gu)].map(([, hex, octal]) =>
    hex === undefined ? Number.parseInt(octal, 8).toString(16).padStart(2, '0') : hex,
  )
  try {
    return decodeURIComponent(hex.map((byte) => `%${byte}`).join(''))
  } catch {
    return '\ufffd'.repeat(hex.length)
  }
}
