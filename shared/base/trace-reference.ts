/**
 * Which trace a text means: an id in any spelling, a propagation header, a link into another viewer, or a log line that names one.
 * What was looked at: W3C `traceparent`, Jaeger `uber-trace-id`, Zipkin `b3`, AWS X-Ray; links of Jaeger, Zipkin, Tempo and Grafana.
 */

export interface TraceReference {
  /** 32 lower-case hex digits, zeros in front where the text had fewer. */
  readonly traceId: string
  /** 16 lower-case hex digits, where the text names a span too. */
  readonly spanId: string | undefined
  /** What the text was. */
  readonly kind: 'id' | 'header' | 'link' | 'text'
  /** False where the text could well be something else: only decimal digits, base64 without its padding. */
  readonly isSure: boolean
}

const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

const isZero = (hex: string): boolean => /^0*$/.test(hex)

function reference(
  kind: TraceReference['kind'],
  traceId: string,
  spanId?: string,
  isSure = true,
): TraceReference | undefined {
  if (isZero(traceId)) return undefined
  const span = spanId === undefined || isZero(spanId) ? undefined : spanId.toLowerCase().padStart(16, '0')
  return { traceId: traceId.toLowerCase().padStart(32, '0'), spanId: span, kind, isSure }
}

/** Hex digits of a base64 text of `bytes` bytes, in either alphabet; undefined when it is not that. */
function hexOfBase64(text: string, bytes: number): string | undefined {
  const digits = text.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/')
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

/** An id alone: hex of 16 to 32 digits with `0x` or dashes, or base64 of 16 bytes (8 only with its padding). */
function readId(text: string): TraceReference | undefined {
  const prefixed = /^0x/i.test(text)
  const hex = text.replace(/^0x/i, '')
  if (/^[0-9a-f]{16,32}$/i.test(hex))
    return reference('id', hex, undefined, prefixed || hex.length === 32 || !/^\d+$/.test(hex))
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(hex))
    return reference('id', hex.replaceAll('-', ''))
  const isPadded = /^[\w+/-]+={1,2}$/.test(text)
  const looksRandom = /[A-Z]/.test(text) && /[a-z]/.test(text) && /\d/.test(text)
  if (isPadded || looksRandom) {
    const found = hexOfBase64(text, 16) ?? (isPadded ? hexOfBase64(text, 8) : undefined)
    if (found !== undefined) return reference('id', found, undefined, isPadded)
  }
  return undefined
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

function readHeader(text: string): TraceReference | undefined {
  const value = text.replace(/^["']?(traceparent|b3|uber-trace-id|x-amzn-trace-id)["']?\s*[:=]\s*["']?/i, '')
  for (const pattern of [...headers, ...wholeHeaders]) {
    const groups = pattern.exec(value.replace(/["',;\s]+$/, ''))?.groups
    if (groups) return reference('header', groups.trace.replace('-', ''), groups.span)
  }
  return undefined
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch (cause) {
    // A stray percent sign: the text is then taken as it stands.
    if (cause instanceof URIError) return text
    throw cause
  }
}

/** A link: `…/trace/ID`, `…/traces/ID`, a parameter that names the trace, or Grafana's panes with the id as the query. */
function readLink(text: string): TraceReference | undefined {
  if (!/^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(text) && !/^\/\S*\//.test(text)) return undefined
  const [beforeHash, ...afterHash] = text.split('#')
  const [path, query = ''] = [...beforeHash.split('?'), ...afterHash.join('#').split('?').slice(1)]
  const parameters = query.split('&').map((pair) => {
    const at = pair.indexOf('=')
    return at < 0 ? { name: pair, value: '' } : { name: pair.slice(0, at), value: decode(pair.slice(at + 1)) }
  })
  const valueOf = (names: RegExp) => parameters.find(({ name }) => names.test(name))?.value
  const span = /^[0-9a-f]{16}$/i.exec(valueOf(/^(span|span_?id|uiFind)$/i) ?? '')?.[0]
  const segments = path.split('/').map(decode)
  const after = segments.findIndex((segment) => /^traces?$/.test(segment))
  const candidates = [
    after < 0 ? undefined : segments[after + 1],
    valueOf(/^(trace|trace_?id)$/i),
    after < 0 ? undefined : valueOf(/^id$/),
    ...parameters.flatMap(({ name, value }) =>
      /^(left|right|panes)$/.test(name)
        ? [...value.matchAll(/"query":"([0-9a-fA-F]{16,32})"/g)].map(([, id]) => id)
        : [],
    ),
  ]
  for (const candidate of candidates) {
    const id = candidate === undefined ? undefined : readId(candidate)
    if (id) return reference('link', id.traceId, span)
  }
  return undefined
}

/** A longer text, such as a log line, with `trace_id=…` in it; the span too if it says one. */
function readText(text: string): TraceReference | undefined {
  const trace = /trace[_.-]?id\\?["']?\s*[:=]\s*\\?["']?(?:0x)?(?<id>[0-9a-f]{16,32})(?![0-9a-f])/i.exec(text)
  const span = /span[_.-]?id\\?["']?\s*[:=]\s*\\?["']?(?:0x)?(?<id>[0-9a-f]{16})(?![0-9a-f])/i.exec(text)
  return trace?.groups ? reference('text', trace.groups.id, span?.groups?.id) : undefined
}

/** A text longer than this is a document, not a reference. */
const longestText = 10_000

/** Reads which trace a text means; undefined when it names none. */
export function parseTraceReference(text: string): TraceReference | undefined {
  if (text.length > longestText) return undefined
  const whole = text.trim().replace(/^["'<(]+|["'>),;]+$/g, '')
  return readId(whole) ?? readLink(whole) ?? readHeader(whole) ?? readText(text)
}
