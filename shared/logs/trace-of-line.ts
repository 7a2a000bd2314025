/** The trace a line belongs to, wherever it is written. */
import type { TraceNaming } from '#shared/api/contract'
import type { Labels } from '#shared/api/logs'
import { extraOf, labelsOf, type LogLine, textOf } from '#shared/logs/batch'

/** Where a line leads. */
export interface LineTrace {
  /** 32 lower-case hex digits. */
  readonly traceId: string
  /** 16 lower-case hex digits, where the line names its span too. */
  readonly spanId: string | undefined
  /** Which words it was found in: `trace_id in metadata`, `JSON field traceID`. */
  readonly where: string
  /** The field of the text that says so; undefined where it is none. */
  readonly field: string | undefined
  /** The label or metadata that says so, as it is written, and the one that names its span; undefined for an id in the text, or one the query has read out of it. */
  readonly beside:
    | { readonly name: string; readonly value: string; readonly span: string | undefined }
    | undefined
}

/** What metadata that holds a trace id is usually called. */
export const traceNames = [
  'trace_id',
  'traceid',
  'traceId',
  'traceID',
  'TraceId',
  'otelTraceID',
  'trace',
  'dd_trace_id',
]
const spanNames = ['span_id', 'spanid', 'spanId', 'spanID', 'SpanId', 'otelSpanID', 'span']

/** So much of a line is looked at. */
const looked = 4_000
const id = (words: string, between: string, digits: string): RegExp =>
  new RegExp(`(?:${words})["']?(?:${between})["'\\\\]*(?:0x)?([0-9a-f]{${digits}})(?![0-9a-f])`, 'i')
const said = '\\s*[=:]\\s*'
const traceWords = 'trace[_.-]?id|trace'
/** Sentences name an id without a sign: `… of trace 4bf92f…`. */
const traceInText = id(traceWords, `${said}|\\s`, '16,32')
const spanInText = id('span[_.-]?id|span', `${said}|\\s`, '8,16')
const traceparent = /\b00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}\b/i
/** As loggers write both without a word: `[order-service,4bf92f…,00f067…]`. */
const sideBySide = /(?<![\w-])([0-9a-f]{32})[-,/:|]\s?([0-9a-f]{16})(?![\w-])/i
const byShape = /(?<![\w-])([0-9a-f]{32})(?![\w-])/i

/** Undefined for a line that names no trace. `naming`: where those of its source do, when that is known; otherwise wherever an id is named. */
export function traceOf(line: LogLine, naming?: TraceNaming): LineTrace | undefined {
  const { metadata, parsed } = extraOf(line)
  const beside = (names: readonly string[]): LineTrace | undefined =>
    traceIn(metadata, 'metadata', names) ??
    traceIn(parsed, 'parsed fields', names) ??
    traceIn(labelsOf(line), 'labels', names)
  const text = textOf(line).slice(0, looked)
  switch (naming?.in) {
    case 'metadata':
      return beside([naming.name])
    case 'field':
      return traceIn(parsed, 'parsed fields', [naming.name]) ?? traceInField(text, naming.name)
    case 'text':
      return traceInLine(text) ?? traceByShape(text)
    case 'nowhere':
      return undefined
    default:
      return beside(traceNames) ?? traceInLine(text)
  }
}

/** Where a line names this trace, whatever that is called there; undefined for one that does not. */
export function placeOfTrace(line: LogLine, traceId: string): TraceNaming | undefined {
  const { metadata, parsed } = extraOf(line)
  const isIt = (value: string): boolean => {
    const hex = value.toLowerCase()
    return hex.padStart(32, '0') === traceId || (hex.length === 16 && traceId.endsWith(hex))
  }
  const nameIn = (labels: Labels): string | undefined => Object.keys(labels).find((one) => isIt(labels[one]))
  const beside = nameIn(metadata) ?? nameIn(labelsOf(line))
  if (beside !== undefined) return { in: 'metadata', name: beside }
  const field = nameIn(parsed)
  if (field !== undefined) return { in: 'field', name: field }
  const text = textOf(line)
  const at = [...text.matchAll(anyHex)].find(([hex]) => isIt(hex))?.index
  if (at === undefined) return undefined
  const before = fieldBefore.exec(text.slice(Math.max(0, at - longestName), at))
  const named = before && fieldAt(text, at - before[0].length)
  return named ? { in: 'field', name: named.name } : { in: 'text', name: '' }
}

/** An id in a line that may be that of its trace, and where it stands. */
export interface PlacedId {
  readonly id: string
  readonly place: TraceNaming
}

