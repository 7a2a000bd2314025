/**
 * Trace ids in a text: alone in any spelling, in a propagation header, or somewhere in a log line.
 * What was looked at: W3C `traceparent`, Jaeger `uber-trace-id`, Zipkin `b3`, AWS X-Ray, lines of Spring Sleuth and of Datadog's agents.
 */
import type { PastedTrace } from './pasted'

const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

const isZero = (hex: string): boolean => /^0*$/.test(hex)

function traceOf(
  from: PastedTrace['from'],
  traceId: string,
  spanId?: string,
  isSure = true,
): PastedTrace | undefined {
  if (isZero(traceId)) return undefined
  const span = spanId === undefined || isZero(spanId) ? undefined : spanId.toLowerCase().padStart(16, '0')
  return {
    kind: 'trace',
    traceId: traceId.toLowerCase().padStart(32, '0'),
    spanId: span,
    range: undefined,
    from,
    isSure,
  }
}

/** Hex digits of a base64 text of `bytes` bytes, in either alphabet; undefined when it is not that. */
function hexOfBase64(text: string, bytes: number): string | undefined {
  const digits = text
    .replace(/={1,2}$/, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
  if (digits.length !== Math.ceil((bytes * 8) / 6)) return undefined
  let bits = ''
  for (const digit of digits) {
    const value = base64Digits.indexOf(digit)
    if (value < 0) return undefined
    bits += value.toString(2).padStart(6, '0')
  }
  if (bits.slice(bytes * 8).includes('1')) return undefined
  return Array.from({ length: bytes * 2 }, (_, at) =>
    Number.parseInt(bits.slice(at * 4, at * 4 + 4), 2).toString(16),
  ).join('')
}

/** Decimal digits as hex ones, as Datadog and older agents write ids; undefined where they are more than an id holds. */
function hexOfDecimal(text: string): string | undefined {
  if (!/^\d{1,39}$/.test(text)) return undefined
  const hex = BigInt(text).toString(16)
  return hex.length <= 32 ? hex : undefined
}

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Hex digits of an id that something calls one, so that `abc` is one too; undefined for what is none. */
export function hexOfId(text: string): string | undefined {
  const hex = text.replace(/^0x/i, '')
  if (/^[0-9a-f]{1,32}$/i.test(hex)) return hex.toLowerCase()
  if (isUuid.test(hex)) return hex.replaceAll('-', '').toLowerCase()
  return hexOfBase64(text, 16) ?? hexOfBase64(text, 8) ?? hexOfDecimal(text)
}

/** 32 hex digits with spaces between them, as some pages write an id. */
const inGroups = /^(?=(?:\s*[0-9a-f]){32}$)[0-9a-f]{4,28}(?:\s+[0-9a-f]{4,28})+$/i

/**
 * An id alone: hex of 12 to 32 digits with `0x` or dashes, base64 of 16 bytes (8 only with its padding), or a decimal number. Of decimal
 * digits both readings, the likelier first: a number of 64 bits has 17 to 20.
 */
function idsOf(text: string): readonly (PastedTrace | undefined)[] {
  const prefixed = /^0x/i.test(text)
  if (inGroups.test(text)) return idsOf(text.replaceAll(/\s/g, ''))
  const hex = text.replace(/^0x/i, '')
  if (/^\d{17,39}$/.test(text) && text.length !== 32) {
    const readings = [hexOfDecimal(text), text.length > 32 ? undefined : text]
    return readings.map((hex) => (hex === undefined ? undefined : traceOf('id', hex, undefined, false)))
  }
  if (/^[0-9a-f]{16,32}$/i.test(hex))
    return [traceOf('id', hex, undefined, prefixed || hex.length === 32 || !/^\d+$/.test(hex))]
  // Some stores strip zeros; a word such as `deadbeef` is rather a name.
  if (/^[0-9a-f]{12,15}$/i.test(hex) && (prefixed || (/\d/.test(hex) && /[a-f]/i.test(hex))))
    return [traceOf('id', hex, undefined, prefixed)]
  if (isUuid.test(hex)) return [traceOf('id', hex.replaceAll('-', ''))]
  const isPadded = /^[\w+/-]+={1,2}$/.test(text)
  const looksRandom = /[A-Z]/.test(text) && /[a-z]/.test(text) && /\d/.test(text)
  if (!isPadded && !looksRandom) return []
  const found = hexOfBase64(text, 16) ?? (isPadded ? hexOfBase64(text, 8) : undefined)
  return found === undefined ? [] : [traceOf('id', found, undefined, isPadded)]
}

const headers: readonly RegExp[] = [
  /(?<![0-9a-f])[0-9a-f]{2}-(?<trace>[0-9a-f]{32})-(?<span>[0-9a-f]{16})-[0-9a-f]{2}(?![0-9a-f])/i,
  /(?<![0-9a-f])(?<trace>[0-9a-f]{16,32}):(?<span>[0-9a-f]{1,16}):[0-9a-f]{1,16}:[0-9a-f]{1,2}(?![0-9a-f])/i,
]

/** Only where the whole text (after the header's name) is one of these: inside a longer text they could be anything. */
const wholeHeaders: readonly RegExp[] = [
  /^(?<trace>[0-9a-f]{32}|[0-9a-f]{16})-(?<span>[0-9a-f]{16})(-[01d](-[0-9a-f]{16})?)?$/i,
  /^(root=)?1-(?<trace>[0-9a-f]{8}-[0-9a-f]{24})(;parent=(?<span>[0-9a-f]{16}))?(;.*)?$/i,
]

function readHeader(text: string): PastedTrace | undefined {
  const value = text.replace(/^["']?(traceparent|b3|uber-trace-id|x-amzn-trace-id)["']?\s*[:=]\s*["']?/i, '')
  for (const pattern of [...headers, ...wholeHeaders]) {
    const groups = pattern.exec(value.replace(/["',;\s]{1,4}$/, ''))?.groups
    if (groups) return traceOf('header', groups.trace.replace('-', ''), groups.span)
  }
  return undefined
}

/** More ids than these in one text are a list of something. */
const mostIds = 5

const named =
  /(?<datadog>dd[._])?trace[_.-]?id\\?["']?\s{0,4}[:=]\s{0,4}\\?["']?(?<id>[\w+/-]{1,44}={0,2})(?![\w+/=-])/gi
const namedSpan = /span[_.-]?id\\?["']?\s{0,4}[:=]\s{0,4}\\?["']?(?:0x)?(?<id>[0-9a-f]{8,16})(?![0-9a-f])/gi
/** `[order-service,4be1…,00f0…]`, as Spring Sleuth writes. */
const bracketed = /\[[^[\],]{0,80},(?<id>[0-9a-f]{16,32}),(?<span>[0-9a-f]{16})(?=[\],])/gi
const bare = /(?<![0-9a-z-])[0-9a-f]{32}(?![0-9a-z-])/gi

/** A longer text, such as a log line: what it calls a trace's id, with the span it names beside; else every id that looks like one. */
function idsIn(text: string): readonly (PastedTrace | undefined)[] {
  const spans = [...text.matchAll(namedSpan)].map(({ groups }) => groups?.['id'])
  const called = [...text.matchAll(named)].slice(0, mostIds).map(({ groups }, at) => {
    const { id = '', datadog } = groups ?? {}
    const hex =
      datadog !== undefined || /^\d{17,20}$/.test(id) ? (hexOfDecimal(id) ?? hexOfId(id)) : hexOfId(id)
    // What is called one and is short is rather a number of another kind.
    return hex === undefined || (hex.length < 12 && datadog === undefined)
      ? undefined
      : traceOf('text', hex, spans[at])
  })
  if (called.some(Boolean)) return called
  const inBrackets = [...text.matchAll(bracketed)].map(({ groups }) =>
    traceOf('text', groups?.['id'] ?? '', groups?.['span']),
  )
  if (inBrackets.length > 0) return inBrackets.slice(0, mostIds)
  return [...text.matchAll(bare)].slice(0, mostIds).map(([id]) => traceOf('text', id, undefined, false))
}

/** The traces that a text names, each once, the likeliest first. */
export function tracesNamedIn(text: string): readonly PastedTrace[] {
  const ids = idsOf(text)
  const found = ids.length > 0 ? ids : [readHeader(text)]
  const all = (found.some(Boolean) ? found : idsIn(text)).filter((one) => one !== undefined)
  return [...new Map(all.map((one) => [one.traceId, one])).values()]
}