const wholeId = /(?<![\w-])[0-9a-f]{32}(?![\w-])/gi
const mostOthers = 3

/** The first few other ids in a line that may be that of its trace, 32 lower-case hex digits. */
export function otherIdsIn(line: LogLine, traceId: string): readonly PlacedId[] {
  const { metadata, parsed } = extraOf(line)
  const beside = [metadata, labelsOf(line), parsed].flatMap((labels) =>
    Object.values(labels).filter((value) => isId(value, 32, 32)),
  )
  const inside = [...textOf(line).slice(0, looked).matchAll(wholeId)].map(([hex]) => hex)
  const ids = new Set([...beside, ...inside].map((one) => one.toLowerCase()))
  return [...ids]
    .filter((id) => id !== traceId && !isZero(id))
    .slice(0, mostOthers)
    .flatMap((id) => {
      const place = placeOfTrace(line, id)
      return place ? [{ id, place }] : []
    })
}

const anyHex = /(?<![0-9a-f])[0-9a-f]{8,32}(?![0-9a-f])/gi
const longestName = 200
/** The name of a field whose value begins here. */
const fieldBefore = /[\w.-]+["']?\s*[=:]\s*["']?$/

function traceIn(labels: Labels, what: string, names: readonly string[]): LineTrace | undefined {
  const name = names.find((one) => isId(labels[one], 16, 32))
  if (name === undefined) return undefined
  const span = spanNames.find((one) => isId(labels[one], 8, 16))
  return {
    ...idsOf(labels[name], span === undefined ? undefined : labels[span]),
    where: `${name} in ${what}`,
    field: what === 'parsed fields' ? name : undefined,
    beside: what === 'parsed fields' ? undefined : { name, value: labels[name], span },
  }
}

function traceInLine(text: string): LineTrace | undefined {
  const [, trace, span] = traceparent.exec(text) ?? []
  if (trace !== undefined && !isZero(trace)) return inText('traceparent in the line', trace, span)
  const found = traceInText.exec(text)
  if (found && !isZero(found[1])) {
    const field = fieldAt(text, found.index)
    return inText(
      field === undefined ? 'an id in the line' : `${field.format} field ${field.name}`,
      found[1],
      spanInText.exec(text)?.[1],
      field?.name,
    )
  }
  const both = sideBySide.exec(text)
  return both && !isZero(both[1]) ? inText('both ids side by side in the line', both[1], both[2]) : undefined
}

/** An id that nothing names: a hash or an order id may look the same. */
export function traceByShape(text: string): LineTrace | undefined {
  const found = byShape.exec(text)?.[1]
  return found === undefined || isZero(found) ? undefined : inText('an id in the line, by its shape', found)
}

const inText = (where: string, trace: string, span?: string, field?: string): LineTrace => ({
  ...idsOf(trace, span),
  where,
  field,
  beside: undefined,
})

/** The id that a field of this name holds. */
function traceInField(text: string, name: string): LineTrace | undefined {
  const words = name.replaceAll(/[^\w-]/g, '\\$&')
  const found = id(`(?<![\\w.-])${words}`, said, '16,32').exec(text)
  if (!found || isZero(found[1])) return undefined
  const format = fieldAt(text, found.index)?.format ?? 'logfmt'
  return inText(`${format} field ${name}`, found[1], spanInText.exec(text)?.[1], name)
}

/** The whole name of the field whose name goes on at a place of the text; undefined where the text is no field of JSON or logfmt. */
function fieldAt(
  text: string,
  at: number,
): { readonly name: string; readonly format: 'JSON' | 'logfmt' } | undefined {
  let start = at
  while (start > 0 && /[\w.-]/.test(text[start - 1])) start--
  const [name] = /^[\w.-]+/.exec(text.slice(start)) ?? ['']
  const after = text.slice(start + name.length)
  if (text[start - 1] === '"' && /^"\s*:/.test(after)) return { name, format: 'JSON' }
  return after.startsWith('=') ? { name, format: 'logfmt' } : undefined
}

function idsOf(trace: string, span: string | undefined): Pick<LineTrace, 'traceId' | 'spanId'> {
  return {
    traceId: trace.toLowerCase().padStart(32, '0'),
    spanId: span === undefined || isZero(span) ? undefined : span.toLowerCase().padStart(16, '0'),
  }
}

const isZero = (hex: string): boolean => /^0*$/.test(hex)
const isId = (value: string | undefined, least: number, most: number): boolean =>
  value !== undefined &&
  value.length >= least &&
  value.length <= most &&
  /^[0-9a-f]+$/i.test(value) &&
  !isZero(value)
